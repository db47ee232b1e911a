/**
 * Long polling, where Telegram cannot reach this service. One api polls, by a lease of the database's clock: Telegram
 * refuses two at once.
 */
import { randomUUID } from 'node:crypto';
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { sleep } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { type BotApi, faultOf } from './bot-api.ts';
import { addUpdates } from './updates.ts';

const LEASE = '30 seconds';
/** How long Telegram holds an empty answer; with the call's own limit it stays well within the lease. */
const POLL_S = 10;
const LOOK_AGAIN_MS = 3_000;
/** After a week without any, Telegram begins to count its updates anew, anywhere: an older number says nothing. */
const NUMBERS_HOLD = '6 days';
export const ALLOWED_UPDATES = ['message', 'callback_query'] as const;

export interface Poller {
  start(): void;
  stop(): Promise<void>;
}

export function createPoller(deps: { db: Db; api: BotApi; botId: string; logger: Logger; onUpdates(): void }): Poller {
  const { db, api, botId, logger, onUpdates } = deps;
  const holder = randomUUID();
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let failing = false;

  async function isMine(): Promise<boolean> {
    const count = await execute(
      db,
      `insert into telegram_poller as p (holder, lease_until) values (?, clock_timestamp() + interval '${LEASE}')
       on conflict (single) do update set holder = excluded.holder, lease_until = excluded.lease_until
       where p.holder = excluded.holder or p.lease_until < clock_timestamp()`,
      [holder],
    );
    return count === 1;
  }

  /** Behind the newest of these days that is written down: what is confirmed is in the table. */
  async function nextOffset(): Promise<number | undefined> {
    const row = await selectRow<{ next: string | null }>(
      db,
      `select (max(update_id) + 1)::text as next from telegram_updates
       where bot_id = ? and received_at > clock_timestamp() - interval '${NUMBERS_HOLD}'`,
      [botId],
    );
    return typeof row?.next === 'string' ? Number(row.next) : undefined;
  }

  async function poll(): Promise<void> {
    // a webhook and polling exclude each other
    let hookRemoved = false;
    while (!stopping.signal.aborted) {
      try {
        if (!(await isMine())) {
          await sleep(LOOK_AGAIN_MS, stopping.signal);
          continue;
        }
        if (!hookRemoved) await api.deleteWebhook({ drop_pending_updates: false }, stopping.signal as never);
        hookRemoved = true;
        const offset = await nextOffset();
        const updates = await api.getUpdates(
          { ...(offset === undefined ? {} : { offset }), timeout: POLL_S, allowed_updates: ALLOWED_UPDATES },
          stopping.signal as never,
        );
        if (updates.length > 0 && (await addUpdates(db, botId, updates)) > 0) onUpdates();
        failing = false;
      } catch (error) {
        if (stopping.signal.aborted) return;
        const fault = faultOf(error);
        // somebody set a webhook meanwhile, or polls too: what may stand in the way is taken away once more
        if (fault.kind === 'later' && fault.code === 'http_409') hookRemoved = false;
        if (!failing) logger.warn('Telegram gives no updates, it is asked again', { event: 'telegram_poll', ...fault });
        failing = true;
        await sleep(fault.kind === 'later' ? fault.afterS * 1_000 : LOOK_AGAIN_MS, stopping.signal).catch(
          () => undefined,
        );
      }
    }
  }

  return {
    start() {
      running ??= poll().catch(() => undefined);
    },
    async stop() {
      stopping.abort(new Error('the service is shutting down'));
      await running;
      await execute(db, 'delete from telegram_poller where holder = ?', [holder]).catch(() => 0);
    },
  };
}
