import assert from 'node:assert/strict';
import { readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import type { Cell, OpenedTables, RawRow, Reader } from '../../shared/ingest/readers/reader.ts';
import { faultOf, withFile } from '../unit/readers/reading.ts';
import { isLong } from '../support/long.ts';

export interface ReaderSubject {
  reader: Reader;
  /** Writes one table of texts, none of them empty at the end of a row. */
  write(rows: string[][]): Promise<Uint8Array> | Uint8Array;
  /** Number of the i-th row as the user's own program shows it. */
  rowNumber(index: number): number;
  /** A file of this format cut in two is a fault; text formats just end earlier. */
  noticesTruncation: boolean;
  /** The first row gives names to records, and is nothing without one. */
  named?: boolean;
  /** The format does not keep blanks around a text. */
  trimsBlanks?: boolean;
  /** Read in one go: progress comes in one step. */
  atOnce?: boolean;
  /** Rows count from 1 on every page, which is their sheet, below a header that is repeated there. */
  paged?: boolean;
  /** The writer of the test cuts long texts, and pads the file's end with what nobody needs. */
  simpleWriter?: boolean;
  /** Rows of the large files of these tests, where writing 40 000 would take too long. */
  largeRows?: number;
}

const HEADER = ['Order number', 'Machine code', 'Goods name', 'Order price'];

function tableOf(count: number): string[][] {
  return [
    HEADER,
    ...Array.from({ length: count }, (_, i) => [`ff${i}`, '5e71181f0000', `Кофе "${i % 7}"; 1,5`, `${i}`]),
  ];
}

/** What every reader promises (shared/ingest/readers/reader.ts). */
export function readerContract(name: string, subject: ReaderSubject): void {
  const { reader, rowNumber, noticesTruncation, largeRows = 40_000 } = subject;
  const written = new Map<number, Promise<Uint8Array>>();
  const write = async (rows: string[][]): Promise<Uint8Array> => subject.write(rows);
  /** Each size is written once. */
  const fileOf = (count: number): Promise<Uint8Array> => {
    const file = written.get(count) ?? write(tableOf(count));
    written.set(count, file);
    return file;
  };

  async function opened<T>(
    content: Uint8Array,
    use: (tables: OpenedTables, seen: { bytes: number[] }, abort: AbortController) => Promise<T>,
  ): Promise<T> {
    return withFile(content, async (path) => {
      const abort = new AbortController();
      const seen = { bytes: [] as number[] };
      const limits = { ...DEFAULT_READ_LIMITS, maxRows: largeRows, maxColumns: 10, maxCellChars: 5_000 };
      const tables = await reader.open(path, {
        limits,
        signal: abort.signal,
        onBytes: (bytes) => seen.bytes.push(bytes),
      });
      try {
        return await use(tables, seen, abort);
      } finally {
        await tables.close();
      }
    });
  }

  async function rowsOf(tables: OpenedTables): Promise<RawRow[]> {
    const rows: RawRow[] = [];
    for await (const table of tables.tables()) for await (const batch of table.rows) rows.push(...batch);
    return rows;
  }

  /** Cells may stop after the last one that holds something. */
  const filled = (cells: Cell[], width: number): Cell[] => Array.from({ length: width }, (_, i) => cells[i] ?? null);

  describe(`reader: ${name}`, () => {
    it('gives every row once, in order, with its number and its cells as they are', async () => {
      const count = Math.min(3_000, largeRows / 2);
      const table = tableOf(count);
      const rows = await opened(await fileOf(count), rowsOf);
      assert.deepEqual(
        rows.map(({ cells }) => filled(cells, 4).map(String)),
        table,
      );
      const pages = new Set(rows.map(({ sheet }) => sheet));
      if (subject.paged === true) {
        assert.ok(pages.size > 3 && !pages.has(undefined), 'every row says which page it is of');
        const first = rows.filter(({ sheet }) => sheet === 'p. 1');
        assert.deepEqual(
          first.map(({ row }) => row),
          first.map((_, i) => i + 1),
        );
      } else {
        assert.deepEqual(
          rows.map(({ row }) => row),
          table.map((_, i) => rowNumber(i)),
        );
      }
    });

    it('keeps what looks like a number, a date or nothing as the text it is', async () => {
      const texts = [
        '5e71181f0000',
        '00123456',
        '02202004001000000',
        '2025-08-04 04:01:30',
        '1e5',
        '=A1',
        ' x ',
        'nan',
      ];
      const names = texts.map((_, i) => `column ${i}`);
      const rows = await opened(await write([names, texts]), rowsOf);
      assert.deepEqual(rows[1]?.cells, subject.trimsBlanks === true ? texts.map((text) => text.trim()) : texts);
    });

    it('can be looked at first and read in earnest afterwards', async () => {
      await opened(await fileOf(largeRows / 2), async (tables) => {
        for await (const table of tables.tables()) {
          for await (const batch of table.rows) {
            assert.ok(batch.length > 0);
            break;
          }
        }
        assert.equal((await rowsOf(tables)).length, largeRows / 2 + 1);
      });
    });

    it('reads in batches and says how far it is', async () => {
      await opened(await fileOf(largeRows * 0.75), async (tables, seen) => {
        let batches = 0;
        for await (const table of tables.tables()) for await (const _batch of table.rows) batches++;
        assert.ok(batches > 3, `${batches} batches`);
        assert.ok(
          seen.bytes.length > (subject.atOnce === true ? 0 : 1) &&
            seen.bytes.every((bytes, i) => i === 0 || bytes >= seen.bytes[i - 1]!),
          String(seen.bytes),
        );
      });
    });

    it('stops when it is told to', async () => {
      await opened(await fileOf(largeRows * 0.75), async (tables, _seen, abort) => {
        await assert.rejects(async () => {
          for await (const table of tables.tables())
            for await (const _batch of table.rows) abort.abort(new Error('enough'));
        }, /enough/);
      });
    });

    it('refuses what passes its caps', async () => {
      const caps = [
        { content: fileOf(largeRows), reason: 'too_many_rows' },
        {
          content: write([
            Array.from({ length: 11 }, (_, i) => `name ${i}`),
            Array.from({ length: 11 }, (_, i) => `${i}`),
          ]),
          reason: 'too_many_columns',
        },
        ...(subject.simpleWriter === true
          ? []
          : [{ content: write([HEADER, ['x'.repeat(5_001)]]), reason: 'cell_too_long' }]),
      ];
      for (const { content, reason } of caps)
        await assert.rejects(opened(await content, rowsOf), faultOf('bad_file', reason));
    });

    if (noticesTruncation) {
      it('says that a file is cut short or damaged instead of giving half of it', async () => {
        const content = await fileOf(3_000);
        for (const share of [0.2, 0.5, 0.9, ...(subject.simpleWriter === true ? [] : [0.999])]) {
          await assert.rejects(
            opened(content.subarray(0, Math.floor(content.length * share)), rowsOf),
            faultOf('bad_file'),
          );
        }
      });
    }

    it('leaves no file open, read to the end or not', async () => {
      const content = await fileOf(largeRows / 2);
      for (let i = 0; i < (isLong ? 5 : 2); i++) {
        await opened(content, rowsOf);
        await opened(content, async (tables) => {
          for await (const table of tables.tables()) for await (const _batch of table.rows) break;
        });
      }
      assert.deepEqual(await openFilesIn(tmpdir()), []);
    });
  });
}

/** Open files as Linux lists them; elsewhere nothing can be said. */
async function openFilesIn(folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(folder) && link.includes('vhm24r-read-'));
}
