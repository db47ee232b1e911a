/**
 * Chains committed audit rows every second. One api at a time does it (advisory lock, held for one batch); the others try again a second later.
 * Whoever writes audit rows never waits for it.
 */
import type { Knex } from 'knex';
import type { Db } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { createChain, SEALED_COLUMNS, type Chain, type SealedRow } from './chain.ts';

const INTERVAL_MS = 1_000;
const BATCH_COUNT = 1_000;
const BATCH_LIMIT_MS = 5_000;
/** The head is logged when it moved, at most so often: the log is what a cut-off chain is compared with. */
const HEAD_LOG_INTERVAL_MS = 60_000;

export interface Sealer {
  open(): void;
  /** Seals what is committed now; gives how many rows. */
  sealOnce(): Promise<number>;
  close(): Promise<void>;
}

export interface SealerOptions {
  db: Db;
  auditKey: string;
  logger: Logger;
}

interface Batch {
  sealed: number;
  nextXid: string;
  head: { seq: bigint; seal: Buffer } | null;
}

export function createSealer({ db, auditKey, logger }: SealerOptions): Sealer {
  const chain = createChain(auditKey);
  /** rows of older transactions are sealed; see readChanges of the blacklist for why none is missed */
  let sinceXid = '0';
  let head: { seq: bigint; seal: Buffer } | null = null;
  let loggedSeq = -1n;
  let logDueMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let wake: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let failing = false;

  async function sealOnce(): Promise<number> {
    let total = 0;
    for (;;) {
      const batch = await withDeadline(
        db.transaction((trx) => sealBatch(trx, chain, sinceXid)),
        BATCH_LIMIT_MS,
        'sealing the audit log',
      );
      // somebody else is at it
      if (batch === null) return total;
      total += batch.sealed;
      if (batch.head !== null) head = batch.head;
      if (batch.sealed < BATCH_COUNT) {
        sinceXid = batch.nextXid;
        break;
      }
    }
    logHead(false);
    return total;
  }

  function logHead(atOnce: boolean): void {
    if (head === null || head.seq === loggedSeq || (!atOnce && performance.now() < logDueMs)) return;
    loggedSeq = head.seq;
    logDueMs = performance.now() + HEAD_LOG_INTERVAL_MS;
    logger.info('audit log sealed', { event: 'audit_head', head: `${head.seq}:${head.seal.toString('hex')}`, keyId: chain.keyId });
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await sealOnce();
        failing = false;
      } catch (error) {
        if (!failing) logger.warn('the audit log could not be sealed, trying on', { event: 'audit_seal_failed', error });
        failing = true;
      }
      if (stopped) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, INTERVAL_MS);
      });
    }
  }

  return {
    sealOnce,
    open() {
      if (!stopped) return;
      stopped = false;
      running = run();
    },
    async close() {
      stopped = true;
      clearTimeout(timer);
      wake?.();
      await running;
      running = null;
      logHead(true);
    },
  };
}

/** One transaction: the next rows, their seals, the head. null = another process holds the lock. */
async function sealBatch(trx: Knex.Transaction, chain: Chain, sinceXid: string): Promise<Batch | null> {
  const lock = await selectRow<{ mine: boolean }>(
    trx,
    `select pg_try_advisory_xact_lock(hashtextextended('vhm24r audit seal', 0)) as mine`,
  );
  if (lock?.mine !== true) return null;
  // read before the rows: what commits in between is older than nothing here, and read again next time
  const next = await selectRow<{ xid: string }>(trx, 'select pg_snapshot_xmin(pg_current_snapshot())::text as xid');
  const nextXid = next?.xid ?? sinceXid;
  // a restored database counts from a lower number
  const from = BigInt(nextXid) < BigInt(sinceXid) ? '0' : sinceXid;
  const last = await selectRow<{ seq: string; seal: Buffer }>(
    trx,
    'select seq::text, seal from audit_seals order by audit_seals.seq desc limit 1',
  );
  const rows = await selectRows<SealedRow>(
    trx,
    `select ${SEALED_COLUMNS} from audit_log a
     where a.xid >= ?::text::xid8 and not exists (select from audit_seals s where s.audit_id = a.id) order by a.id limit ${BATCH_COUNT}`,
    [from],
  );
  let seal = last?.seal ?? chain.genesis;
  let seq = BigInt(last?.seq ?? 0);
  if (rows.length > 0) {
    const seals: { seq: string; id: string; seal: Buffer }[] = [];
    for (const row of rows) {
      seal = chain.seal(seal, ++seq, row);
      seals.push({ seq: String(seq), id: row.id, seal });
    }
    await execute(
      trx,
      `insert into audit_seals (seq, audit_id, seal, key_id)
       select seq, audit_id, decode(seal, 'hex'), ? from unnest(?::bigint[], ?::bigint[], ?::text[]) as made (seq, audit_id, seal)`,
      [chain.keyId, seals.map((one) => one.seq), seals.map((one) => one.id), seals.map((one) => one.seal.toString('hex'))],
    );
    await execute(
      trx,
      `insert into audit_head (seq, mac) values (?, ?) on conflict (single) do update set seq = excluded.seq, mac = excluded.mac`,
      [String(seq), chain.headMac(seq, seal)],
    );
  }
  return { sealed: rows.length, nextXid, head: seq === 0n ? null : { seq, seal } };
}
