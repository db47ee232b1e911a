/** Rows enough that a plan is chosen as it is on a year's: what they say is invented, and nothing was reconciled. */
import type { Client } from 'pg';
import { makeOrders } from '../../../bench/page-world.ts';
import { refreshSums } from '../../../shared/sums/refresh-sums.ts';
import { acceptFile } from '../load-report.ts';
import { DEFAULT_MATCHING } from '../load-world.ts';

export const ORDER_COUNT = 20_000;
export const RARE_MACHINE = 'machine99999';
export const RARE_PRICE = '77777';

/** @returns the file that all records came with */
export async function fillDatabase(client: Client, url: string): Promise<string> {
  const { fileId } = await acceptFile(client, 'filled.csv');
  await makeOrders(url, ORDER_COUNT);
  for (const statement of [RECORDS, RECEIPTS, PAYMENTS, ROW_ERRORS]) await client.query(statement, [fileId]);
  for (const statement of [NO_REVENUE, RETURNS, RARE, FILES, CHANGES, REVOCATIONS, AUDIT])
    await client.query(statement);
  await refreshSums(client, DEFAULT_MATCHING, Number.POSITIVE_INFINITY);
  await client.query('vacuum analyze');
  return fileId;
}

const RECORDS = `
  insert into happy_workers_orders (natural_key, order_id, file_id, source_row, seq, order_number, machine_code,
    order_price, creation_time)
  select order_number, id, $1, id, 1, order_number, machine_code, price, time from orders`;
/** As many as may be in a month. */
const NO_REVENUE = `update orders set unpaid = id % 200 = 0, refunded = id % 200 = 100 where id % 100 = 0`;
/** A machine that was there for an hour at the very beginning, whose drink cost what nothing else does. */
const RARE = `update orders set machine_code = '${RARE_MACHINE}', price = ${RARE_PRICE} where id < 8`;
const RECEIPTS = `
  insert into fiscal_receipts (natural_key, order_id, orphan_order_id, file_id, source_row, seq, fiscal_time,
    operation_type, fiscal_check_number, fiscal_module, cash_amount, amount, link_rule)
  select 'r' || id, id, 1000000 + id, $1, id, 1, time, 'sale', 'c' || id, 'LG000000000001', price, price,
    case when id % 5 < 3 then 'assigned' end
  from orders where id % 2 = 0`;
/** Of the price of every twentieth sale. */
const RETURNS = `
  insert into fiscal_receipts (natural_key, order_id, orphan_order_id, file_id, source_row, seq, fiscal_time,
    operation_type, fiscal_check_number, fiscal_module, cash_amount, amount)
  select 'b' || o.id, o.id, 3000000 + o.id, r.file_id, o.id, 1, o.time, 'return', 'b' || o.id, r.fiscal_module,
    15000, 15000
  from orders o join fiscal_receipts r on r.order_id = o.id where o.refunded`;
const PAYMENTS = `
  insert into gateway_payments (gateway, natural_key, order_id, orphan_order_id, file_id, source_row, seq,
    transaction_id, transaction_time, amount, card_number)
  select 'payme', 'p' || id, id, 2000000 + id, $1, id, 1, 'p' || id, time, price, '860012******' || 1000 + id % 9000
  from orders where id % 2 = 1`;
const ROW_ERRORS = `
  insert into row_errors (file_id, row_index, source_row, code)
  select case when n % 100 = 0 then $1::uuid else f.id end, n, n, 'bad_time'
  from generate_series(1, 5000) n cross join (select id from uploaded_files limit 1) f`;
const FILES = `
  insert into uploaded_files (id, session_id, name, size_bytes, sha256, storage_key, status, created_by)
  select gen_random_uuid(), f.session_id, 'n' || n, 1, encode(sha256(n::text::bytea), 'hex'), 'k' || n,
    case when n % 500 = 0 then 'queued' else 'completed' end, f.created_by
  from generate_series(1, 5000) n cross join uploaded_files f`;
const CHANGES = `
  insert into order_changes (order_id, field, change_type, cause)
  select id, 'status', 'status', 'recompute' from orders`;
const REVOCATIONS = `
  insert into revoked_tokens (jti, expires_at, reason)
  select 'j' || n, now() + interval '1 hour', 'logout' from generate_series(1, 5000) n`;
const AUDIT = `insert into audit_log (action) select 'auth.login' from generate_series(1, 5000)`;
