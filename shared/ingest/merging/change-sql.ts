/**
 * Records that are there get the values of the rows in `matches`, with what follows from that: history, versions, days,
 * decisions.
 */
import type { Source } from '../sources/source.ts';
import { coarseFields } from './coarse-values.ts';
import { keepPairs } from '../../reconcile/links/paired-amounts.ts';
import { columnOf, dayOf, type MergeTerms, shown } from './terms.ts';

export interface ChangeStatements {
  logChanges: string;
  noteTouched: string;
  /** the second runs after the first: history rows carry the version they led to */
  raiseVersions: string[];
  staleDecisions: string;
  updateRecords: string;
  /** null where rows have no number; `any`: whether a record got another one; `find`: those records, as moves */
  renumbered: { any: string; find: string } | null;
  confirm(version: number | null): string;
  /** records that a file accepted later brought, since it was quicker, are those of this one */
  takeOrigins: string;
  /** before the records are updated; those that the file brought itself are counted at its end */
  moveDays: string;
}

export function changeStatements(terms: MergeTerms): ChangeStatements {
  return {
    logChanges: logChanges(terms),
    noteTouched: noteTouched(terms),
    raiseVersions: raiseVersions(terms),
    staleDecisions: staleDecisions(terms),
    updateRecords: updateRecords(terms),
    renumbered: terms.isOrders ? renumbered(terms) : null,
    confirm: (version) => confirm(terms, version),
    takeOrigins: takeOrigins(terms),
    moveDays: moveDays(terms),
  };
}

function logChanges({ source, fields, isSet, incoming, rowOfMatch, recordOfMatch }: MergeTerms): string {
  const values = fields.map(({ name, column, type }, index) => {
    const [before, after] = [shown(`r.${column}`, type), shown(incoming(column), type)];
    return `(${isSet(index)}, '${name}', ${before}, ${after})`;
  });
  return `
      with changes as (
        select r.order_id, r.id as record_id, s.sheet, s.source_row, v.field, v.old_value, v.new_value
        from work_matches m
        ${rowOfMatch}
        ${recordOfMatch}
        cross join lateral (values
          ${values.join(',\n          ')}
        ) v (is_set, field, old_value, new_value)
        where v.is_set
      ), logged as (
        insert into order_changes
          (order_id, source, record_id, field, old_value, new_value, change_type, cause, file_id, sheet, source_row)
        select order_id, '${source.name}', record_id, field, old_value, new_value,
          case when old_value is null then 'filled' else 'changed' end, 'file', $1, sheet, source_row
        from changes
        order by source_row
      )
      select (select count(*) from work_matches) as rows,
        count(*) filter (where old_value is null) as filled,
        count(*) filter (where old_value is not null) as changed
      from changes`;
}

/** Time of a proof: what its groups hang on, with its amount. */
const PROOF_TIME: Partial<Record<Source['table'], string>> = {
  fiscal_receipts: 'fiscal_time',
  gateway_payments: 'transaction_time',
};

function noteTouched({ table, touched, touchedColumn, recordOfMatch }: MergeTerms): string {
  const time = PROOF_TIME[table];
  const isReceipt = table === 'fiscal_receipts';
  const positions = `
      insert into work_positions (amount, time_from, time_to, of_receipt)
      select v.amount, r.${time}, r.${time}, ${isReceipt}
      from work_matches m
      ${recordOfMatch}
      cross join lateral (values (r.amount)${isReceipt ? ', (r.cash_amount), (r.card_amount)' : ''}) v (amount)
      where v.amount <> 0`;
  return `
      with noted as (
        insert into ${touched}
        select distinct r.${touchedColumn}
        from work_matches m
        ${recordOfMatch}
      )
      ${time === undefined ? 'select 1' : positions}`;
}

function raiseVersions({ fields, isSet, recordOfMatch }: MergeTerms): string[] {
  const onlyFilled = fields.map(({ column }, index) => `(not coalesce(${isSet(index)}, false) or r.${column} is null)`);
  return [
    `
      with held as (
        select r.order_id, bool_and(${onlyFilled.join(' and ')}) as only_filled
        from work_matches m
        ${recordOfMatch}
        where r.file_id <> $1
        group by r.order_id
      )
      update orders o set
        version = o.version + 1,
        last_change = case when h.only_filled then 'filled' else 'updated' end,
        updated_at = now()
      from held h
      where o.id = h.order_id
        and h.order_id not in (
          select c.order_id
          from order_changes c
          where c.file_id = $1 and c.version is not null and c.change_type in ('filled', 'changed')
        )`,
    // by the file, whose lines lie together; by the order, all its older lines would be read to be passed over
    `
      update order_changes c set version = o.version
      from (
        select id, order_id from order_changes
        where file_id = $1 and version is null and change_type in ('filled', 'changed')
      ) n
      join orders o on o.id = n.order_id
      where c.id = n.id`,
  ];
}

/** What a decision fixed or forbade is open again: both its ends are evaluated anew. */
function staleDecisions({ source, isOrders, recordOfMatch }: MergeTerms): string {
  const ofProof = isOrders ? '' : `or d.proof_source = '${source.name}' and d.proof_id = r.id`;
  return `
      with stale as (
        update manual_decisions d set stale_at = now()
        from work_matches m
        ${recordOfMatch}
        where d.stale_at is null and d.undone_at is null
          and (d.order_id = r.order_id ${ofProof})
        returning d.order_id, d.kind, d.proof_source, d.proof_id
      ), pairs as (
        select distinct order_id, proof_source, proof_id from stale where kind <> 'accept'
      ), paired as (
        ${keepPairs('pairs')}
      ), orders_touched as (
        insert into work_touched_orders (order_id) select distinct order_id from pairs
      ), receipts_touched as (
        insert into work_touched_receipts select distinct proof_id from pairs where proof_source = 'fiscal_bills'
      ), payments_touched as (
        insert into work_touched_payments select distinct proof_id from pairs where proof_source <> 'fiscal_bills'
      )
      insert into work_positions (amount, time_from, time_to)
      select o.price, o.time, o.time
      from pairs p
      join orders o on o.id = p.order_id
      where o.price <> 0`;
}

function updateRecords(terms: MergeTerms): string {
  const { table, fields, isSet, incoming, rowOfMatch } = terms;
  const values = fields.map(
    ({ column }, index) => `${column} = case when ${isSet(index)} then ${incoming(column)} else r.${column} end`,
  );
  return `
      update ${table} r set
        ${values.join(',\n        ')},
        ${suppliedBy(terms)},
        coarse = ${coarseBits(terms, terms.setsField)}
      from work_matches m
      ${rowOfMatch}
      where r.order_id = m.order_id and r.id = m.record_id`;
}

/** What the file merely says again is remembered as its own too. */
function confirm(terms: MergeTerms, version: number | null): string {
  const { table, staging, join, inRound } = terms;
  return `
      update ${table} r set
        ${suppliedBy(terms)},
        coarse = ${coarseBits(terms, null)}
      from ${staging.rows} s
      where ${join}
        and ${inRound(version)}
        and not exists (select 1 from work_matches m where m.row_index = s.row_index)`;
}

function takeOrigins({ table, staging, join }: MergeTerms): string {
  return `
      update ${table} r set file_id = $1, sheet = s.sheet, source_row = s.source_row
      from (select distinct on (natural_key) natural_key, sheet, source_row from ${staging.rows}
        order by natural_key, row_index) s,
        uploaded_files f
      where ${join} and f.id = r.file_id and f.seq > $2`;
}

/** Whose file each value comes from: that of seq, but for those in field_seq. */
function suppliedBy({ fields }: MergeTerms): string {
  const suppliers = fields
    .filter(({ forwardOnly }) => forwardOnly === undefined)
    .map(({ column }) => `'${column}', ${newSupplier(column)}`);
  return `seq = greatest(r.seq, $1::bigint),
        field_seq = nullif(jsonb_strip_nulls(jsonb_build_object(
          ${suppliers.join(',\n          ')})), '{}')`;
}

/**
 * Which values of the record are written coarsely after this row: as it writes them where it gives the value or is the
 * latest to say it.
 * @param setsField null: the row gives none
 */
function coarseBits({ source }: MergeTerms, setsField: MergeTerms['setsField'] | null): string {
  const bits = [...coarseFields(source)].map(([column, { bit }]) => {
    const sets = setsField === null ? 'false' : setsField((field) => field.column === column);
    const isLatest = `s.${column} is not null and $1::bigint > ${supplierOf(column)}`;
    return `(case when ${sets} or ${isLatest} then s.coarse else coalesce(r.coarse, 0) end & ${2 ** bit}::bigint)`;
  });
  return `nullif(${bits.join('\n          | ')}, 0)`;
}

/** SQL: order of acceptance of the file that gave the record this value, or was the last to say the same. */
export function supplierOf(column: string): string {
  return `coalesce((r.field_seq ->> '${column}')::bigint, r.seq)`;
}

/** Entry of field_seq after this row: whose file the value comes from, null where it is the record's own seq. */
function newSupplier(column: string): string {
  const before = supplierOf(column);
  return `case
            when $1::bigint >= r.seq then
              case when s.${column} is null and r.${column} is not null then nullif(${before}, $1::bigint) end
            when s.${column} is not null and (r.${column} is null or $1::bigint > ${before}) then $1::bigint
            else (r.field_seq ->> '${column}')::bigint
          end`;
}

function renumbered({ recordOfMatch, setsField }: MergeTerms): { any: string; find: string } {
  const isRenumbered = setsField(({ column }) => column === 'order_number');
  return {
    any: `select 1 from work_matches m where ${isRenumbered} limit 1`,
    find: `
      create temporary table moves on commit drop as
      select r.id as record_id, r.order_id as old_order_id, r.order_number
      from work_matches m
      ${recordOfMatch}
      where ${isRenumbered}`,
  };
}

function moveDays({ source, rowOfMatch, recordOfMatch, setsField }: MergeTerms): string {
  const time = columnOf(source, source.timeField);
  return `
      with moved as (
        select ${dayOf(`r.${time}`)} as before, ${dayOf(`s.${time}`)} as after
        from work_matches m
        ${rowOfMatch}
        ${recordOfMatch}
        where r.file_id <> $1 and ${setsField(({ name }) => name === source.timeField)}
      ), days as (
        select day, sum(records) as records
        from (select before as day, -1 as records from moved union all select after, 1 from moved) d
        group by day
        having sum(records) <> 0
      )
      insert into source_days (source, day, records)
      select '${source.name}', day, records from days
      on conflict (source, day) do update set records = source_days.records + excluded.records`;
}
