/**
 * Transactions whose end is known. When the connection is lost after COMMIT was sent nobody has said whether it
 * happened; the server knows, by the number of the transaction. It is asked on a connection of its own: those in the
 * pool may be as dead as the lost one.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Client } from 'pg';
import { AppError } from '../errors.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Db } from './client.ts';

/** A person waits: together with the work before it this stays within what a request may take. */
const ASK_LIMIT_MS = 2_500;
const ONE_ANSWER_MS = 1_000;
const AGAIN_AFTER_MS = 100;
const RETRY_AFTER_S = 5;

/**
 * Whether the transaction was committed could not be found out in time. What it may have written must be left alone.
 */
export class EndUnknownError extends AppError {
  constructor(cause: unknown) {
    super('service_unavailable', {
      params: { retryAfterS: RETRY_AFTER_S },
      details: { retryAfterS: RETRY_AFTER_S },
      cause,
    });
    this.name = 'EndUnknownError';
  }
}

/**
 * Like `db.transaction(work)`, but a rejection other than EndUnknownError means that nothing was committed, and a lost
 * answer to COMMIT is found out: then the result is the usual one.
 * @param limits `lockWaitMs`: how long a statement waits for rows that others hold; the connection's own without it
 * @throws EndUnknownError (503) when it stays unknown, service_unavailable when the connection was lost and nothing was
 * committed
 */
export async function transactionWithKnownEnd<T>(
  db: Db,
  work: (trx: Knex.Transaction) => Promise<T>,
  { lockWaitMs }: { lockWaitMs?: number } = {},
): Promise<T> {
  let sent: { xid: string; value: T } | null = null;
  try {
    return await db.transaction(async (trx) => {
      const waits = lockWaitMs === undefined ? '' : `, set_config('lock_timeout', '${lockWaitMs}ms', true)`;
      const { rows } = await trx.raw<{ rows: { xid: string }[] }>(`select pg_current_xact_id()::text as xid${waits}`);
      const value = await work(trx);
      sent = { xid: rows[0]?.xid ?? '', value };
      return value;
    });
  } catch (error) {
    const asked = sent as { xid: string; value: T } | null;
    if (asked === null) throw error;
    const end = await endOf(db, asked.xid);
    if (end === 'committed') return asked.value;
    if (end === 'unknown') throw new EndUnknownError(error);
    // the server said itself why it did not commit, or the connection was lost before COMMIT reached it
    throw isServerAnswer(error)
      ? error
      : new AppError('service_unavailable', {
          params: { retryAfterS: RETRY_AFTER_S },
          details: { retryAfterS: RETRY_AFTER_S },
          cause: error,
        });
  }
}

async function endOf(db: Db, xid: string): Promise<'committed' | 'aborted' | 'unknown'> {
  // a duration within this process, not a time of day
  const giveUpAt = performance.now() + ASK_LIMIT_MS;
  for (;;) {
    const leftMs = giveUpAt - performance.now();
    if (leftMs <= 0) return 'unknown';
    try {
      const end = await askOnce(db, xid, Math.min(ONE_ANSWER_MS, leftMs));
      // in progress: the server has not noticed yet, or COMMIT is still on its way
      if (end === 'committed' || end === 'aborted') return end;
    } catch {
      // away now: asked again until the limit, and then the answer is that it is unknown
    }
    await delay(AGAIN_AFTER_MS);
  }
}

/** What knex calls to open and close a connection outside its pool. */
interface ConnectionMaker {
  acquireRawConnection(): Promise<Client>;
  destroyRawConnection(connection: Client): Promise<void>;
}

async function askOnce(db: Db, xid: string, limitMs: number): Promise<string | null> {
  const maker = db.client as ConnectionMaker;
  const opening = maker.acquireRawConnection();
  const close = () =>
    opening.then(
      (client) => void maker.destroyRawConnection(client).catch(() => undefined),
      () => undefined,
    );
  try {
    return await withDeadline(
      opening.then(async (client) => {
        const { rows } = await client.query<{ status: string | null }>(
          'select pg_xact_status($1::text::xid8) as status',
          [xid],
        );
        return rows[0]?.status ?? null;
      }),
      limitMs,
      'asking how a transaction ended',
    );
  } finally {
    void close();
  }
}

/** An error that PostgreSQL itself sent, with its severity, other than that it ends the connection. */
function isServerAnswer(error: unknown): boolean {
  return (error as { severity?: unknown } | null)?.severity === 'ERROR';
}
