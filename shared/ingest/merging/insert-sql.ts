/** Rows whose key is not there yet become records. */
import { columnOf, dayOf, type MergeTerms } from './terms.ts';

export interface InsertStatements {
  /** rows of the round whose key is not there yet, as new_rows */
  findNew(version: number | null): string;
  /** null where rows have no number */
  findNumbers: string | null;
  insertNew(rows: { every: boolean; numbered: boolean }): string;
  /** null where rows have no number */
  staleAccepts: string | null;
  countDays: string;
}

export function insertStatements(terms: MergeTerms): InsertStatements {
  const { source, staging, table, isOrders, isGateway, join, inRound } = terms;
  return {
    findNew: (version) => `
      create temporary table new_rows on commit drop as
      select s.row_index${isOrders ? ', s.order_number' : ''}
      from ${staging.rows} s
      where ${inRound(version)} and not exists (select 1 from ${table} r where ${join})`,
    findNumbers: isOrders ? FIND_NUMBERS : null,
    // In the order of the file, which is as a rule that of time: a join may shuffle the rows, and each index entry
    // would land on another page (twice the time of the whole import).
    insertNew({ every, numbered }) {
      const rows = every ? `${staging.rows} s` : `new_rows n join ${staging.rows} s on s.row_index = n.row_index`;
      const order = every && !numbered ? '' : 'order by s.row_index';
      return isOrders ? insertSales(terms, { rows, order, numbered }) : insertProofs(terms, { rows, order });
    },
    staleAccepts: isOrders ? STALE_ACCEPTS : null,
    countDays: `
      insert into source_days (source, day, records)
      select '${source.name}', ${dayOf(`r.${columnOf(source, source.timeField)}`)}, count(*)
      from ${table} r
      where r.file_id = $1 ${isGateway ? `and r.gateway = '${source.name}'` : ''}
      group by 2
      on conflict (source, day) do update set records = source_days.records + excluded.records`,
  };
}

/**
 * Numbers that have their order already, or get one here because several rows name them; all others get the next id
 * where they stand.
 */
const FIND_NUMBERS = `
      create temporary table numbers on commit drop as
      select o.order_number, o.id as order_id
      from orders o
      where exists (select 1 from new_rows n where n.order_number = o.order_number)
      union all
      select n.order_number, nextval('orders_id_seq')
      from (select order_number from new_rows group by order_number having count(*) > 1) n
      where not exists (select 1 from orders o where o.order_number = n.order_number)`;

/**
 * Accepted was what the order was without the row that joins it; the difference it brings must not be hidden as
 * settled.
 */
const STALE_ACCEPTS = `
      update manual_decisions d set stale_at = now()
      from numbers n
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
  { rows, order, numbered }: NewRows & { numbered: boolean },
): string {
  const columns = fields.map(({ column }) => column);
  const orderId = numbered ? `coalesce(p.order_id, nextval('orders_id_seq'))` : `nextval('orders_id_seq')`;
  return `
      with made as (
        insert into ${table} (natural_key, order_id, file_id, sheet, source_row, seq, ${columns.join(', ')})
        select s.natural_key, ${orderId}, $1, s.sheet, s.source_row, $2, ${columns.map((column) => `s.${column}`).join(', ')}
        from ${rows} ${numbered ? 'left join numbers p on p.order_number = s.order_number' : ''} ${order}
        returning order_id
      )
      insert into touched_orders (order_id, alone) select order_id, ${!numbered} from made`;
}

/** A receipt or payment has a row of its own among the orders, until one claims it. */
function insertProofs({ source, table, isGateway, fields, touched }: MergeTerms, { rows, order }: NewRows): string {
  const columns = fields.map(({ column }) => column);
  const lead = `${isGateway ? 'gateway, ' : ''}natural_key, order_id, orphan_order_id, file_id, sheet, source_row, seq`;
  const values = `${isGateway ? `'${source.name}', ` : ''}n.natural_key, n.own_id, n.own_id, $1, n.sheet, n.source_row, $2`;
  return `
      with made as (
        insert into ${table} (${lead}, ${columns.join(', ')})
        select ${values}, ${columns.map((column) => `n.${column}`).join(', ')}
        from (select s.*, nextval('orders_id_seq') as own_id from ${rows} ${order}) n
        returning id
      )
      insert into ${touched} select id from made`;
}
