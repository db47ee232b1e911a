/**
 * Records whose order or file is not there. No key of the schema asks (migration 82): guards keep orders and files that
 * records point to, and whoever writes records looks through them once, in the transaction that wrote them.
 */
import type { Client } from 'pg';
import type { Touched } from './touched.ts';

/** A row that points nowhere: a fault of this program, so nothing of the transaction may stay. */
export class DanglingRecords extends Error {
  constructor(what: string) {
    super(`${what} would point to what is not there`);
    this.name = 'DanglingRecords';
  }
}

const SALES = ['happy_workers_orders', 'vendhub_sales'] as const;
const PROOFS = [
  { kind: 'r', table: 'fiscal_receipts', touched: 'work_touched_receipts' },
  { kind: 'p', table: 'gateway_payments', touched: 'work_touched_payments' },
] as const;

/**
 * Asked when everything is evaluated and the work tables are still there (createWorkTables). What was decided was
 * there.
 * @throws DanglingRecords when a touched record has no order
 */
export async function expectOrdersOfTouched(client: Client, { orders }: Pick<Touched, 'orders'>): Promise<void> {
  const sales = SALES.map((table) => `exists (select 1 from ${table} r where r.order_id = t.order_id)`).join(' or ');
  // `offset 0`: few are left to be looked up, for which the planner would hash all orders
  const ofProofs = PROOFS.map(
    ({ kind, table, touched }) => `(
      select 'a row of ${table}' as what
      from (
        select id from ${touched}
        union all
        select proof_id from work_link_changes where kind = '${kind}' and not is_new
      ) t
      join ${table} p on p.id = t.id
      where not exists (select 1 from work_scope s where s.id = p.order_id)
        and not exists (select 1 from orders o where o.id = p.order_id offset 0)
      limit 1
    )`,
  );
  const { rows } = await client.query<{ what: string }>(`
    (
      select 'a sale' as what
      from (
        select t.order_id
        from work_touched_orders t
        where not exists (select 1 from orders o where o.id = t.order_id and ${orders.of('o.id')})
        offset 0
      ) t
      where ${sales}
      limit 1
    ) union all ${ofProofs.join(' union all ')}`);
  const [missing] = rows;
  if (missing !== undefined) throw new DanglingRecords(missing.what);
}

/** @throws DanglingRecords unless each of these files is there; `files` is a select of `file_id` */
export async function expectFiles(client: Client, files: string): Promise<void> {
  const missing = await client.query(`
    select 1
    from (${files}) t
    where not exists (select 1 from uploaded_files f where f.id = t.file_id)
    limit 1`);
  if (missing.rowCount !== 0) throw new DanglingRecords('a record');
}
