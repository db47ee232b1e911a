/** Counts imports, files taken back and decisions that have taken effect. Written under the merge lock only. */
import type { Knex } from 'knex';
import { execute, selectRow } from '../db/rows.ts';

/** In the transaction of what takes effect. */
export async function advanceState(trx: Knex.Transaction): Promise<void> {
  await execute(trx, 'update state_version set version = version + 1');
}

export async function stateVersion(trx: Knex.Transaction): Promise<number> {
  const row = await selectRow<{ version: string }>(trx, 'select version from state_version');
  if (row === null) throw new Error('state_version has lost its row');
  return Number(row.version);
}
