/**
 * Moves staged rows into the records of their source, set-based, keyed on the natural key, with new / filled / changed
 * / unchanged as rules.md section 7 says, and notes for reconciliation what it touched. Runs inside the final
 * transaction, under the merge lock.
 *
 * Which value wins where files disagree hangs on the order of acceptance (seq), not on the order of finishing: a later
 * file's value replaces an earlier one's, an earlier file that finishes later only fills nulls; states only move
 * forward.
 */
import type { Client } from 'pg';
import type { MatchingConfig } from '../config.ts';
import { isUniqueViolation } from '../db/faults.ts';
import { refreshStatistics } from '../db/statistics.ts';
import { foreseeLinks } from '../reconcile/links/foresee.ts';
import { idRanges } from '../reconcile/id-ranges.ts';
import { moveRecords } from '../reconcile/move-records.ts';
import { analyzeWorkTable, emptyWorkTable, MANY_ROWS } from '../reconcile/work-tables.ts';
import { rejectImpossible } from './impossible-values.ts';
import { type Identities, isOvertaken, resolveIdentities } from './merge-identities.ts';
import { type MergeStatements, recordChanges } from './merge-sql.ts';
import { noteKeys, noteNames } from './file-effects.ts';
import { type Numbered, numberedOf } from './merging/insert-sql.ts';
import { takeKnownKeys, warnOfOtherKeys } from './merging/keys-with-times.ts';
import { warnOutdone } from './merging/outdone.ts';
import type { Warning } from './readers/reader.ts';
import { keptFields } from './sources/index.ts';
import type { Source } from './sources/source.ts';
import { HELD_STAGING, type Staging } from './staging.ts';

/** Different versions of one key in one file; more are rejected, since each costs a round. */
export const MAX_VERSIONS_PER_FILE = 100;

export interface MergeInput {
  client: Client;
  source: Source;
  staging: Staging;
  fileId: string;
  /** order of acceptance */
  seq: string;
  /** an earlier accepted file may still deliver rows: what this file merely confirms must be remembered too */
  confirm: boolean;
  /** the operator's answer where rows would replace other records; null or absent = not asked yet */
  identities?: Identities | null;
  /** the rules by which links of new proofs are foreseen; absent: they are not */
  foresee?: MatchingConfig;
  /** false: the file is noted already, its rows are merged again */
  note?: boolean;
  /** what the file should say about its rows */
  warn?(warning: Warning): void;
}

export interface MergeCounts {
  new: number;
  updated: number;
  unchanged: number;
  /** rows beyond MAX_VERSIONS_PER_FILE, and rows with a value that no record can hold */
  rejected: number;
  filled: number;
  changed: number;
}

/** @throws RecordsWouldBeReplaced when the operator must be asked first */
export async function mergeStaged(input: MergeInput): Promise<MergeCounts> {
  const { client, source, staging } = input;
  const counts: MergeCounts = { new: 0, updated: 0, unchanged: 0, rejected: 0, filled: 0, changed: 0 };
  // only what the joins look at: figures for every column would cost seconds
  const joined = [
    'row_index',
    'natural_key',
    ...keptFields(source)
      .map((field) => field.column)
      .filter((column) => column === 'order_number'),
  ];
  if (staging !== HELD_STAGING) await client.query(`analyze ${staging.rows} (${joined.join(', ')})`);
  if (source.name === 'happy_workers') await numberCartRows(client, staging);
  await takeKnownKeys(client, source, staging);
  const { staged: read, rejected } = await rejectImpossible(client, source, staging);
  counts.rejected = rejected;
  const staged = read - rejected;
  if (input.note !== false) await noteKeys(client, input);
  if (staged === 0) return counts;
  if (input.warn !== undefined) {
    const warning = await warnOfOtherKeys(client, { source, staging, staged });
    if (warning !== null) input.warn(warning);
  }
  const sql = recordChanges(source, staging);
  const everyNew = (await client.query(sql.findKnown)).rowCount === 0;
  if (!everyNew) {
    const matched = await findMatches(input, sql, null);
    const identities = input.identities ?? null;
    if (await resolveIdentities({ ...input, staged, identities })) {
      await emptyWorkTable(client, 'work_matches', matched);
      await findMatches(input, sql, null);
    }
  }
  if (!(await mergeOptimistically(input, sql, counts, { round: null, staged, everyNew })))
    await mergeInRounds(input, sql, counts, staged);
  if (!everyNew) await warnOfCoarser(input);
  if (input.note !== false && !everyNew) await warnOutdone(client, source);
  counts.unchanged = read - counts.rejected - counts.new - counts.updated;
  if (counts.new > 0) {
    await refreshStatistics(client, source.table, counts.new, ['natural_key', 'order_id', 'file_id']);
    const records = await touchedRecords(client, sql.touched, counts.new + counts.updated);
    await client.query(sql.countDays(records), [input.fileId]);
  }
  // after the days: they count what the file itself brought
  if (input.note !== false && (await isOvertaken(input)))
    await client.query(sql.takeOrigins, [input.fileId, input.seq]);
  for (const statement of sql.nameMachinesAndGoods)
    await client.query(statement.text, statement.hasSeq ? [input.seq] : []);
  if (input.note !== false) await noteNames(client, input, 'work_named');
  await emptyAfterMerge(client, staged, everyNew);
  return counts;
}

/**
 * Records that the merge touched, and others that lie among many. `offset 0`: the file is asked for afterwards, since
 * no index tells but roughly with which file the rows of years came.
 */
async function touchedRecords(
  client: Client,
  { table, ids, column }: MergeStatements['touched'],
  rows: number,
): Promise<string> {
  if (rows > MANY_ROWS)
    return `(select r.* from ${table} r where ${(await idRanges(client, ids, rows)).of(`r.${column}`)} offset 0)`;
  return `(
      select r.*
      from (select distinct id from ${ids} i) t
      cross join lateral (select * from ${table} x where x.${column} = t.id offset 0) r
    )`;
}

/** Another merge may follow in the transaction. */
async function emptyAfterMerge(client: Client, staged: number, everyNew: boolean): Promise<void> {
  await emptyWorkTable(client, 'work_named', staged);
  if (everyNew) return;
  for (const name of ['work_matches', 'work_coarser', 'work_outdone']) await emptyWorkTable(client, name, staged);
}

/**
 * Every key once, as in nearly every file: no sorting for repeats, the unique index finds them. Undone and false when a
 * key occurs more than once.
 */
async function mergeOptimistically(
  input: MergeInput,
  sql: MergeStatements,
  counts: MergeCounts,
  extent: Extent,
): Promise<boolean> {
  const { client } = input;
  await client.query(`savepoint every_key_once`);
  try {
    if (!extent.everyNew && (await client.query(sql.findRepeatedMatch)).rowCount !== 0) {
      await client.query(`rollback to savepoint every_key_once`);
      return false;
    }
    await mergeMatches(input, sql, counts, extent);
    await client.query(`release savepoint every_key_once`);
    return true;
  } catch (error) {
    if (!isUniqueViolation(error, `${input.source.table}_natural_key`)) throw error;
    await client.query(`rollback to savepoint every_key_once`);
    Object.assign(counts, { new: 0, updated: 0, filled: 0, changed: 0 });
    return false;
  }
}

async function mergeInRounds(
  input: MergeInput,
  sql: MergeStatements,
  counts: MergeCounts,
  staged: number,
): Promise<void> {
  const { client, source, staging } = input;
  const rounds = await findRepeats(client, source, staging);
  await warnOfRepeats(input);
  counts.rejected += await rejectBeyond(client, staging);
  for (let round = 1; round <= Math.min(rounds, MAX_VERSIONS_PER_FILE); round++) {
    await emptyWorkTable(client, 'work_matches', staged);
    await findMatches(input, sql, round);
    await mergeMatches(input, sql, counts, { round, staged, everyNew: false });
  }
  await client.query(`drop table repeats`);
}

async function findMatches(
  { client, staging, seq }: MergeInput,
  sql: MergeStatements,
  round: number | null,
): Promise<number> {
  const found = (await client.query(sql.match(round), [seq])).rowCount ?? 0;
  await analyzeWorkTable(client, 'work_matches', { rows: found });
  if (found === 0) return found;
  // The planner takes order and record for independent, expects one row of their join, and would read the whole staging
  // for each.
  await client.query(
    `create unique index if not exists ${staging.rows.replace('staging.', '')}_row on ${staging.rows} (row_index)`,
  );
  return found;
}

/** Rows of a merge that are to be looked at. */
interface Extent {
  /** null: there are no rounds */
  round: number | null;
  staged: number;
  /** no row names a record that is there, so none changes one */
  everyNew: boolean;
}

async function insertNew(input: MergeInput, sql: MergeStatements, extent: Extent): Promise<number> {
  const { client } = input;
  const { round, staged, everyNew } = extent;
  const found = everyNew ? staged : ((await client.query(sql.findNew(round))).rowCount ?? 0);
  const every = found === staged;
  if (found > 0) {
    if (!everyNew) await analyzeWorkTable(client, 'work_new_rows', { rows: found });
    let numbered: Numbered = 'none';
    let numbers = 0;
    if (sql.findNumbers !== null) {
      numbers = (await client.query(sql.findNumbers(everyNew))).rowCount ?? 0;
      numbered = numberedOf(numbers, found);
      await analyzeWorkTable(client, 'work_numbers', { rows: numbers });
    }
    // of several versions of a row only the last counts, and it comes later
    const arriving = round === null && input.foresee !== undefined ? sql.arriving(every) : null;
    if (arriving !== null && input.foresee !== undefined) await foreseeLinks(client, input.foresee, arriving);
    const foreseen = arriving !== null;
    await client.query(sql.insertNew({ every, numbered, foreseen }), [input.fileId, input.seq]);
    if (numbered !== 'none' && sql.staleAccepts !== null) await client.query(sql.staleAccepts);
    // the next round finds its own
    await emptyWorkTable(client, 'work_numbers', numbers);
    if (arriving !== null) await emptyWorkTable(client, 'work_foreseen', found);
    if (!everyNew) await emptyWorkTable(client, 'work_new_rows', found);
  }
  return found;
}

async function mergeMatches(
  input: MergeInput,
  sql: MergeStatements,
  counts: MergeCounts,
  extent: Extent,
): Promise<void> {
  const { client } = input;
  counts.new += await insertNew(input, sql, extent);
  if (extent.everyNew) return;
  const applied = await client.query<{ rows: string; filled: string; changed: string }>(sql.logChanges, [input.fileId]);
  const row = applied.rows[0];
  counts.updated += Number(row?.rows ?? 0);
  counts.filled += Number(row?.filled ?? 0);
  counts.changed += Number(row?.changed ?? 0);
  if (Number(row?.rows ?? 0) > 0) {
    await client.query(sql.noteTouched);
    for (const statement of sql.raiseVersions) await client.query(statement, [input.fileId]);
    await client.query(sql.staleDecisions);
    await moveDays(input, sql);
    await client.query(sql.updateRecords, [input.seq]);
    await moveRenumbered(input, sql);
  }
  if (input.confirm) await client.query(sql.confirm(extent.round), [input.seq]);
}

/** A record whose time an import corrected counts on its new day. */
async function moveDays({ client, source, fileId }: MergeInput, sql: MergeStatements): Promise<void> {
  const moved = await client.query(sql.moveDays, [fileId]);
  if ((moved.rowCount ?? 0) > 0)
    await client.query(`delete from source_days where source = $1 and records <= 0`, [source.name]);
}

/** Records that were given another order number go to the order of that number. */
async function moveRenumbered({ client, source, fileId }: MergeInput, { renumbered }: MergeStatements): Promise<void> {
  if (renumbered === null || source.table === 'fiscal_receipts' || source.table === 'gateway_payments') return;
  if ((await client.query(renumbered.any)).rowCount === 0) return;
  await client.query(renumbered.find);
  await moveRecords(
    client,
    { table: source.table, source: source.name === 'vendhub' ? 'vendhub' : 'happy_workers' },
    { kind: 'file', fileId },
  );
}

/**
 * Several rows of one cart order with the same goods and taste are several cups: the n-th gets n into its key (rules.md
 * section 2.1).
 */
export async function numberCartRows(client: Client, staging: Staging): Promise<void> {
  await client.query(`
    update ${staging.rows} s set natural_key = s.natural_key || n.n
    from (select row_index, row_number() over (partition by natural_key order by row_index) as n from ${staging.rows}
      where natural_key like '%:') n
    where n.row_index = s.row_index`);
}

/**
 * Fills the temporary table repeats (row_index, version) for keys that occur more than once: version n is merged in
 * round n; a row equal to the version before it has version null and is unchanged. Returns the number of rounds.
 */
async function findRepeats(client: Client, source: Source, staging: Staging): Promise<number> {
  const values = [...keptFields(source).map((field) => `s.${field.column}`), 's.extra'].join(', ');
  await client.query(`
    create temporary table repeats on commit drop as
    with several as (
      select natural_key from ${staging.rows} group by natural_key having count(*) > 1
    ), rows as (
      select s.row_index, s.natural_key, md5(row(${values})::text) as content
      from several k join ${staging.rows} s on s.natural_key = k.natural_key
    ), marked as (
      select r.*, content is distinct from lag(content) over (partition by natural_key order by row_index) as differs
      from rows r
    )
    select row_index, case when differs then count(*)
      filter (where differs) over (partition by natural_key order by row_index) end as version from marked`);
  await client.query(`create index on repeats (row_index)`);
  await client.query(`analyze repeats`);
  const { rows } = await client.query<{ rounds: string | null }>(`select max(version) as rounds from repeats`);
  return Number(rows[0]?.rounds ?? 1);
}

async function rejectBeyond(client: Client, staging: Staging): Promise<number> {
  const rejected = await client.query(
    `insert into ${staging.rejects} (row_index, sheet, source_row, column_name, field, code, params, value)
     select s.row_index, s.sheet, s.source_row, null, null, 'too_many_versions', jsonb_build_object('max', $1::int),
       s.natural_key
     from repeats r
     join ${staging.rows} s on s.row_index = r.row_index
     where r.version > $1`,
    [MAX_VERSIONS_PER_FILE],
  );
  return rejected.rowCount ?? 0;
}

const NAMED_ROWS = 20;
const NAMED_KEYS = 5;

/** Rows that only said less of what is known: they changed nothing. */
async function warnOfCoarser({ client, staging, warn }: MergeInput): Promise<void> {
  const { rows } = await client.query<{ count: string; rows: string | null }>(
    `select count(*) as count,
      (array_to_string((array_agg(source_row order by row_index))[1:${NAMED_ROWS}], ', ')) as rows
     from ${staging.rows} where row_index in (select row_index from work_coarser)`,
  );
  const found = rows[0];
  if (found !== undefined && Number(found.count) > 0)
    warn?.({ code: 'coarser_values', params: { count: Number(found.count), rows: found.rows ?? '' } });
}

/** Keys that one file gives different values: the later row holds (rules.md 4.1). */
async function warnOfRepeats({ client, staging, warn }: MergeInput): Promise<void> {
  const { rows } = await client.query<{ count: string; keys: string | null; rows: string | null }>(
    `with several as (
       select s.natural_key, min(s.row_index) as first from repeats p
       join ${staging.rows} s on s.row_index = p.row_index
       group by s.natural_key having count(p.version) > 1
     )
     select count(*) as count,
       array_to_string((array_agg(left(natural_key, 60) order by first))[1:${NAMED_KEYS}], ', ') as keys,
       (select array_to_string((array_agg(s.source_row order by s.row_index))[1:${NAMED_ROWS}], ', ')
        from several k join ${staging.rows} s on s.natural_key = k.natural_key) as rows
     from several`,
  );
  const found = rows[0];
  if (found === undefined || Number(found.count) === 0) return;
  warn?.({
    code: 'key_repeated',
    params: { count: Number(found.count), keys: found.keys ?? '', rows: found.rows ?? '' },
  });
}
