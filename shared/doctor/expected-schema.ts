/**
 * Tables, columns and indexes that the migrations make, read from the statements themselves: a recording stand-in runs
 * them all, so that no second list has to be kept in step.
 */
import type { Knex } from 'knex';
import { migrations } from '../../migrations/index.ts';

const CREATE_INDEX = new RegExp(
  '^create (?:unique )?index (?:concurrently )?(?:if not exists )?([a-z_0-9]+)' +
    '\\s+on (?:only )?(?:public\\.)?([a-z_0-9]+)',
  'i',
);

export interface ExpectedSchema {
  tables: string[];
  /** names of the columns by table */
  columns: Map<string, Set<string>>;
  /** named ones, with the statement that makes each; primary keys and constraints belong to their table */
  indexes: Map<string, string>;
}

export async function expectedSchema(): Promise<ExpectedSchema> {
  const tables = new Set<string>();
  const columns = new Map<string, Set<string>>();
  const indexes = new Map<string, { table: string; sql: string }>();
  const record = (sql: string): void => {
    const plain = sql.replaceAll(/--[^\n]*/g, '');
    for (const statement of plain.split(';').map((part) => part.trim())) {
      const table = /^create (?:unlogged )?table (?:if not exists )?(?:public\.)?([a-z_0-9]+)/i.exec(statement)?.[1];
      if (table !== undefined) {
        tables.add(table);
        columns.set(table, new Set(columnsOf(statement)));
      }
      alterColumns(columns, statement);
      const index = CREATE_INDEX.exec(statement);
      if (index?.[1] !== undefined && index[2] !== undefined)
        indexes.set(index[1], { table: index[2], sql: statement.replace(/ index concurrently /i, ' index ') });
      const renamed = /^alter index (?:if exists )?([a-z_0-9]+) rename to ([a-z_0-9]+)/i.exec(statement);
      const known = indexes.get(renamed?.[1] ?? '');
      if (renamed?.[1] !== undefined && renamed[2] !== undefined && known !== undefined) {
        indexes.delete(renamed[1]);
        indexes.set(renamed[2], { ...known, sql: known.sql.replace(renamed[1], renamed[2]) });
      }
      for (const name of namesAfter(/^drop table (?:if exists )?/i, statement)) {
        tables.delete(name);
        columns.delete(name);
        for (const [indexName, { table: on }] of indexes) if (on === name) indexes.delete(indexName);
      }
      for (const name of namesAfter(/^drop index (?:concurrently )?(?:if exists )?/i, statement)) indexes.delete(name);
    }
  };
  const recorder = { raw: (sql: string) => (record(sql), Promise.resolve({ rows: [] })) } as unknown as Knex;
  for (const migration of migrations) await migration.up(recorder);
  return { tables: [...tables], columns, indexes: new Map([...indexes].map(([name, { sql }]) => [name, sql])) };
}

function namesAfter(start: RegExp, statement: string): string[] {
  if (!start.test(statement)) return [];
  return statement
    .replace(start, '')
    .replace(/\s+(cascade|restrict)$/i, '')
    .split(',')
    .map((name) => name.trim());
}

/** Words that begin a constraint of a table, not a column. */
const NOT_COLUMNS = new Set(['primary', 'unique', 'check', 'foreign', 'constraint', 'exclude', 'like']);

/** Names of the columns in a `create table` statement. */
function columnsOf(statement: string): string[] {
  const body = statement.slice(statement.indexOf('(') + 1, statement.lastIndexOf(')'));
  return topLevelParts(body)
    .map((part) => /^"?([a-z_][a-z_0-9]*)/i.exec(part)?.[1] ?? '')
    .filter((name) => name !== '' && !NOT_COLUMNS.has(name.toLowerCase()));
}

/** Parts between commas that stand in no brackets and no quotes. */
function topLevelParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let begin = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "'") quoted = !quoted;
    if (quoted) continue;
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (char === ',' && depth === 0) {
      parts.push(text.slice(begin, at).trim());
      begin = at + 1;
    }
  }
  parts.push(text.slice(begin).trim());
  return parts;
}

function alterColumns(columns: Map<string, Set<string>>, statement: string): void {
  const altered = /^alter table (?:if exists )?(?:only )?(?:public\.)?([a-z_0-9]+)\s+(.*)$/is.exec(statement);
  const names = columns.get(altered?.[1] ?? '');
  if (names === undefined) return;
  for (const part of topLevelParts(altered?.[2] ?? '')) {
    const added = /^add column (?:if not exists )?([a-z_0-9]+)/i.exec(part)?.[1];
    if (added !== undefined) names.add(added);
    const dropped = /^drop column (?:if exists )?([a-z_0-9]+)/i.exec(part)?.[1];
    if (dropped !== undefined) names.delete(dropped);
    const renamed = /^rename column ([a-z_0-9]+) to ([a-z_0-9]+)/i.exec(part);
    if (renamed?.[1] !== undefined && renamed[2] !== undefined && names.delete(renamed[1])) names.add(renamed[2]);
  }
}
