/**
 * Chains committed audit rows every second. One api at a time does it (advisory lock, held for one batch); the others
 * try again a second later. Whoever writes audit rows never waits for it.
 *
 * It trusts the database only as far as it fits what it remembers: the head it last saw, in memory and in the anchor.
 * Where that is gone or replaced it does not seal over the break: it says so and begins a new chain whose first link
 * names it (seal-batch.ts).
 */
import type { Db } from '../db/client.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import type { AuditAnchor } from './anchor.ts';
import { createChain, type Head, headText } from './chain.ts';
import { RETIRE_BATCH, retireAudit } from './retire-audit.ts';
import { BATCH_COUNT, type ChainBreak, sealBatch } from './seal-batch.ts';
import type { Tampering } from './tampering.ts';

const INTERVAL_MS = 1_000;
const BATCH_LIMIT_MS = 5_000;
const ANCHOR_LIMIT_MS = 5_000;
/** The head is told when it moved, at most so often: log and anchor are what a cut-off chain is compared with. */
const HEAD_INTERVAL_MS = 60_000;
/** Between two looks for rows whose time is over; a look ends when a batch is not full. */
const RETIRE_INTERVAL_MS = 3_600_000;
/** Another api seals for moments. Whoever holds the lock for longer keeps rows unsealed, and open to change. */
const LOCKED_AFTER_MS = 60_000;

export interface Sealer {
  open(): void;
  /** Seals what is committed now; gives how many rows. */
  sealOnce(): Promise<number>;
  close(): Promise<void>;
}

export interface SealerOptions {
  db: Db;
  auditKey: string;
  /** null = heads go to the log alone */
  anchor?: AuditAnchor | null;
  /** null = rows are kept for ever */
  keepDays?: number | null;
  logger: Logger;
  /** for tests */
  lockedAfterMs?: number;
  /** Told of each break, after it was logged and its new chain was committed. */
  onBroken?(broken: ChainBreak): Promise<void>;
  /** Told of tampering that broke no chain, with the place of the row that names it. */
  onTampered?(seen: Tampering, seq: string): Promise<void>;
  /** Told of each head that could not be anchored, and of each try to read the anchor that failed. */
  onUnanchored?(): void;
}

export function createSealer({
  db,
  auditKey,
  anchor = null,
  keepDays = null,
  logger,
  lockedAfterMs = LOCKED_AFTER_MS,
  onBroken,
  onTampered,
  onUnanchored,
}: SealerOptions): Sealer {
  const chain = createChain(auditKey);
  /** rows of older transactions are sealed; see readChanges of the blacklist for why none is missed */
  let sinceXid = '0';
  let head: Head | null = null;
  let lookedAt: string | null = null;
  let tampered: Tampering[] = [];
  /** the last head that is known to be in the anchor */
  let anchored: Head | null = null;
  let anchorRead = anchor === null;
  let announcedSeq = -1n;
  let tellDueMs = 0;
  let retireDueMs = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let wake: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let failing = false;
  let anchorFailing = false;
  /** since when every round found the lock taken; null = the last one did not */
  let lockedSinceMs: number | null = null;
  let lockTold = false;

  async function sealOnce(): Promise<number> {
    await readAnchor();
    let total = 0;
    for (;;) {
      const batch = await withDeadline(
        db.transaction((trx) => sealBatch(trx, chain, { sinceXid, remembered: head, lookedAt, tampered })),
        BATCH_LIMIT_MS,
        'sealing the audit log',
      );
      noteLock(batch === null);
      // somebody else is at it
      if (batch === null) return total;
      total += batch.sealed;
      if (batch.head !== null) head = batch.head;
      tampered = [];
      if (batch.broken !== null) await tellBreak(batch.broken);
      for (const seen of batch.tampered) await tellTampering(seen, String(batch.head?.seq ?? 0n));
      if (batch.sealed < BATCH_COUNT) {
        sinceXid = batch.nextXid;
        lookedAt = batch.lookedAt;
        break;
      }
    }
    await announceHead(false);
    return total;
  }

  function noteLock(taken: boolean): void {
    lockedSinceMs = taken ? (lockedSinceMs ?? performance.now()) : null;
    lockTold &&= taken;
    if (lockedSinceMs === null || lockTold || performance.now() - lockedSinceMs < lockedAfterMs) return;
    lockTold = true;
    logger.error('somebody holds the lock of the audit log: nothing is sealed', { event: 'audit_seal_locked' });
  }

  /**
   * Without its memory of the last run a sealer would take any state for the right one: nothing is sealed until it is
   * read.
   */
  async function readAnchor(): Promise<void> {
    if (anchor === null || anchorRead) return;
    const last = await withDeadline(anchor.last(chain.keyId), ANCHOR_LIMIT_MS, 'reading the audit anchor').catch(
      (error: unknown) => {
        onUnanchored?.();
        throw error;
      },
    );
    head ??= last;
    anchored = last;
    announcedSeq = head?.seq ?? announcedSeq;
    anchorRead = true;
  }

  async function tellBreak(broken: ChainBreak): Promise<void> {
    logger.error('the audit log was tampered with: a new chain begins', { event: 'audit_broken', ...broken });
    await announceHead(true);
    await onBroken?.(broken).catch((error: unknown) =>
      logger.error('nobody could be told of the break', { event: 'audit_broken_untold', error }),
    );
  }

  async function tellTampering(seen: Tampering, seq: string): Promise<void> {
    logger.error('the audit log was tampered with', { event: 'audit_tampered', ...seen, seq });
    await announceHead(true);
    await onTampered?.(seen, seq).catch((error: unknown) =>
      logger.error('nobody could be told of the tampering', { event: 'audit_broken_untold', error }),
    );
  }

  /** Puts a head there, and looks whether the last one is there yet. Other apis add theirs, so a later one will do. */
  async function putHead(place: AuditAnchor, next: Head): Promise<void> {
    const last = await place.last(chain.keyId);
    if (anchored !== null && (last === null || last.seq < anchored.seq)) {
      const found = last === null ? null : headText(last);
      logger.error('the anchor lost heads', { event: 'audit_tampered', put: headText(anchored), found });
      tampered.push({ what: 'anchor_shortened', rows: [], count: 0 });
    }
    await place.append({ head: next, keyId: chain.keyId });
    anchored = next;
  }

  async function announceHead(atOnce: boolean): Promise<void> {
    if (head === null || head.seq === announcedSeq || (!atOnce && performance.now() < tellDueMs)) return;
    const announced = head;
    logger.info('audit log sealed', { event: 'audit_head', head: headText(announced), keyId: chain.keyId });
    tellDueMs = performance.now() + HEAD_INTERVAL_MS;
    announcedSeq = announced.seq;
    if (anchor === null) return;
    try {
      await withDeadline(putHead(anchor, announced), ANCHOR_LIMIT_MS, 'anchoring the audit log');
      anchorFailing = false;
    } catch (error) {
      if (!anchorFailing)
        logger.error('the head of the audit log could not be anchored', { event: 'audit_anchor_failed', error });
      anchorFailing = true;
      onUnanchored?.();
      // tried again with the next batch
      announcedSeq = -1n;
    }
  }

  /** What is old goes; only how often this process looks is by its own clock. */
  async function retireOld(): Promise<void> {
    if (keepDays === null || performance.now() < retireDueMs) return;
    for (let count = RETIRE_BATCH; count === RETIRE_BATCH && !stopped;) {
      count = await withDeadline(retireAudit(db, chain, keepDays), BATCH_LIMIT_MS, 'removing old audit rows');
      if (count > 0) logger.info('audit rows removed after their time', { event: 'audit_retired', count, keepDays });
    }
    retireDueMs = performance.now() + RETIRE_INTERVAL_MS;
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await sealOnce();
        await retireOld();
        failing = false;
      } catch (error) {
        if (!failing)
          logger.warn('the audit log could not be sealed, trying on', { event: 'audit_seal_failed', error });
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
      await announceHead(true);
    },
  };
}
