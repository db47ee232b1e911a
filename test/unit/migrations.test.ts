import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
});
