/** Rows whose key is not there yet become records. */
import { PAYMENTS, type ProofKind, RECEIPTS } from '../../reconcile/links/candidates.ts';
import { columnOf, dayOf, type MergeTerms } from './terms.ts';

/** How many of the new rows name a number that has its order already or that another row names too. */
export type Numbered = 'none' | 'few' | 'many';

/** One number of so many rows leaves the others alone with theirs. */
const FEW_SHARE = 0.1;

export function numberedOf(numbers: number, rows: number): Numbered {
  if (numbers === 0) return 'none';
  return numbers <= rows * FEW_SHARE ? 'few' : 'many';
}

export interface InsertStatements {
  /** rows of the round whose key is not there yet, as new_rows */
  findNew(version: number | null): string;
  /** null where rows have no number */
  findNumbers: ((every: boolean) => string) | null;
  insertNew(rows: { every: boolean; numbered: Numbered; foreseen: boolean }): string;
  /** rows of new_rows as a relation with the columns of their records; null where they are no proofs */
  arriving(every: boolean): { proof: ProofKind; rows: string } | null;
  /** null where rows have no number */
  staleAccepts: string | null;
  /** @param records relation with all new ones */
  countDays(records: string): string;
  /** what the merge touched, new records among it: relation with their `id`, and the column of records that it is */
  touched: { table: string; ids: string; column: string };
}

/** The quarter of an hour: days begin with one, and asking the calendar for each of a million times is dear. */
const QUARTER = (instant: string): string => `date_bin('15 minutes', ${instant}, timestamptz '2000-01-01 00:00:00+00')`;

export function insertStatements(terms: MergeTerms): InsertStatements {
  const { source, staging, table, isOrders, isGateway, join, inRound } = terms;
  return {
    findNew: (version) => `
      insert into work_new_rows (row_index${isOrders ? ', order_number' : ''})
      select s.row_index${isOrders ? ', s.order_number' : ''}
      from ${staging.rows} s
      where ${inRound(version)} and not exists (select 1 from ${table} r where ${join})`,
    findNumbers: isOrders ? (every) => findNumbers(every ? staging.rows : 'work_new_rows') : null,
    // In the order of the file, which is as a rule that of time: else each index entry would land on another page
    // (twice the time of the whole import). What is joined to the rows is narrow, so it is hashed and they pass by as
    // they come.
    insertNew({ every, numbered, foreseen }) {
      const rows = rowsToInsert(terms, every);
      const order = every ? '' : 'order by s.row_index';
      return isOrders ? insertSales(terms, { rows, order, numbered }) : insertProofs(terms, { rows, order, foreseen });
    },
    arriving(every) {
      if (isOrders) return null;
      const gateway = isGateway ? `, '${source.name}' as gateway` : '';
      return {
        proof: isGateway ? PAYMENTS : RECEIPTS,
        rows: `(select s.*${gateway} from ${rowsToInsert(terms, every)})`,
      };
    },
    staleAccepts: isOrders ? STALE_ACCEPTS : null,
    touched: {
      table,
      ids: `(select ${terms.touchedColumn} as id from ${terms.touchedTable})`,
      column: terms.touchedColumn,
    },
    countDays: (records) => `
      insert into source_days (source, day, records)
      select '${source.name}', ${dayOf('q.quarter')}, sum(q.records)
      from (
        select ${QUARTER(`r.${columnOf(source, source.timeField)}`)} as quarter, count(*) as records
        from ${records} r
        where r.file_id = $1 ${isGateway ? `and r.gateway = '${source.name}'` : ''}
        group by 1
      ) q
      group by 2
      on conflict (source, day) do update set records = source_days.records + excluded.records`,
  };
}

/**
 * Numbers that have their order already, or get one here because several rows name them; all others get the next id
 * where they stand. Each is looked up, in the order of the file (`offset 0`): of a million the planner would sooner
 * read the orders of years whole, and wait for their pages.
 */
const findNumbers = (rows: string): string => `
      insert into work_numbers (order_number, order_id)
      select distinct n.order_number, o.id as order_id
      from ${rows} n
      cross join lateral (
        select x.id
        from orders x
        where x.order_number = n.order_number
        offset 0
      ) o
      union all
      select n.order_number, nextval('orders_id_seq')
      from (select order_number from ${rows} group by order_number having count(*) > 1) n
      where not exists (select 1 from orders o where o.order_number = n.order_number)`;

/**
 * Accepted was what the order was without the row that joins it; the difference it brings must not be hidden as
 * settled.
 */
const STALE_ACCEPTS = `
      update manual_decisions d set stale_at = now()
      from work_numbers n
      where d.order_id = n.order_id
        and d.kind = 'accept'
        and d.proof_source is null
        and d.stale_at is null
        and d.undone_at is null`;

interface NewRows {
  rows: string;
  order: string;
}

function insertSales(
  { table, fields }: MergeTerms,
  { rows, order, numbered }: NewRows & { numbered: Numbered },
): string {
  const columns = fields.map(({ column }) => column);
  const isAny = numbered !== 'none';
  const orderId = isAny ? `coalesce(p.order_id, nextval('orders_id_seq'))` : `nextval('orders_id_seq')`;
  // one that is not alone may be taken for alone by nobody, the other way round it only costs more
  const side = table === 'vendhub_sales' ? `'vh'` : `'hw'`;
  const alone = { none: side, few: `case when p.order_id is null then ${side} end`, many: 'null' }[numbered];
  return `
      with made as (
        insert into ${table} (natural_key, order_id, file_id, sheet, source_row, seq, coarse,
          ${columns.join(', ')})
        select s.natural_key, ${orderId}, $1, s.sheet, s.source_row, $2, nullif(s.coarse, 0),
          ${columns.map((column) => `s.${column}`).join(', ')}
        from ${rows} ${isAny ? 'left join work_numbers p on p.order_number = s.order_number' : ''} ${order}
        returning order_id
      )
      insert into work_touched_orders (order_id, alone)
      select m.order_id, ${alone}
      from made m ${numbered === 'few' ? 'left join work_numbers p on p.order_id = m.order_id' : ''}`;
}

/**
 * A receipt or payment has a row of its own among the orders, unless one claims it: where that is foreseen
 * (reconcile/links/foresee.ts) it is written with its order, and is told in link_changes like any other.
 */
function insertProofs(
  { source, table, isGateway, fields, touchedTable }: MergeTerms,
  { rows, order, foreseen }: NewRows & { foreseen: boolean },
): string {
  const columns = fields.map(({ column }) => column);
  const gateway: [string, string][] = isGateway ? [['gateway', `'${source.name}'`]] : [];
  const values: [string, string][] = [
    ...gateway,
    ['natural_key', 'n.natural_key'],
    ['order_id', foreseen ? 'coalesce(f.order_id, n.own_id)' : 'n.own_id'],
    ['orphan_order_id', 'n.own_id'],
    ['link_rule', foreseen ? 'f.rule' : 'null'],
    ['file_id', '$1'],
    ['sheet', 'n.sheet'],
    ['source_row', 'n.source_row'],
    ['seq', '$2'],
    ['coarse', 'nullif(n.coarse, 0)'],
    ...columns.map((column): [string, string] => [column, `n.${column}`]),
  ];
  const links = `, linked as (
        insert into work_link_changes (kind, proof_id, old_order_id, order_id, rule, ambiguous, is_new)
        select '${isGateway ? 'p' : 'r'}', id, orphan_order_id, order_id, link_rule, false, true
        from made
        where link_rule is not null
      )`;
  return `
      with made as (
        insert into ${table} (${values.map(([column]) => column).join(', ')})
        select ${values.map(([, value]) => value).join(', ')}
        from (select s.*, nextval('orders_id_seq') as own_id from ${rows} ${order}) n
        ${foreseen ? 'left join work_foreseen f on f.row_index = n.row_index' : ''}
        returning id, order_id, orphan_order_id, link_rule
      )${foreseen ? links : ''}
      insert into ${touchedTable} (id, placed, linked) select id, ${foreseen}, link_rule is not null from made`;
}

function rowsToInsert({ staging }: MergeTerms, every: boolean): string {
  return every ? `${staging.rows} s` : `work_new_rows n join ${staging.rows} s on s.row_index = n.row_index`;
}
