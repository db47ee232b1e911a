import assert from 'node:assert/strict';
import type pg from 'pg';
import { CHANGE_TYPES, ORDER_STATUSES } from '../../shared/rules/codes.ts';
import { DOORS } from '../../shared/uploads/doors.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** Lists of the code that the schema closes too: a word of which it knows nothing is a 500 to whoever uses it first. */
const LISTS = [
  { name: 'doors of uploads', constraint: 'processing_sessions_door_check', words: DOORS },
  { name: 'statuses of orders', constraint: 'orders_status_check', words: ORDER_STATUSES },
  {
    name: 'marks in the list of orders',
    constraint: 'orders_last_change_check',
    words: CHANGE_TYPES.filter((type) => type !== 'changed'),
  },
] as const;

describe('lists that the schema closes', () => {
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
  });

  after(async () => {
    await client.end();
    await database.drop();
  });

  for (const { name, constraint, words } of LISTS)
    it(`are those of the code: ${name}`, async () => {
      const { rows } = await client.query<{ definition: string }>(
        'select pg_get_constraintdef(oid) as definition from pg_constraint where conname = $1',
        [constraint],
      );
      const allowed = [...(rows[0]?.definition ?? '').matchAll(/'(\w+)'::text/g)].map(([, word = '']) => word);
      assert.deepEqual(allowed.toSorted(), [...words].toSorted());
    });
});
