/** Which rows change a record that is there, and which of its fields each sets. */
import { keptFields } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { isIdentifier, withoutZeros } from './leading-zeros.ts';
import type { MergeField, MergeTerms } from './terms.ts';

export interface MatchStatements {
  /** whether any row names a record that is there */
  findKnown: string;
  createMatches: string;
  match(version: number | null): string;
  /** a key that some row changes and that occurs in another row too */
  findRepeatedMatch: string;
}

export function matchStatements(terms: MergeTerms): MatchStatements {
  const { fields, staging, table, join, inRound } = terms;
  const coarser = coarserValues(terms.source);
  const sets = `array[${fields.map((field) => setBy(terms, field, coarser)).join(', ')}]`;
  const coarserHere = [...coarser].map(([column, same]) => `(s.${column} is distinct from r.${column} and ${same})`);
  return {
    findKnown: `
      select 1
      from ${staging.rows} s
      where exists (select 1 from ${table} r where ${join})
      limit 1`,
    createMatches: `
      create temporary table matches (
        row_index bigint not null, record_id bigint not null, order_id bigint not null, sets boolean[] not null
      ) on commit drop;
      create temporary table coarser (row_index bigint not null) on commit drop`,
    match: (version) => `
      with compared as materialized (
        select * from (
          select s.row_index, r.id as record_id, r.order_id,
            ${sets} as sets,
            (${coarserHere.join(' or ')}) is true as is_coarser
          from ${staging.rows} s
          join ${table} r on ${join}
          where ${inRound(version)}
        ) x
        where true = any (x.sets) or x.is_coarser
      ), noted as (
        insert into coarser select row_index from compared where is_coarser
      )
      insert into matches (row_index, record_id, order_id, sets)
      select x.row_index, x.record_id, x.order_id, x.sets
      from compared x
      where true = any (x.sets)`,
    findRepeatedMatch: `
      select 1
      from (select natural_key from matches m join ${staging.rows} s on s.row_index = m.row_index) k
      join ${staging.rows} s on s.natural_key = k.natural_key
      group by k.natural_key
      having count(*) > 1
      limit 1`,
  };
}

/**
 * A field is set by the row: filled, moved forward, or replaced by a file accepted later ($1) than the one that
 * supplied it. An identifier gets back the zeros that a spreadsheet ate whoever was accepted first.
 */
function setBy(
  { incoming }: MergeTerms,
  { column, forwardOnly, isIdentifier }: MergeField,
  coarser: ReadonlyMap<string, string>,
): string {
  const value = incoming(column);
  if (forwardOnly !== undefined) {
    const forward = `${rankOf(forwardOnly, value)} > ${rankOf(forwardOnly, `r.${column}`)}`;
    return `(s.${column} is not null and ${forward})`;
  }
  const same = coarser.get(column);
  const supplier = `coalesce((r.field_seq ->> '${column}')::bigint, r.seq)`;
  const restores = isIdentifier ? ` or ${withoutZeros(`r.${column}`, `s.${column}`)}` : '';
  return [
    `(s.${column} is not null and ${value} is distinct from r.${column}`,
    `and (r.${column} is null or $1::bigint >= ${supplier}${restores})`,
    same === undefined ? ')' : `and ${same} is not true)`,
  ].join(' ');
}

function rankOf(states: readonly string[], value: string): string {
  return `coalesce(array_position(array[${states.map((state) => `'${state}'`).join(', ')}], ${value}), 0)`;
}

/**
 * By column, whether a staged value only says less of the stored one (rules.md 4.1): a time without seconds in the same
 * minute, a day of the same day, an amount equal after rounding to the digits given, an identifier without its zeros.
 */
function coarserValues(source: Source): Map<string, string> {
  const found = new Map<string, string>();
  keptFields(source).forEach(({ column, type, identifier }, bit) => {
    const isWrittenSo = `(s.coarse >> ${bit}) & 1 = 1`;
    if (type === 'timestamp') {
      const wall = (value: string): string => `(${value} at time zone 'Asia/Tashkent')`;
      const isMidnight = `${wall(`s.${column}`)}::time = '00:00'`;
      const isDay = `${isMidnight} and ${wall(`s.${column}`)}::date = ${wall(`r.${column}`)}::date`;
      found.set(column, `(${isWrittenSo} and (s.${column} = date_trunc('minute', r.${column}) or ${isDay}))`);
    } else if (type === 'money') {
      const rounded = `round(r.${column}, scale(trim_scale(s.${column})))`;
      found.set(column, `(${isWrittenSo} and s.${column} = ${rounded})`);
    } else if (isIdentifier({ type, identifier })) {
      found.set(column, withoutZeros(`s.${column}`, `r.${column}`));
    }
  });
  return found;
}
