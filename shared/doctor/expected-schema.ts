/**
 * Tables and indexes that the migrations make, read from the statements themselves: a recording stand-in runs them all, so that no second list
 * has to be kept in step.
 */
import type { Knex } from 'knex';
import { migrations } from '../../migrations/index.ts';

export interface ExpectedSchema {
  tables: string[];
  /** named ones, with the statement that makes each; primary keys and constraints belong to their table */
  indexes: Map<string, string>;
}

export async function expectedSchema(): Promise<ExpectedSchema> {
  const tables = new Set<string>();
  const indexes = new Map<string, { table: string; sql: string }>();
  const record = (sql: string): void => {
    const plain = sql.replaceAll(/--[^\n]*/g, '');
    for (const statement of plain.split(';').map((part) => part.trim())) {
      const table = /^create (?:unlogged )?table (?:if not exists )?(?:public\.)?([a-z_0-9]+)/i.exec(statement)?.[1];
      if (table !== undefined) tables.add(table);
      const index = /^create (?:unique )?index (?:if not exists )?([a-z_0-9]+)\s+on (?:only )?(?:public\.)?([a-z_0-9]+)/i.exec(statement);
      if (index?.[1] !== undefined && index[2] !== undefined) indexes.set(index[1], { table: index[2], sql: statement });
      for (const name of namesAfter(/^drop table (?:if exists )?/i, statement)) {
        tables.delete(name);
        for (const [indexName, { table: on }] of indexes) if (on === name) indexes.delete(indexName);
      }
      for (const name of namesAfter(/^drop index (?:if exists )?/i, statement)) indexes.delete(name);
    }
  };
  const recorder = { raw: (sql: string) => (record(sql), Promise.resolve({ rows: [] })) } as unknown as Knex;
  for (const migration of migrations) await migration.up(recorder);
  return { tables: [...tables], indexes: new Map([...indexes].map(([name, { sql }]) => [name, sql])) };
}

function namesAfter(start: RegExp, statement: string): string[] {
  if (!start.test(statement)) return [];
  return statement
    .replace(start, '')
    .replace(/\s+(cascade|restrict)$/i, '')
    .split(',')
    .map((name) => name.trim());
}
