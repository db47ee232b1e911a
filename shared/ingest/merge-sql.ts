/**
 * The statements of a merge, made from the definition of the source. `matches` holds the rows of one round that change a record
 * already there, and which of its fields each sets; rows that set nothing are not in it.
 */
import type { Source } from './sources/source.ts';
import { keptFields } from './sources/index.ts';
import type { Staging } from './staging.ts';

export interface MergeStatements {
  createMatches: string;
  match(version: number | null): string;
  /** a key that some row changes and that occurs in another row too */
  findRepeatedMatch: string;
  /** rows of the round whose key is not there yet, as new_rows */
  findNew(version: number | null): string;
  /** null where rows have no number */
  findNumbers: string | null;
  insertNew(rows: { every: boolean; numbered: boolean }): string;
  /** null where rows have no number */
  staleAccepts: string | null;
  logChanges: string;
  noteTouched: string;
  /** the second runs after the first: history rows carry the version they led to */
  raiseVersions: string[];
  staleDecisions: string;
  updateRecords: string;
  /** records that carry another number than their order, as moves; null where rows have no number */
  findMoves: string | null;
  confirm(version: number | null): string;
  /** before the records are updated; those that the file brought itself are counted at its end */
  moveDays: string;
  countDays: string;
  nameMachinesAndGoods: { text: string; hasSeq: boolean }[];
}

/** Amount and time of a proof: what its groups hang on. */
const PROOF_TIME: Partial<Record<Source['table'], string>> = { fiscal_receipts: 'fiscal_time', gateway_payments: 'transaction_time' };

/** Shown values of history: instants in Tashkent time, amounts without idle zeros. */
export function shown(expression: string, type: string): string {
  if (type === 'timestamp') return `to_char(${expression} at time zone 'Asia/Tashkent', 'YYYY-MM-DD"T"HH24:MI:SS"+05:00"')`;
  if (type === 'money') return `trim_scale(${expression})::text`;
  return `${expression}::text`;
}

export function recordChanges(source: Source, staging: Staging): MergeStatements {
  const fields = [...keptFields(source), { name: 'extra', column: 'extra', type: 'extra' as const, forwardOnly: undefined }];
  const table = source.table;
  const proofTime = PROOF_TIME[table];
  const gateway = table === 'gateway_payments';
  const join = `r.natural_key = s.natural_key${gateway ? ` and r.gateway = '${source.name}'` : ''}`;
  const coarser = coarserValues(source);
  const incoming = (column: string): string => (column === 'extra' ? `(coalesce(r.extra, '{}') || s.extra)` : `s.${column}`);
  const rank = (states: readonly string[], value: string): string =>
    `coalesce(array_position(array[${states.map((state) => `'${state}'`).join(', ')}], ${value}), 0)`;
  const supplier = (column: string): string => `coalesce((r.field_seq ->> '${column}')::bigint, r.seq)`;
  // A field is set by the row: filled, moved forward, or replaced by a file accepted later ($1) than the one that supplied it.
  const sets = (field: (typeof fields)[number], seq: string): string => {
    const value = incoming(field.column);
    if (field.forwardOnly !== undefined)
      return `(s.${field.column} is not null and ${rank(field.forwardOnly, value)} > ${rank(field.forwardOnly, `r.${field.column}`)})`;
    const same = coarser.get(field.column);
    return `(s.${field.column} is not null and ${value} is distinct from r.${field.column} and (r.${field.column} is null or ${seq} >= ${supplier(field.column)})${same === undefined ? '' : ` and ${same} is not true`})`;
  };
  const round = (version: number | null): string => {
    if (version === null) return 'true';
    if (version === 1) return 'not exists (select 1 from repeats p where p.row_index = s.row_index and p.version is distinct from 1)';
    return `exists (select 1 from repeats p where p.row_index = s.row_index and p.version = ${version})`;
  };
  const setMask = `array[${fields.map((field) => sets(field, '$1::bigint')).join(', ')}]`;
  const anyCoarser = `(${[...coarser].map(([column, same]) => `(s.${column} is distinct from r.${column} and ${same})`).join(' or ')}) is true`;
  const isSet = (index: number): string => `m.sets[${index + 1}]`;
  const columns = keptFields(source).map((field) => field.column);
  const own = [...columns, 'extra'];
  const orders = table === 'happy_workers_orders' || table === 'vendhub_sales';
  const touched = orders ? 'touched_orders (order_id)' : table === 'fiscal_receipts' ? 'touched_receipts (id)' : 'touched_payments (id)';
  const touchedColumn = orders ? 'order_id' : 'id';

  return {
    createMatches: `create temporary table matches (row_index bigint not null, record_id bigint not null, order_id bigint not null, sets boolean[] not null) on commit drop;
      create temporary table coarser (row_index bigint not null) on commit drop`,
    match: (version) => `
      with compared as materialized (
        select * from (
          select s.row_index, r.id as record_id, r.order_id, ${setMask} as sets, ${anyCoarser} as is_coarser
          from ${staging.rows} s join ${table} r on ${join} where ${round(version)}
        ) x where true = any (x.sets) or x.is_coarser
      ), noted as (
        insert into coarser select row_index from compared where is_coarser
      )
      insert into matches (row_index, record_id, order_id, sets)
      select x.row_index, x.record_id, x.order_id, x.sets from compared x where true = any (x.sets)`,
    findRepeatedMatch: `
      select 1 from (select natural_key from matches m join ${staging.rows} s on s.row_index = m.row_index) k
      join ${staging.rows} s on s.natural_key = k.natural_key group by k.natural_key having count(*) > 1 limit 1`,
    findNew: (version) => `
      create temporary table new_rows on commit drop as
      select s.row_index${orders ? ', s.order_number' : ''} from ${staging.rows} s
      where ${round(version)} and not exists (select 1 from ${table} r where ${join})`,
    // numbers that have their order already, or get one here because several rows name them; all others get the next id where they stand
    findNumbers: orders
      ? `
      create temporary table numbers on commit drop as
      select o.order_number, o.id as order_id from orders o where exists (select 1 from new_rows n where n.order_number = o.order_number)
      union all
      select n.order_number, nextval('orders_id_seq') from (select order_number from new_rows group by order_number having count(*) > 1) n
      where not exists (select 1 from orders o where o.order_number = n.order_number)`
      : null,
    // In the order of the file, which is as a rule that of time: a join may shuffle the rows, and each index entry would land on another
    // page (twice the time of the whole import).
    insertNew: ({ every, numbered }) => {
      const rows = every ? `${staging.rows} s` : `new_rows n join ${staging.rows} s on s.row_index = n.row_index`;
      const order = every && !numbered ? '' : 'order by s.row_index';
      return orders
        ? `
      with made as (
        insert into ${table} (natural_key, order_id, file_id, sheet, source_row, seq, ${own.join(', ')})
        select s.natural_key, ${numbered ? `coalesce(p.order_id, nextval('orders_id_seq'))` : `nextval('orders_id_seq')`}, $1, s.sheet, s.source_row, $2, ${own.map((column) => `s.${column}`).join(', ')}
        from ${rows} ${numbered ? 'left join numbers p on p.order_number = s.order_number' : ''} ${order}
        returning order_id
      )
      insert into touched_orders (order_id, alone) select order_id, ${!numbered} from made`
        : `
      with made as (
        insert into ${table} (${gateway ? 'gateway, ' : ''}natural_key, order_id, orphan_order_id, file_id, sheet, source_row, seq, ${own.join(', ')})
        select ${gateway ? `'${source.name}', ` : ''}n.natural_key, n.own_id, n.own_id, $1, n.sheet, n.source_row, $2, ${own.map((column) => `n.${column}`).join(', ')}
        from (select s.*, nextval('orders_id_seq') as own_id from ${rows} ${order}) n
        returning id
      )
      insert into ${touched} select id from made`;
    },
    // accepted was what the order was without the row that joins it; the difference it brings must not be hidden as settled
    staleAccepts: orders
      ? `
      update manual_decisions d set stale_at = now() from numbers n
      where d.order_id = n.order_id and d.kind = 'accept' and d.proof_source is null and d.stale_at is null and d.undone_at is null`
      : null,
    logChanges: `
      with changes as (
        select r.order_id, r.id as record_id, s.sheet, s.source_row, v.field, v.old_value, v.new_value
        from matches m join ${staging.rows} s on s.row_index = m.row_index join ${table} r on r.order_id = m.order_id and r.id = m.record_id
        cross join lateral (values
          ${fields.map((field, index) => `(${isSet(index)}, '${field.name}', ${shown(`r.${field.column}`, field.type)}, ${shown(incoming(field.column), field.type)})`).join(',\n          ')}
        ) v (is_set, field, old_value, new_value)
        where v.is_set
      ), logged as (
        insert into order_changes (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, sheet, source_row)
        select order_id, '${source.name}', record_id, field, old_value, new_value, case when old_value is null then 'filled' else 'changed' end, 'file', $1, sheet, source_row
        from changes order by source_row
      )
      select (select count(*) from matches) as rows, count(*) filter (where old_value is null) as filled,
        count(*) filter (where old_value is not null) as changed from changes`,
    noteTouched: `
      with noted as (
        insert into ${touched} select distinct r.${touchedColumn} from matches m join ${table} r on r.order_id = m.order_id and r.id = m.record_id
      )
      ${
        proofTime === undefined
          ? 'select 1'
          : `insert into positions (amount, time_from, time_to, of_receipt)
      select v.amount, r.${proofTime}, r.${proofTime}, ${table === 'fiscal_receipts'} from matches m join ${table} r on r.order_id = m.order_id and r.id = m.record_id
      cross join lateral (values (r.amount)${table === 'fiscal_receipts' ? ', (r.cash_amount), (r.card_amount)' : ''}) v (amount) where v.amount <> 0`
      }`,
    raiseVersions: [
      `
      with held as (
        select r.order_id, bool_and(${fields.map((field, index) => `(not coalesce(${isSet(index)}, false) or r.${field.column} is null)`).join(' and ')}) as only_filled
        from matches m join ${table} r on r.order_id = m.order_id and r.id = m.record_id where r.file_id <> $1 group by r.order_id
      )
      update orders o set version = o.version + 1, last_change = case when h.only_filled then 'filled' else 'updated' end, updated_at = now()
      from held h
      where o.id = h.order_id and h.order_id not in (select c.order_id from order_changes c where c.file_id = $1 and c.version is not null)`,
      // by the file, whose lines lie together; by the order, all its older lines would be read to be passed over
      `
      update order_changes c set version = o.version
      from (select id, order_id from order_changes where file_id = $1 and version is null and change_type in ('filled', 'changed')) n
      join orders o on o.id = n.order_id
      where c.id = n.id`,
    ],
    // what a decision fixed or forbade is open again: both its ends are evaluated anew
    staleDecisions: `
      with stale as (
        update manual_decisions d set stale_at = now()
        from matches m join ${table} r on r.order_id = m.order_id and r.id = m.record_id
        where d.stale_at is null and d.undone_at is null
          and (d.order_id = r.order_id ${orders ? '' : `or d.proof_source = '${source.name}' and d.proof_id = r.id`})
        returning d.order_id, d.kind, d.proof_source, d.proof_id
      ), pairs as (
        select distinct order_id, proof_source, proof_id from stale where kind <> 'accept'
      ), orders_touched as (
        insert into touched_orders (order_id) select distinct order_id from pairs
      ), receipts_touched as (
        insert into touched_receipts select distinct proof_id from pairs where proof_source = 'fiscal_bills'
      ), payments_touched as (
        insert into touched_payments select distinct proof_id from pairs where proof_source <> 'fiscal_bills'
      )
      insert into positions (amount, time_from, time_to) select o.price, o.time, o.time from pairs p join orders o on o.id = p.order_id where o.price <> 0`,
    updateRecords: `
      update ${table} r set
        ${fields.map((field, index) => `${field.column} = case when ${isSet(index)} then ${incoming(field.column)} else r.${field.column} end`).join(',\n        ')},
        seq = greatest(r.seq, $1::bigint),
        field_seq = nullif(jsonb_strip_nulls(jsonb_build_object(
          ${fields
            .filter((field) => field.forwardOnly === undefined)
            .map((field) => `'${field.column}', ${newSupplier(field.column)}`)
            .join(',\n          ')})), '{}')
      from matches m join ${staging.rows} s on s.row_index = m.row_index
      where r.order_id = m.order_id and r.id = m.record_id`,
    findMoves: orders
      ? `
      create temporary table moves on commit drop as
      select r.id as record_id, r.order_id as old_order_id, r.order_number
      from matches m
      join ${table} r on r.order_id = m.order_id and r.id = m.record_id
      where ${isSet(fields.findIndex((field) => field.column === 'order_number'))}`
      : null,
    confirm: (version) => `
      update ${table} r set
        seq = greatest(r.seq, $1::bigint),
        field_seq = nullif(jsonb_strip_nulls(jsonb_build_object(
          ${fields
            .filter((field) => field.forwardOnly === undefined)
            .map((field) => `'${field.column}', ${newSupplier(field.column)}`)
            .join(',\n          ')})), '{}')
      from ${staging.rows} s
      where ${join} and ${round(version)} and not exists (select 1 from matches m where m.row_index = s.row_index)`,
    moveDays: `
      with moved as (
        select ${dayOf(`r.${columnOf(source, source.timeField)}`)} as before, ${dayOf(`s.${columnOf(source, source.timeField)}`)} as after
        from matches m join ${staging.rows} s on s.row_index = m.row_index join ${table} r on r.order_id = m.order_id and r.id = m.record_id
        where r.file_id <> $1 and ${isSet(fields.findIndex((field) => field.name === source.timeField))}
      ), days as (
        select day, sum(records) as records from (select before as day, -1 as records from moved union all select after, 1 from moved) d
        group by day having sum(records) <> 0
      )
      insert into source_days (source, day, records) select '${source.name}', day, records from days
      on conflict (source, day) do update set records = source_days.records + excluded.records`,
    countDays: `
      insert into source_days (source, day, records)
      select '${source.name}', ${dayOf(`r.${columnOf(source, source.timeField)}`)}, count(*)
      from ${table} r where r.file_id = $1 ${gateway ? `and r.gateway = '${source.name}'` : ''} group by 2
      on conflict (source, day) do update set records = source_days.records + excluded.records`,
    nameMachinesAndGoods: namesOf(source, staging),
  };
}

/**
 * By column, whether a staged value only says less of the stored one (rules.md 4.1): a time without seconds in the same minute, a day of the
 * same day, an amount equal after rounding to the digits given.
 */
function coarserValues(source: Source): Map<string, string> {
  const found = new Map<string, string>();
  keptFields(source).forEach(({ column, type }, bit) => {
    const isWrittenSo = `(s.coarse >> ${bit}) & 1 = 1`;
    if (type === 'timestamp') {
      const wall = (value: string): string => `(${value} at time zone 'Asia/Tashkent')`;
      const isDay = `${wall(`s.${column}`)}::time = '00:00' and ${wall(`s.${column}`)}::date = ${wall(`r.${column}`)}::date`;
      found.set(column, `(${isWrittenSo} and (s.${column} = date_trunc('minute', r.${column}) or ${isDay}))`);
    } else if (type === 'money') {
      found.set(column, `(${isWrittenSo} and s.${column} = round(r.${column}, scale(trim_scale(s.${column}))))`);
    }
  });
  return found;
}

/** Entry of field_seq after this row: whose file the value comes from, null where it is the record's own seq. */
function newSupplier(column: string): string {
  const before = `coalesce((r.field_seq ->> '${column}')::bigint, r.seq)`;
  return `case
            when $1::bigint >= r.seq then case when s.${column} is null and r.${column} is not null then nullif(${before}, $1::bigint) end
            when s.${column} is not null and (r.${column} is null or $1::bigint > ${before}) then $1::bigint
            else (r.field_seq ->> '${column}')::bigint
          end`;
}

/** The Tashkent day of an instant, SQL. */
export function dayOf(instant: string): string {
  return `(${instant} at time zone 'Asia/Tashkent')::date`;
}

export function columnOf(source: Source, fieldName: string): string {
  const column = source.fields.find((field) => field.name === fieldName)?.column;
  if (column === undefined || column === null) throw new Error(`${source.name} has no column for ${fieldName}`);
  return column;
}

/** Of two names the one of the later time counts, at one time that of the file accepted later, whatever the order in which they are loaded. */
function namesOf(source: Source, staging: Staging): MergeStatements['nameMachinesAndGoods'] {
  const named = namedBy(source);
  if (named === null) return [];
  const { name } = named;
  return [
    {
      text: `insert into machines (machine_code, ${name}, ${name}_at, ${name}_seq)
     select distinct on (machine_code) machine_code, value, at, $1::bigint from (${namesIn(source, staging)}) n
     order by machine_code, at desc, value
     on conflict (machine_code) do update set ${name} = excluded.${name}, ${name}_at = excluded.${name}_at, ${name}_seq = excluded.${name}_seq
     where machines.${name}_at is null or (machines.${name}_at, coalesce(machines.${name}_seq, 0)) <= (excluded.${name}_at, excluded.${name}_seq)`,
      hasSeq: true,
    },
    {
      text: `insert into goods (name) select distinct goods_name from ${staging.rows} where goods_name is not null on conflict do nothing`,
      hasSeq: false,
    },
  ];
}

/** Which column of machines the source fills; null = none. */
export function namedBy(source: Source): { name: 'address' | 'category'; value: string; time: string } | null {
  if (source.name === 'happy_workers') return { name: 'address', value: 'address', time: 'creation_time' };
  if (source.name === 'vendhub') return { name: 'category', value: 'machine_category', time: 'event_time' };
  return null;
}

/** A select of (machine_code, value, at): each name that staged rows give a machine, with its last time. */
export function namesIn(source: Source, staging: Staging): string {
  const named = namedBy(source);
  if (named === null) throw new Error(`${source.name} names no machines`);
  const { value, time } = named;
  return `select machine_code, ${value} as value, max(${time}) as at from ${staging.rows} where ${value} is not null group by machine_code, ${value}`;
}
