import { statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { REPORT_NAMES } from '../scripts/make-month/layouts.ts';
import { megabytes, seconds, tell, type Bench, type BenchResult } from './bench.ts';
import { loadThroughProduct } from './load.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
/** Smaller ones make no line of their own. */
const SHOWN_SHARE = 0.005;

interface TableSize {
  name: string;
  heap: string;
  toast: string;
  indexes: string;
}

/** What a million orders with all their legs take in the database, bytes of their files included. */
export const sizesBench: Bench = {
  name: 'sizes',
  about: 'six reports of a million orders, bytes kept in PostgreSQL: room by table and index, each order its share',
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    const server = await openBenchServer(context);
    const product = await openProduct(context, server, { storage: 'postgres' });
    const paths = REPORT_NAMES.map((name) => join(month, `${name}.csv`));
    const fileBytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    let ms = 0;
    for (const path of paths) {
      const load = await loadThroughProduct(product, path);
      ms += load.ms;
      context.say(`${path}: ${load.rows.read} rows, ${seconds(load.ms)}`);
    }
    await product.close();
    const client = new pg.Client({ connectionString: product.databaseUrl });
    await client.connect();
    try {
      return [tell('upload to completed, all six', seconds(ms)), ...(await measureRoom(client, fileBytes))];
    } finally {
      await client.end();
    }
  },
};

/** What is in the database, by table and index, after a vacuum. */
export async function measureRoom(client: pg.Client, fileBytes: number): Promise<BenchResult[]> {
  const startedAt = performance.now();
  await client.query('vacuum (analyze)');
  const vacuumMs = performance.now() - startedAt;
  const { rows: counted } = await client.query<{ n: string }>(
    'select count(*) as n from orders where order_number is not null',
  );
  const orders = Number(counted[0]?.n);
  const { rows: tables } = await client.query<TableSize>(
    `select c.relname as name, pg_relation_size(c.oid) as heap, pg_indexes_size(c.oid) as indexes,
            coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) as toast
     from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     where c.relkind = 'r' order by pg_total_relation_size(c.oid) desc`,
  );
  const each = (bytes: number) => `${(bytes / orders).toFixed(0)} B an order`;
  const sizeOf = (table: TableSize) => Number(table.heap) + Number(table.toast) + Number(table.indexes);
  const total = tables.reduce((sum, table) => sum + sizeOf(table), 0);
  const shown = tables.filter((table) => sizeOf(table) >= total * SHOWN_SHARE);
  const { rows: indexes } = await client.query<{ name: string; bytes: string }>(
    `select indexrelname as name, pg_relation_size(indexrelid) as bytes from pg_stat_user_indexes
     where schemaname = 'public' order by 2 desc limit 12`,
  );
  return [
    tell('orders; the files', `${orders}; ${megabytes(fileBytes)}, ${each(fileBytes)}`),
    tell('everything', `${megabytes(total)}, ${each(total)}`),
    ...shown.map((table) =>
      tell(
        table.name,
        `${each(sizeOf(table))}: rows ${each(Number(table.heap) + Number(table.toast))}, indexes ` +
          `${each(Number(table.indexes))}`,
      ),
    ),
    ...indexes.map(({ name, bytes }) => tell(`index ${name}`, each(Number(bytes)))),
    tell('vacuum analyze of all of it', seconds(vacuumMs)),
  ];
}
