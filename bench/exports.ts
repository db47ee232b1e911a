import { join } from 'node:path';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import type { ExportFormat, ExportKind } from '../shared/exports/export-kinds.ts';
import { sleep } from '../shared/lifecycle.ts';
import { compareToFloor, compareToLimit, megabytes, seconds, tell, type Bench, type BenchResult } from './bench.ts';
import { psql } from './floor.ts';
import { loadThroughProduct } from './load.ts';
import { watchMemory } from './memory.ts';
import { openProduct, type Product } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
/** Floor and export in turn so often; of each the fastest counts. */
const ROUNDS = 2;
const SMALL_LIMIT_S = 5;
const LOOK_EVERY_MS = 50;
const GIVE_UP_MS = 900_000;

const CASES: readonly { kind: ExportKind; format: ExportFormat; reach: number; rounds: number }[] = [
  { kind: 'orders', format: 'csv', reach: 3, rounds: ROUNDS },
  { kind: 'orders', format: 'xlsx', reach: 12, rounds: 1 },
  { kind: 'changes', format: 'csv', reach: 3, rounds: ROUNDS },
];

/** Everything as a file, and a small file that is asked for while the largest is written. */
export const exportsBench: Bench = {
  name: 'exports',
  about: 'orders (csv, xlsx) and changes (csv) of a million orders, against copy (select …) to stdout of the same rows',
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    for (const name of REPORT_NAMES) {
      const load = await loadThroughProduct(product, join(month, `${name}.csv`));
      context.say(`${name}: ${load.rows.read} rows, ${seconds(load.ms)}`);
    }
    await psql(server.databaseUrl, ['vacuum analyze']);
    return exportEverything(product);
  },
};

async function exportEverything(product: Product): Promise<BenchResult[]> {
  const { databaseUrl } = product;
  const results: BenchResult[] = [];
  const memory = watchMemory(product.worker?.child.pid ?? 0);
  for (const { kind, format, reach, rounds } of CASES) {
    const floors: number[] = [];
    const runs: Written[] = [];
    for (let round = 0; round < rounds; round++) {
      floors.push(await psql(databaseUrl, ['set jit = off', `copy (${FLOORS[kind]}) to stdout (format csv)`]));
      runs.push(await written(product, kind, format));
    }
    const floorMs = Math.min(...floors);
    const ms = Math.min(...runs.map((run) => run.ms));
    const { rows = 0, sizeBytes = 0 } = runs[0] ?? {};
    results.push(tell(`${kind}: copy to stdout`, seconds(floorMs)));
    results.push(compareToFloor(`${kind} as ${format}, ${rows} rows, ${megabytes(sizeBytes)}`, ms, floorMs, reach));
  }
  const peakBytes = memory.stop();
  const large = written(product, 'changes', 'csv');
  await untilAtWork(product);
  const small = await written(product, 'changes', 'csv', { from: '2025-06-10', to: '2025-06-10' });
  return [
    ...results,
    tell('memory of the worker, peak', megabytes(peakBytes)),
    compareToLimit(`${small.rows} changes asked for meanwhile`, small.ms / 1000, SMALL_LIMIT_S, 's'),
    tell('the large one beside it', seconds((await large).ms)),
  ];
}

interface Written {
  ms: number;
  rows: number;
  sizeBytes: number;
}

/** From the order to the file that lies ready. */
async function written(
  { client }: Product,
  kind: ExportKind,
  format: ExportFormat,
  filter: Record<string, unknown> = {},
): Promise<Written> {
  const startedAt = performance.now();
  const ordered = await client.post<{ id: string }>('/exports', { kind, format, filter });
  if (ordered.status !== 202) throw new Error(`the export was answered ${ordered.status}`);
  for (;;) {
    const { body } = await client.get<{ status: string } & Omit<Written, 'ms'>>(`/exports/${ordered.body.id}`);
    const ms = performance.now() - startedAt;
    if (body.status === 'completed') return { ms, rows: body.rows, sizeBytes: body.sizeBytes };
    if (body.status === 'failed' || ms > GIVE_UP_MS)
      throw new Error(`the export is ${body.status} after ${seconds(ms)}: ${JSON.stringify(body)}`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function untilAtWork({ databaseUrl }: Product): Promise<void> {
  await psql(databaseUrl, [
    `do $$ begin
       while not exists (select from exports where status = 'processing') loop perform pg_sleep(0.05); commit; end loop;
     end $$`,
  ]);
}

const proofs = (table: string, time: string, key: string): string => `(
    select p.order_id, string_agg(${key}, '; ' order by p.${time}, p.natural_key) as keys, sum(p.amount) as sum
    from ${table} p group by p.order_id
  )`;

/** What stands in the tables of each line, with the joins of the whole that the server likes best. */
const FLOORS: Record<string, string> = {
  orders: `
    select o.order_number, o.time, o.machine_code, coalesce(m.address, m.category), o.goods_name, t.tastes, o.price,
      o.price + o.price_delta, receipts.sum, payments.sum, o.payment_type, o.status, o.issues, o.pending, o.settled,
      o.has_hw, o.has_vh, receipts.keys, payments.keys, d.kind, d.resolution, d.note, o.version
    from orders o
    left join machines m on m.machine_code = o.machine_code
    left join ${proofs('fiscal_receipts', 'fiscal_time', 'p.natural_key')} receipts on receipts.order_id = o.id
    left join ${proofs('gateway_payments', 'transaction_time', `initcap(p.gateway) || ' ' || p.natural_key`)} payments
      on payments.order_id = o.id
    left join (
      select order_id, string_agg(distinct taste_name, '; ') as tastes from happy_workers_orders
      where taste_name is not null group by order_id
    ) t on t.order_id = o.id
    left join (
      select distinct on (order_id) order_id, kind, resolution, note from manual_decisions where undone_at is null
      order by order_id, stale_at is not null, id desc
    ) d on d.order_id = o.id
    order by o.time desc, o.id desc`,
  changes: `
    select c.changed_at, o.order_number, o.machine_code, c.source, c.field, c.old_value, c.new_value, c.change_type,
      c.cause, c.version, f.name, c.sheet, c.source_row, u.email
    from order_changes c
    join orders o on o.id = c.order_id
    left join uploaded_files f on f.id = c.file_id
    left join users u on u.id = c.changed_by
    order by c.id desc`,
};
