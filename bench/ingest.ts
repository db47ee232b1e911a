import { statSync } from 'node:fs';
import { join } from 'node:path';
import { compareToFloor, compareToLimit, megabytes, seconds, tell, type Bench, type BenchContext } from './bench.ts';
import { measureFloor } from './floor.ts';
import { loadThroughProduct, tellPhases, type Load } from './load.ts';
import { openProduct } from './product.ts';
import { ensureMonth, openBenchServer, type BenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const MAX_FLOORS = 3;
/** Worker and reader child together. */
const MAX_MEMORY_MB = 400;
/**
 * pgloader's bare load of a million of these rows, without history or reconciliation, on this kind of machine (api.md
 * section 8).
 */
const PGLOADER_MS_PER_ROW = 67_000 / 1_000_000;

/** A million new rows, from the first byte of the upload to completed, with history and reconciliation. */
export const ingestBench: Bench = {
  name: 'ingest',
  about: 'a million new Happy Workers rows (csv), upload to completed, against copy + insert by psql',
  async run(context) {
    const csv = join(await ensureMonth(context, Math.round(ORDERS * context.scale)), 'happy_workers.csv');
    const server = await openBenchServer(context);
    const floor = await measureFloor(server.databaseUrl, csv);
    context.say(`F: copy ${seconds(floor.copyMs)}, insert ${seconds(floor.insertMs)}`);
    const load = await ingest(context, server, csv, 'file');
    const inDatabase = await ingest(context, server, csv, 'postgres');
    return [
      tell('the file', `${load.rows.read} rows, ${megabytes(statSync(csv).size)}`),
      tell('F = copy + insert', `${seconds(floor.copyMs)} + ${seconds(floor.insertMs)}`),
      compareToFloor('upload to completed', load.ms, floor.totalMs, MAX_FLOORS),
      compareToLimit(
        'against the bare load of pgloader',
        load.ms / 1000,
        (PGLOADER_MS_PER_ROW * load.rows.read) / 1000,
        's',
      ),
      compareToLimit('memory of worker and reader, peak', load.peakBytes / 1e6, MAX_MEMORY_MB, 'MB'),
      tell(
        'rows a second',
        Math.round(load.rows.read / (load.ms / 1000))
          .toLocaleString('en')
          .replaceAll(',', ' '),
      ),
      tellPhases(load),
      tell(
        'bytes kept in PostgreSQL instead (postgres:)',
        `${seconds(inDatabase.ms)}, ${megabytes(inDatabase.peakBytes)}`,
      ),
      { ...tellPhases(inDatabase), what: 'where that goes' },
    ];
  },
};

async function ingest(
  context: BenchContext,
  server: BenchServer,
  csv: string,
  storage: 'file' | 'postgres',
): Promise<Load> {
  const product = await openProduct(context, server, { database: `ingest_${storage}`, storage });
  try {
    const load = await loadThroughProduct(product, csv);
    if (load.rows.new + load.rows.rejected !== load.rows.read)
      throw new Error(`not all rows are new: ${JSON.stringify(load.rows)}`);
    context.say(`${storage}: ${seconds(load.ms)}, ${megabytes(load.peakBytes)}; ${tellPhases(load).measured}`);
    return load;
  } finally {
    await product.close();
  }
}
