/** Which rows change a record that is there, and which of its fields each sets. */
import { keptFields } from '../sources/index.ts';
import type { Source } from '../sources/source.ts';
import { supplierOf } from './change-sql.ts';
import { coarseFields } from './coarse-values.ts';
import { isIdentifier, withoutZeros } from './leading-zeros.ts';
import { outdoneBy } from './outdone.ts';
import type { MergeField, MergeTerms } from './terms.ts';

export interface MatchStatements {
  /** whether any row names a record that is there */
  findKnown: string;
  match(version: number | null): string;
  /** a key that some row changes and that occurs in another row too */
  findRepeatedMatch: string;
}

export function matchStatements(terms: MergeTerms): MatchStatements {
  const { fields, staging, table, join, inRound } = terms;
  const coarser = coarserValues(terms.source);
  const wholer = wholerValues(terms.source);
  const sets = `array[${fields.map((field) => setBy(terms, field, { coarser, wholer })).join(', ')}]`;
  const coarserHere = [...coarser].map(([column, same]) => `(s.${column} is distinct from r.${column} and ${same})`);
  return {
    findKnown: `
      select 1
      from ${staging.rows} s
      where exists (select 1 from ${table} r where ${join})
      limit 1`,
    match: (version) => `
      with compared as materialized (
        select * from (
          select s.row_index, r.id as record_id, r.order_id,
            ${sets} as sets,
            (${coarserHere.join(' or ')}) is true as is_coarser,
            ${outdoneBy(terms, wholer)} as outdone
          from ${staging.rows} s
          join ${table} r on ${join}
          where ${inRound(version)}
        ) x
        where true = any (x.sets) or x.is_coarser
      ), noted as (
        insert into work_coarser select row_index from compared where is_coarser
      ), outdone as (
        insert into work_outdone (order_id, record_id, seq)
        select order_id, record_id, outdone from compared where outdone is not null
      )
      insert into work_matches (row_index, record_id, order_id, sets)
      select x.row_index, x.record_id, x.order_id, x.sets
      from compared x
      where true = any (x.sets)`,
    // The planner takes half of the keys for repeated ones and plans for the first of them, by nested loops over the
    // whole staging; as a rule there is none, and all are looked at.
    findRepeatedMatch: `
      with repeated as materialized (
        select k.natural_key
        from (select natural_key from work_matches m join ${staging.rows} s on s.row_index = m.row_index) k
        join ${staging.rows} s on s.natural_key = k.natural_key
        group by k.natural_key
        having count(*) > 1
      )
      select 1 from repeated limit 1`,
  };
}

/**
 * A field is set by the row: filled, moved forward, or replaced by a file accepted later ($1) than the one that
 * supplied it. What only says less gives way to what says more whoever was accepted first: the coarser one of the two
 * would have changed nothing.
 */
function setBy(
  { incoming }: MergeTerms,
  { column, forwardOnly }: MergeField,
  { coarser, wholer }: Record<'coarser' | 'wholer', ReadonlyMap<string, string>>,
): string {
  const value = incoming(column);
  if (forwardOnly !== undefined) {
    const forward = `${rankOf(forwardOnly, value)} > ${rankOf(forwardOnly, `r.${column}`)}`;
    return `(s.${column} is not null and ${forward})`;
  }
  const same = coarser.get(column);
  const supplier = supplierOf(column);
  const isWholer = wholer.get(column);
  return [
    `(s.${column} is not null and ${value} is distinct from r.${column}`,
    `and (r.${column} is null or $1::bigint >= ${supplier}${isWholer === undefined ? '' : ` or ${isWholer}`})`,
    same === undefined ? ')' : `and ${same} is not true)`,
  ].join(' ');
}

function rankOf(states: readonly string[], value: string): string {
  return `coalesce(array_position(array[${states.map((state) => `'${state}'`).join(', ')}], ${value}), 0)`;
}

/**
 * By column, whether a staged value only says less of the stored one (rules.md 4.1): as it is written, or an identifier
 * without its zeros.
 */
function coarserValues(source: Source): Map<string, string> {
  const found = new Map([...coarseFields(source)].map(([column, { rowSaysLess }]) => [column, rowSaysLess]));
  for (const field of keptFields(source).filter(isIdentifier))
    found.set(field.column, withoutZeros(`s.${field.column}`, `r.${field.column}`));
  return found;
}

/** By column, whether the stored value only says less of the staged one, which is kept whoever was accepted first. */
function wholerValues(source: Source): Map<string, string> {
  const found = new Map([...coarseFields(source)].map(([column, { recordSaysLess }]) => [column, recordSaysLess]));
  for (const field of keptFields(source).filter(isIdentifier))
    found.set(field.column, withoutZeros(`r.${field.column}`, `s.${field.column}`));
  return found;
}
