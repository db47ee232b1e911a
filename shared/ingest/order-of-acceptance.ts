/**
 * A file has its place in the order of acceptance (seq) a moment before it is there for others to see, longer where its
 * process stands still just then. Who asks whether an earlier one may still come asks for those moments too.
 */
import type { Client } from 'pg';
import type { DbOrTransaction } from '../db/client.ts';
import { execute } from '../db/rows.ts';

/** Shared by whoever gives files their places, to the end of their transactions. */
const PLACING_KEY = 724_127;

/** In each transaction that gives a file its place, before it does. */
export async function announcePlacing(trx: DbOrTransaction): Promise<void> {
  await execute(trx, `select pg_advisory_xact_lock_shared(${PLACING_KEY})`);
}

/** Whether somebody is at it. To be asked before one looks for the files: what ends in between is seen then. */
export async function isPlacing(client: Client): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from pg_locks
     where locktype = 'advisory' and objid = ${PLACING_KEY}
       and database = (select oid from pg_database where datname = current_database())
     limit 1`,
  );
  return rowCount !== 0;
}
