/**
 * The life of a door that looks by itself: take the lease, look, pause, again. What is wrong is told to the doctor
 * (intake_doors.findings) and, once a day, to the administrators; nothing that is wrong ends the looking.
 */
import { randomUUID } from 'node:crypto';
import type { Db } from '../db/client.ts';
import { execute } from '../db/rows.ts';
import { sleep, withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { addNotice } from '../notices/notices.ts';
import type { IntakeFindingCode } from '../texts/tables.ts';
import { giveBackLease, takeLease, type IntakeDoor } from './door-lease.ts';

export interface DoorFinding {
  code: IntakeFindingCode;
  /** which file or message; empty: the door itself */
  subject: string;
}

/** Left alone on purpose: said by the doctor, no news for anybody. */
const QUIET: ReadonlySet<IntakeFindingCode> = new Set([
  'symlink',
  'special_file',
  'directory',
  'sender_not_allowed',
  'dmarc_failed',
  'sender_unclear',
  'no_report',
]);

export function isQuiet(code: IntakeFindingCode): boolean {
  return QUIET.has(code);
}

const TOLD_AT_MOST = 50;
const REMEMBERED_EVERY_MS = 10_000;
const RETRY_MS = 5_000;
const STOP_LIMIT_MS = 5_000;

export interface Door {
  start(): void;
  /** Lets what is at hand end, or gives it up; what was claimed goes on elsewhere. */
  stop(): Promise<void>;
}

export interface DoorOptions {
  door: IntakeDoor;
  db: Db;
  logger: Logger;
  pauseMs: number;
  /** One look at all there is; gives what is wrong now. The signal ends it: shutdown, or the lease is lost. */
  round(signal: AbortSignal): Promise<DoorFinding[]>;
  /** Lets go of connections: another one looks now, or the process ends. */
  leave?(): Promise<void>;
}

export function createDoor({ door, db, logger, pauseMs, round, leave }: DoorOptions): Door {
  const holder = randomUUID();
  const stopping = new AbortController();
  const reported = new Set<string>();
  let remembered = { text: '', at: -Infinity };
  let failing = false;
  let running: Promise<void> | null = null;

  async function remember(findings: readonly DoorFinding[]): Promise<void> {
    const text = JSON.stringify(findings.slice(0, TOLD_AT_MOST));
    for (const finding of findings) {
      const key = `${finding.code}:${finding.subject}`;
      if (reported.has(key)) continue;
      reported.add(key);
      logger.warn('the intake leaves something alone or cannot do it', { event: 'intake_finding', door, ...finding });
      if (!isQuiet(finding.code)) await tell(finding);
    }
    for (const key of reported)
      if (!findings.some(({ code, subject }) => key === `${code}:${subject}`)) reported.delete(key);
    if (text === remembered.text && performance.now() - remembered.at < REMEMBERED_EVERY_MS) return;
    await execute(db, 'update intake_doors set looked_at = clock_timestamp(), findings = ?::jsonb where door = ?', [
      text,
      door,
    ]);
    remembered = { text, at: performance.now() };
  }

  async function tell({ code, subject }: DoorFinding): Promise<void> {
    const { rows } = await db.raw<{ rows: { day: string }[] }>(
      `select to_char(clock_timestamp() at time zone 'Asia/Tashkent', 'YYYY-MM-DD') as day`,
    );
    const kind = door === 'folder' ? 'intake_folder' : 'intake_mail';
    await addNotice(db, `intake:${door}:${code}:${subject}:${rows[0]?.day ?? ''}`, kind, { reason: code, subject });
  }

  async function look(): Promise<void> {
    const lease = await takeLease(db, door, holder);
    if (lease === null) {
      await leave?.();
      return;
    }
    try {
      const signal = AbortSignal.any([stopping.signal, lease.lost]);
      await remember(await round(signal));
      failing = false;
    } finally {
      lease.stop();
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pause = pauseMs;
      try {
        await look();
      } catch (error) {
        pause = Math.max(pauseMs, RETRY_MS);
        if (!failing && !stopping.signal.aborted)
          logger.warn('a look of the intake failed, it is tried again', { door, error });
        failing = true;
      }
      await sleep(pause, stopping.signal).catch(() => undefined);
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort(new Error('the service is shutting down'));
      if (running === null) return;
      await withDeadline(running, STOP_LIMIT_MS, `the ${door}`).catch(() => undefined);
      await leave?.();
      await withDeadline(giveBackLease(db, door, holder), STOP_LIMIT_MS, `the ${door}`).catch(() => undefined);
    },
  };
}
