/**
 * Finds connections whose other end is gone without a word: a router forgot them, a packet was lost for good, the
 * server's host went away. No error ever comes and PostgreSQL answers everybody else. A statement that has been silent
 * for a while is looked up, over a connection that does answer: where the server says that nothing runs, or that it
 * waits for us while we wait for it, the line is dead.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { dropIdleConnections, linesOf, type Db } from './client.ts';
import type { Line } from './connection.ts';

/** Silence after which a statement is looked up. Shorter would ask about every slow statement. */
const SILENT_MS = 450;
/** Between the two looks: what was on its way arrives. */
const LOOK_PAUSE_MS = 200;
/**
 * A session of the server that has not been given a core yet waits for us, as far as the server knows, while our
 * statement lies there unread. Where a look itself takes long, a silence must have lasted that many times longer.
 */
const LOOKS_OF_SILENCE = 10;

interface Backend {
  pid: number;
  state: string | null;
  waitsFor: string | null;
}

/**
 * Closes the dead lines of the pool, and the idle ones with them, which went the same way unseen; their sessions on the
 * server are ended so that no lock outlives them.
 * @param answering a connection of the same user that answers
 * @returns how many statements were freed
 */
export async function cutDeadLines(db: Db, answering: Client): Promise<number> {
  const suspects = linesOf(db).filter((line) => line.pid !== null && line.silentMs() >= SILENT_MS);
  if (suspects.length === 0) return 0;
  const first = await findDead(answering, suspects);
  if (first.found.length === 0) return 0;
  await delay(LOOK_PAUSE_MS);
  const second = await findDead(
    answering,
    first.found.filter((line) => line.silentMs() >= SILENT_MS + LOOK_PAUSE_MS / 2),
  );
  const enoughMs = Math.max(first.tookMs, second.tookMs) * LOOKS_OF_SILENCE;
  const dead = second.found.filter((line) => line.silentMs() >= enoughMs);
  if (dead.length === 0) return 0;
  for (const line of dead) line.cutOff('PostgreSQL waits while its answer is waited for: the connection is dead');
  dropIdleConnections(db, 'other connections of the same age were dead');
  await answering.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where pid = any($1) and usename = current_user and datname = current_database() and application_name = $2`,
    [dead.map((line) => line.pid), db.client.config.connection.application_name],
  );
  return dead.length;
}

interface Look {
  found: Line[];
  /** how long the server took to say so */
  tookMs: number;
}

async function findDead(answering: Client, suspects: readonly Line[]): Promise<Look> {
  if (suspects.length === 0) return { found: [], tookMs: 0 };
  const startedAt = performance.now();
  const { rows } = await answering.query<{ own: number; backends: Backend[] }>(
    `select pg_backend_pid() as own, coalesce((
       select json_agg(json_build_object('pid', pid, 'state', state, 'waitsFor',
         case when wait_event_type = 'Client' then wait_event end))
       from pg_stat_activity where pid = any($1)), '[]') as backends`,
    [suspects.map((line) => line.pid)],
  );
  const tookMs = performance.now() - startedAt;
  const told = rows[0];
  // a pooler in between hands out numbers of its own, by which nobody can be looked up
  if (told === undefined || told.own !== (answering as Client & { processID: number }).processID)
    return { found: [], tookMs };
  return {
    found: suspects.filter((line) => isDead(told.backends.find((backend) => backend.pid === line.pid))),
    tookMs,
  };
}

function isDead(backend: Backend | undefined): boolean {
  if (backend === undefined) return true;
  // unknown: the server does not track what its sessions do
  if (backend.state === null || backend.state === 'disabled') return false;
  return backend.state !== 'active' || backend.waitsFor === 'ClientRead' || backend.waitsFor === 'ClientWrite';
}
