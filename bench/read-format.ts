/** Reads one sample in this process and prints what it took: `read-format.ts NAME reader|LIBRARY ROWS`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { rowsOfHappyWorkers } from '../test/support/files.ts';
import { FORMAT_SAMPLES } from './format-samples.ts';
import { detectFormat } from '../shared/ingest/detect-format.ts';
import { handlerFor } from '../shared/ingest/readers/index.ts';
import { DEFAULT_READ_LIMITS } from '../shared/ingest/readers/limits.ts';
import { createXmlScanner } from '../shared/ingest/readers/xml-scanner.ts';

const [name = '', way = '', count = '', made = ''] = process.argv.slice(2);

async function write(path: string): Promise<void> {
  const rows = rowsOfHappyWorkers(
    Array.from({ length: Number(count) }, (_, i) => ({ number: `ff${String(i).padStart(34, '0')}` })),
  );
  const sample = FORMAT_SAMPLES.find((one) => one.name === name);
  if (sample === undefined) throw new Error(`no sample ${name}`);
  const texts = rows.map((row) =>
    row.map((cell) => (cell === '' ? null : typeof cell === 'object' ? '45000' : String(cell))),
  );
  await writeFile(path, await sample.write(texts));
}

async function readWithReader(path: string): Promise<number> {
  const options = { limits: DEFAULT_READ_LIMITS, signal: new AbortController().signal, onBytes: () => {} };
  const handler = handlerFor(await detectFormat(path, options));
  if (handler.kind !== 'tables') throw new Error('an archive');
  const opened = await (await handler.load()).open(path, options);
  let rows = 0;
  for await (const table of opened.tables()) for await (const batch of table.rows) rows += batch.length;
  await opened.close();
  return rows;
}

const bare: Record<string, (path: string) => Promise<number>> = {
  async papaparse(path) {
    const { default: papa } = await import('papaparse');
    let rows = 0;
    await new Promise<void>((resolve) =>
      papa.parse(createReadStream(path), { step: () => void rows++, complete: () => resolve() }),
    );
    return rows;
  },
  async 'csv-parse'(path) {
    const { parse } = await import('csv-parse');
    let rows = 0;
    for await (const _row of createReadStream(path).pipe(parse({ relax_column_count: true }))) rows++;
    return rows;
  },
  async exceljs(path) {
    const { default: excel } = await import('exceljs');
    let rows = 0;
    for await (const sheet of new excel.stream.xlsx.WorkbookReader(path, {})) for await (const _row of sheet) rows++;
    return rows;
  },
  async sheetjs(path) {
    const { read, utils } = await import('@e965/xlsx');
    const book = read(await readFile(path), { dense: true });
    return utils.sheet_to_json(book.Sheets[book.SheetNames[0]!]!, { header: 1 }).length;
  },
  async 'JSON.parse'(path) {
    return (JSON.parse(await readFile(path, 'utf8')) as unknown[]).length;
  },
  async 'JSON.parse of lines'(path) {
    const { createInterface } = await import('node:readline');
    let rows = 0;
    for await (const line of createInterface({ input: createReadStream(path) }))
      rows += JSON.parse(line) === null ? 0 : 1;
    return rows;
  },
  async 'word-extractor'(path) {
    const { default: WordExtractor } = await import('word-extractor');
    return (await new WordExtractor().extract(await readFile(path))).getBody().split('\n').length;
  },
  async 'own scanner'(path) {
    let rows = 0;
    const close = (name: string): void => void (/^row$/i.test(name) && rows++);
    const scanner = createXmlScanner({ open: () => {}, text: () => {}, close }, DEFAULT_READ_LIMITS.maxDepth);
    for await (const piece of createReadStream(path, 'utf8')) scanner.write(piece as string);
    scanner.end();
    return rows;
  },
  async saxes(path) {
    const { SaxesParser } = await import('saxes');
    let rows = 0;
    const parser = new SaxesParser();
    parser.on('closetag', (tag) => void (/^row$/i.test(tag.name) && rows++));
    for await (const piece of createReadStream(path, 'utf8')) parser.write(piece as string);
    return rows;
  },
  async htmlparser2(path) {
    const { Parser } = await import('htmlparser2');
    let rows = 0;
    const parser = new Parser({ onclosetag: (tag) => void (tag === 'tr' && rows++) });
    for await (const piece of createReadStream(path, 'utf8')) parser.write(piece as string);
    parser.end();
    return rows;
  },
  async unpdf(path) {
    const { getDocumentProxy } = await import('unpdf');
    const document = await getDocumentProxy(new Uint8Array(await readFile(path)), { verbosity: 0 });
    for (let page = 1; page <= document.numPages; page++) await (await document.getPage(page)).getTextContent();
    return Number(count);
  },
};

if (made === '') {
  // Writing takes more memory than reading, so it is done elsewhere.
  const folder = await mkdtemp(join(tmpdir(), 'vhm24r-format-'));
  const path = join(folder, 'sample');
  try {
    const script = fileURLToPath(import.meta.url);
    const writer = spawnSync(process.execPath, ['--import', 'tsx', script, name, 'write', count, path], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (writer.status !== 0) throw new Error('the sample could not be written');
    const read = way === 'reader' ? readWithReader : bare[way];
    if (read === undefined) throw new Error(`no way ${way}`);
    const startedAt = performance.now();
    const spentBefore = process.cpuUsage();
    const rows = await read(path);
    const ms = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(spentBefore);
    process.stdout.write(
      JSON.stringify({ rows, ms, cpuMs: (user + system) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
} else await write(made);
