import { createReadStream, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse/sync';

/** A report made from another one, as when the operator exports a period again after corrections. */
export interface Correction {
  /** Every n-th row gets another price. */
  everyRow: number;
  /** Leave the rows out that stay as they are. */
  onlyCorrected: boolean;
}

const PRICE = 'Цена заказа';
const FLUSH_LINES = 10_000;
const DELIMITER = ',';

/** Writes it, once, to `outPath`. */
export async function ensureCorrectedReport(
  path: string,
  outPath: string,
  { everyRow, onlyCorrected }: Correction,
): Promise<void> {
  if (existsSync(outPath)) return;
  const unfinished = `${outPath}.part-${process.pid}`;
  const out = await open(unfinished, 'w');
  try {
    let batch: string[] = [];
    let price = -1;
    let row = 0;
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      if (price === -1) {
        price = cellsOf(line.replace(/^\uFEFF/, '')).indexOf(PRICE);
        if (price === -1) throw new Error(`${path} has no column ${PRICE}`);
        batch.push(line);
        continue;
      }
      row += 1;
      if (row % everyRow === 0) {
        const cells = cellsOf(line);
        cells[price] = String(Number(cells[price]) + 1_000);
        batch.push(cells.map(quoted).join(DELIMITER));
      } else if (!onlyCorrected) batch.push(line);
      if (batch.length < FLUSH_LINES) continue;
      await out.write(`${batch.join('\n')}\n`);
      batch = [];
    }
    await out.write(`${batch.join('\n')}\n`);
    await out.close();
    await rename(unfinished, outPath);
  } finally {
    await out.close().catch(() => undefined);
    await rm(unfinished, { force: true });
  }
}

function cellsOf(line: string): string[] {
  return (parse(line, { delimiter: DELIMITER }) as string[][])[0] ?? [];
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
