import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintMigration } from '../../scripts/lint-migrations.ts';

const FOLDER = join(import.meta.dirname, '../../migrations');
/** The first version had no rows yet. */
const FIRST = '20261122-';

describe('migrations of a database in use', () => {
  it('build indexes on tables that are there already without holding up who writes', () => {
    for (const name of readdirSync(FOLDER).filter((file) => /^\d/.test(file) && !file.startsWith(FIRST))) {
      const code = readFileSync(join(FOLDER, name), 'utf8');
      const made = new Set([...code.matchAll(/create table (\w+)/g)].map((match) => match[1]));
      const added = new Set([...code.matchAll(/add column (\w+)/g)].map((match) => match[1]));
      for (const [line, index, table, columns = ''] of code.matchAll(
        /create (?:unique )?index (?!concurrently)(\w+) on (\w+)[^(]*\(([^)]*)\)/g,
      )) {
        // a column that the same migration adds is empty: its index is built at once
        assert.ok(made.has(table) || added.has(columns.trim()), `${name}: ${index} on ${table}: ${line}`);
      }
    }
  });

  it('neither read nor rewrite a table while others wait, nor take away what the version before still uses', () => {
    for (const name of readdirSync(FOLDER).filter((file) => /^\d/.test(file) && !file.startsWith(FIRST)))
      assert.deepEqual(lintMigration(readFileSync(join(FOLDER, name), 'utf8')), [], name);
  });

  describe('are told', () => {
    const told = (...statements: string[]) =>
      lintMigration(
        `export async function up(knex) { await knex.raw(\`${statements.join(';\n')}\`); }
         export async function down(knex) { await knex.raw(\`drop table orders\`); }`,
      ).map(({ rule, table }) => `${rule} ${table}`);

    for (const [statement, finding] of [
      ['alter table orders alter column price type numeric(20, 2)', 'rewrites orders'],
      ['alter table orders add column a int, alter price type bigint', 'rewrites orders'],
      ['alter table orders add column token uuid default gen_random_uuid()', 'rewrites orders'],
      ['alter table orders add column no bigint generated always as identity', 'rewrites orders'],
      ['alter table orders add column sum numeric generated always as (price * 2) stored', 'rewrites orders'],
      ['alter table orders add constraint positive check (price >= 0)', 'reads_all_rows orders'],
      ['alter table orders add foreign key (machine_code) references machines (machine_code)', 'reads_all_rows orders'],
      ['alter table orders alter column machine_code set not null', 'reads_all_rows orders'],
      ['alter table orders add column a text not null', 'reads_all_rows orders'],
      ['alter table orders add constraint one unique (order_number)', 'blocks_writes orders'],
      ['create index on_price on orders (price)', 'blocks_writes orders'],
      ['create unique index on_price on orders (price)', 'blocks_writes orders'],
      ['lock table orders in exclusive mode', 'blocks_writes orders'],
      ['reindex table orders', 'blocks_writes orders'],
      ['vacuum full orders', 'rewrites orders'],
      ['update orders set version = 1', 'changes_all_rows orders'],
      ['alter table orders drop column machine_code', 'breaks_predecessor orders'],
      ['alter table orders rename column price to amount', 'breaks_predecessor orders'],
      ['alter table orders rename to sales', 'breaks_predecessor orders'],
      ['drop table row_errors', 'breaks_predecessor row_errors'],
    ] as const)
      it(`when they say: ${statement}`, () => assert.deepEqual(told(statement), [finding]));

    it('nothing of what holds nobody up', () => {
      assert.deepEqual(
        told(
          'create table made (id bigint primary key, a text not null)',
          'create index made_idx on made (a)',
          'alter table made alter column a type bigint',
          'alter table orders add column note text, add column seen boolean not null default false',
          'create index note_idx on orders (note)',
          'create index concurrently price_idx on orders (price)',
          'alter table orders add constraint positive check (price >= 0) not valid',
          'alter table orders set (fillfactor = 90)',
          'update orders set note = 1 where id = 1',
        ),
        [],
      );
    });
  });
});
