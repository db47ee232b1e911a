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
  if (first.length === 0) return 0;
  await delay(LOOK_PAUSE_MS);
  const dead = await findDead(
    answering,
    first.filter((line) => line.silentMs() >= SILENT_MS + LOOK_PAUSE_MS / 2),
  );
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

async function findDead(answering: Client, suspects: readonly Line[]): Promise<Line[]> {
  if (suspects.length === 0) return [];
  const { rows } = await answering.query<{ own: number; backends: Backend[] }>(
    `select pg_backend_pid() as own, coalesce((
       select json_agg(json_build_object('pid', pid, 'state', state, 'waitsFor',
         case when wait_event_type = 'Client' then wait_event end))
       from pg_stat_activity where pid = any($1)), '[]') as backends`,
    [suspects.map((line) => line.pid)],
  );
  const found = rows[0];
  // a pooler in between hands out numbers of its own, by which nobody can be looked up
  if (found === undefined || found.own !== (answering as Client & { processID: number }).processID) return [];
  return suspects.filter((line) => isDead(found.backends.find((backend) => backend.pid === line.pid)));
}

function isDead(backend: Backend | undefined): boolean {
  if (backend === undefined) return true;
  // unknown: the server does not track what its sessions do
  if (backend.state === null || backend.state === 'disabled') return false;
  return backend.state !== 'active' || backend.waitsFor === 'ClientRead' || backend.waitsFor === 'ClientWrite';
}
