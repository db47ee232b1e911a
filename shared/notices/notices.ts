/**
 * Notices by Telegram. The row is the outbox: written once per key (so two processes that see the same change tell it
 * once), handed over by whoever is alive to the bot's outbox, a message for each person who chose such notices.
 * Administrators whom the bot has not met yet get it from here, retried with a growing pause. A failure is visible in
 * the row, the log and the metrics.
 */
import type { Config } from '../config.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRows } from '../db/rows.ts';
import { isAway } from '../faults.ts';
import type { Logger } from '../logger.ts';
import { noticeText, type NoticeKind, type NoticeParams } from '../texts/notices.ts';
import { unmetAdministrators } from './unmet-administrators.ts';

const INTERVAL_MS = 5_000;
const SEND_LIMIT_MS = 5_000;
const BATCH = 20;

/** Writes it unless one with this key exists; true when it is new. */
export async function addNotice(
  db: DbOrTransaction,
  key: string,
  kind: NoticeKind,
  params: NoticeParams,
): Promise<boolean> {
  const count = await execute(
    db,
    `insert into notices (notice_key, kind, params) values (?, ?, ?::jsonb) on conflict (notice_key) do nothing`,
    [key, kind, JSON.stringify(params)],
  );
  return count === 1;
}

export interface NoticeSender {
  start(): void;
  /** Sends what is due; returns how many went out. Rejects where the database fails. */
  send(): Promise<number>;
  /** Past the outbox, for news that PostgreSQL itself is away; rejects when it cannot be sent. */
  deliverNow(kind: NoticeKind, params: NoticeParams): Promise<void>;
  stop(): Promise<void>;
}

class RefusedByTelegram extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`Telegram answered ${status}`);
    this.status = status;
  }
}

interface Row {
  id: string;
  kind: NoticeKind;
  params: NoticeParams;
  attempts: number;
}

export function createNoticeSender(deps: {
  db: Db;
  logger: Logger;
  telegram: Config['telegram'];
  intervalMs?: number;
  /** to the people whom the bot knows; twice must be once */
  handOver?(db: Db, notice: { id: string; kind: NoticeKind; params: NoticeParams }): Promise<void>;
}): NoticeSender {
  const { db, logger, telegram, intervalMs = INTERVAL_MS, handOver } = deps;
  let timer: NodeJS.Timeout | null = null;
  let current: Promise<number> | null = null;
  let failing = false;

  async function deliver(row: Pick<Row, 'kind' | 'params'>, to: readonly string[]): Promise<void> {
    const text = noticeText(row.kind, row.params);
    for (const chat of to) {
      const response = await fetch(`${telegram.apiRoot.replace(/\/$/, '')}/bot${telegram.botToken ?? ''}/sendMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: chat, text }),
        signal: AbortSignal.timeout(SEND_LIMIT_MS),
      });
      await response.body?.cancel();
      // whoever never wrote to the bot cannot be written to: that is no reason to try again
      if (!response.ok && response.status !== 403 && response.status !== 400)
        throw new RefusedByTelegram(response.status);
    }
  }

  async function sendNow(): Promise<number> {
    if (telegram.botToken === null) return 0;
    // taken for a minute: a process that dies here leaves the notice to the next
    const rows = await selectRows<Row>(
      db,
      `update notices set next_attempt_at = clock_timestamp() + interval '1 minute', attempts = attempts + 1
       where id in (select id from notices where sent_at is null and next_attempt_at <= clock_timestamp() order by id
         limit ${BATCH} for update skip locked)
       returning id, kind, params, attempts`,
    );
    let sentCount = 0;
    for (const row of rows) {
      try {
        await handOver?.(db, row);
        await deliver(row, await unmetAdministrators(db, telegram.adminIds));
        await execute(db, `update notices set sent_at = clock_timestamp(), last_error = null where id = ?`, [row.id]);
        sentCount += 1;
        failing = false;
      } catch (error) {
        // never the message of fetch: the address it tells holds the bot's token
        const reason = error instanceof RefusedByTelegram ? `http_${error.status}` : 'unreachable';
        await execute(
          db,
          `update notices set last_error = ?,
            next_attempt_at = clock_timestamp() + make_interval(secs => least(3600, power(2, ?))) where id = ?`,
          [reason, Math.min(row.attempts, 12), row.id],
        );
        if (!failing) logger.warn('a notice could not be sent, it is tried again', { kind: row.kind, reason });
        failing = true;
      }
    }
    return sentCount;
  }

  function send(): Promise<number> {
    current ??= sendNow().finally(() => {
      current = null;
    });
    return current;
  }

  /** An outage of the database is told by whoever watches it. */
  async function tick(): Promise<void> {
    try {
      await send();
    } catch (error) {
      if (!isAway(error, 'database')) logger.warn('notices could not be sent', { error });
    }
  }

  return {
    send,
    async deliverNow(kind, params) {
      if (telegram.botToken !== null) await deliver({ kind, params }, telegram.adminIds);
    },
    start() {
      timer ??= setInterval(() => void tick(), intervalMs);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await current?.catch(() => undefined);
    },
  };
}
