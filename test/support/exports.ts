/** Exports over HTTP, as a person orders and fetches them. */
import assert from 'node:assert/strict';
import type { Db } from '../../shared/db/client.ts';
import { execute } from '../../shared/db/rows.ts';
import { eventually } from './eventually.ts';
import type { InProcessApi } from './in-process-api.ts';

export interface ExportBody {
  id: string;
  status: string;
  progress: number;
  rows: number;
  rowsTotal: number | null;
  sizeBytes: number | null;
  expiresAt: string | null;
  error: { code: string; message: string } | null;
}
/** A refusal, as far as tests look at it. */
export interface ErrorBody {
  error: {
    code: string;
    message: string;
    details: { issues?: { path: string; message: string }[]; code?: string; status?: string };
  };
}

export interface ExportOrder {
  kind: string;
  format: string;
  filter?: unknown;
}

/** Orders it and expects it to be accepted. */
export async function orderExport(api: InProcessApi, body: unknown, options = {}): Promise<ExportBody> {
  const answer = await api.client.post<ExportBody>('/exports', body, options);
  assert.equal(answer.status, 202, JSON.stringify(answer.body));
  assert.equal(answer.headers.get('location'), `/api/v1/exports/${answer.body.id}`);
  return answer.body;
}

/** Waits until it is completed or failed. */
export const endedExport = (api: InProcessApi, id: string): Promise<ExportBody> =>
  eventually(
    async () => {
      const { body } = await api.client.get<ExportBody>(`/exports/${id}`);
      assert.ok(['completed', 'failed'].includes(body.status), JSON.stringify(body));
      return body;
    },
    { timeoutMs: 30_000 },
  );

export async function downloadExport(api: InProcessApi, id: string): Promise<{ bytes: Buffer; headers: Headers }> {
  const response = await fetch(`${api.url}/api/v1/exports/${id}/download`, {
    headers: { authorization: `Bearer ${api.client.token}` },
  });
  assert.equal(response.status, 200);
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}

/** Orders it, waits until it is there and fetches it; its size and rows are as it says. */
export async function exportedFile(
  api: InProcessApi,
  body: ExportOrder,
  options = {},
): Promise<{ done: ExportBody; bytes: Buffer; headers: Headers }> {
  const done = await endedExport(api, (await orderExport(api, body, options)).id);
  assert.equal(done.status, 'completed', JSON.stringify(done));
  assert.deepEqual([done.progress, done.rows], [1, done.rowsTotal]);
  const file = await downloadExport(api, done.id);
  assert.equal(file.bytes.length, done.sizeBytes);
  return { done, ...file };
}

/** A report of one order, whose goods look like a formula. */
export const HW = (price: string) =>
  [
    'Order number,Goods name,Flavour name,Order resource,Order type,Order status,Machine Code,Address,Order ' +
      'price,Brew status,Creation time,Paying time',
    `real-1,"=SUM(A1)",Сладкий,Cash payment,Normal order,Paid,a7ca181f0000,Chilonzor 7,${price},Delivered,2025-08-01 09:10:00,2025-08-01 09:10:00`,
  ].join('\n');
/** The same with a row that is refused. */
export const BROKEN =
  HW('10000').replace('real-1', 'real-2') +
  '\nreal-3,Tea,,Cash payment,Normal order,Paid,a7ca181f0000,x,ten,Delivered,2025-08-01 09:10:00,';

/** Orders by the minute since July 2025, of two machines, of every kind. */
export async function makeOrders(db: Db, count: number): Promise<void> {
  await execute(
    db,
    `insert into orders (order_number, machine_code, goods_name, payment_type, price, time, has_hw, status, issues,
      pending)
       select 'made-' || n, case n % 2 when 0 then 'aaaaaaaaaaaa' else 'bbbbbbbbbbbb' end, 'Капучино',
         case n % 3 when 0 then 'cash' else 'payme' end,
         10000 + n, '2025-07-01T00:00:00+05:00'::timestamptz + n * interval '1 minute', true,
         case n % 5 when 0 then 'hw_only' else 'fully_matched' end,
           case n % 7 when 0 then '{delivery_failed_but_paid}'::text[] else '{}' end, n % 11 = 0
       from generate_series(1, ${count}) n`,
  );
}
