/** Reading a file in a process of its own, as api and worker do it: what arrives in the sinks, and every way it can end. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { detectIsolation } from '../../shared/ingest/child/isolation.ts';
import { STAGING_LEAD } from '../../shared/ingest/child/protocol.ts';
import {
  runExtract,
  runLoad,
  runReadRow,
  type ExtractedMember,
  type LoadEnd,
  type LoadOptions,
  type LoadProbe,
} from '../../shared/ingest/child/run-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfPayments, rowsOfVendhub, xlsxBytes, zipBytes, type Rows } from '../support/files.ts';
import { faultOf, workbookOf } from '../unit/readers/reading.ts';

interface Loaded {
  probe: LoadProbe;
  end: LoadEnd | null;
  rows: string[];
  rejects: string[];
  restarts: number;
  openedRejects: number;
  pids: number[];
}

class Collected extends Writable {
  readonly chunks: Buffer[] = [];
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
  lines(): string[] {
    return Buffer.concat(this.chunks).toString('utf8').split('\n').slice(0, -1);
  }
}

/** Takes one chunk and never asks for more. */
class Stuck extends Writable {
  override _write(): void {}
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie is gone too.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const isLong = process.env.TEST_LONG === '1';

describe('the reader child', function () {
  this.timeout(60_000);
  let folder: string;
  let count = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-child-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function fileOf(content: string | Uint8Array): Promise<{ path: string; sizeBytes: number }> {
    const path = join(folder, `f${count++}`);
    await writeFile(path, content);
    return { path, sizeBytes: Buffer.byteLength(content) };
  }

  async function load(content: string | Uint8Array, options: Partial<LoadOptions> = {}): Promise<Loaded> {
    const loaded: Partial<Loaded> & Pick<Loaded, 'restarts' | 'openedRejects' | 'pids'> = { restarts: 0, openedRejects: 0, pids: [] };
    let rows = new Collected();
    let rejects = new Collected();
    const end = await runLoad({
      ...(await fileOf(content)),
      name: 'report.csv',
      limits: DEFAULT_READ_LIMITS,
      signal: new AbortController().signal,
      overrides: {},
      onProbe: async (probe) => {
        loaded.probe = probe;
        const known = probe.tables.filter(({ source }) => source !== null);
        return known[0]?.source ? { source: known[0].source, sheets: known.map(({ sheet }) => sheet) } : 'stop';
      },
      openRows: async () => (rows = new Collected()),
      openRejects: async () => {
        loaded.openedRejects++;
        return (rejects = new Collected());
      },
      onRestart: async () => {
        loaded.restarts++;
        rejects = new Collected();
      },
      ...options,
      onPid: (pid) => {
        loaded.pids.push(pid);
        options.onPid?.(pid);
      },
    });
    assert.ok(loaded.pids.length > 0 && loaded.pids.every((pid) => !isAlive(pid)), 'a child is left');
    return { ...loaded, end, rows: rows.lines(), rejects: rejects.lines() } as Loaded;
  }

  const hwRows = (n: number): Rows => rowsOfHappyWorkers(Array.from({ length: n }, () => ({})));
  const hwCsv = (n: number): Buffer => csvBytes(hwRows(n));

  describe('load', () => {
    it('sends every row as COPY text and counts them, the same from csv and from xlsx', async () => {
      const table = hwRows(3_000);
      table.push(['Итого'], ['']);
      table[10]![10] = 'dear';
      const [csv, xlsx] = [await load(csvBytes(table)), await load(await xlsxBytes({ sheet1: table }), { name: 'report.xlsx' })];
      for (const { end } of [csv, xlsx]) {
        assert.ok(end !== null);
        assert.deepEqual([end.rowsRead, end.rowsStaged, end.rowsRejected], [end.rowsStaged + end.rowsRejected + end.rowsSkipped, 2_999, 1]);
        assert.ok(end.rowsSkipped >= 1);
        assert.equal(end.timeFrom, '2025-06-02T12:00:00+05:00');
      }
      assert.equal(csv.rows.length, 2_999);
      // a csv has no sheet; and of a workbook's cell nobody can say whether its 0 seconds were written or are missing
      const [sheet, coarse] = [STAGING_LEAD.indexOf('sheet'), STAGING_LEAD.indexOf('coarse')];
      const values = (line: string): string[] => line.split('\t').filter((_, place) => place !== sheet && place !== coarse);
      assert.deepEqual(xlsx.rows.map(values), csv.rows.map(values));
      assert.deepEqual(
        csv.rejects.map((line) => line.split('\t').slice(0, 4)),
        [['9', '\\N', '11', 'Цена заказа']],
      );
      assert.deepEqual(
        xlsx.rejects.map((line) => line.split('\t').slice(0, 4)),
        [['9', 'sheet1', '11', 'Цена заказа']],
      );
    });

    it('opens no sink for rejects when there are none', async () => {
      assert.equal((await load(hwCsv(20))).openedRejects, 0);
    });

    it('shows every sheet before it is told which to load, and loads those in order', async () => {
      const book = await xlsxBytes({ first: hwRows(5), other: rowsOfVendhub([{}, {}]), empty: [], last: hwRows(3) });
      const { probe, end, rows } = await load(book, {
        onProbe: async (shown) => {
          assert.deepEqual(
            shown.tables.map(({ sheet, source }) => [sheet, source]),
            [
              ['first', 'happy_workers'],
              ['other', 'vendhub'],
              ['last', 'happy_workers'],
            ],
          );
          return { source: 'happy_workers' as const, sheets: ['first', 'last'] };
        },
      });
      assert.equal(probe, undefined);
      assert.equal(end?.rowsStaged, 8);
      assert.deepEqual(
        rows.map((line) => line.split('\t').slice(0, 3).join(' ')),
        ['0 first 2', '1 first 3', '2 first 4', '3 first 5', '4 first 6', '5 last 2', '6 last 3', '7 last 4'],
      );
    });

    it('looks at the file again, in the same process, when it is told how the file is read', async () => {
      const table = rowsOfPayments(
        'click',
        Array.from({ length: 20 }, () => ({})),
      );
      const looks: (string | null)[] = [];
      const { end, pids } = await load(csvBytes(table, { delimiter: ';' }), {
        overrides: { delimiter: ',' },
        onProbe: async ({ tables, delimiter }) => {
          looks.push(delimiter);
          if (tables[0]?.source !== 'click') return { lookAgain: { delimiter: ';' } };
          return { source: 'click', sheets: [null] };
        },
      });
      assert.deepEqual([looks, end?.rowsStaged, pids.length], [[',', ';'], 20, 1]);
    });

    it('starts again with fresh sinks when a late row proves the number style of the first ones wrong', async () => {
      const table = rowsOfPayments(
        'click',
        Array.from({ length: 2_500 }, () => ({})),
      );
      const amount = table[0]!.indexOf('Сумма');
      table.forEach((row, i) => {
        if (i > 0) row[amount] = i === 2_400 ? '12,50' : '15,000';
      });
      const { restarts, end, rows, pids } = await load(csvBytes(table, { delimiter: ';' }));
      assert.equal(restarts, 1);
      assert.equal(pids.length, 2);
      assert.deepEqual([end?.rowsStaged, rows.length], [2_500, 2_500]);
      assert.ok(
        rows.every((line, i) => line.includes(i === 2_399 ? '\t12.5' : '\t15\t') || line.includes('\t15.00')),
        rows[0],
      );
    });

    it('takes the operator at his word', async () => {
      const table = [['a', 'b'], ...hwRows(4)];
      const { end, probe } = await load(csvBytes(table, { delimiter: '|' }), {
        overrides: { source: 'happy_workers', headerRow: 2, delimiter: '|' },
      });
      assert.equal(probe.tables[0]?.headerRow, 2);
      assert.equal(end?.rowsStaged, 4);
    });

    it('ends with null when it is told to stop', async () => {
      const { end, probe } = await load('x;y\n1;2\n');
      assert.equal(end, null);
      assert.equal(probe.tables[0]?.source, null);
    });

    it('says what is an archive, and mentions a wrong extension', async () => {
      const { probe } = await load(await zipBytes({ 'a.csv': hwCsv(1) }));
      assert.deepEqual([probe.format, probe.archive], ['zip', true]);
      assert.deepEqual((await load(hwCsv(1), { name: 'report.xlsx' })).probe.warnings, [
        { code: 'extension_mismatch', params: { extension: 'xlsx', format: 'csv' } },
      ]);
    });

    it('reports its progress', async () => {
      const seen: number[] = [];
      const content = hwCsv(25_000);
      await load(content, { onProgress: ({ rowsRead, bytes }) => void (bytes <= content.length && seen.push(rowsRead)) });
      assert.ok(seen.length > 1, String(seen));
      assert.ok(
        seen.every((rows, i) => i === 0 || rows >= seen[i - 1]!),
        String(seen),
      );
    });
  });

  describe('faults of the file', () => {
    for (const [what, content, code, kind] of [
      ['nothing in it', '', 'empty_file', undefined],
      ['a letter', '{\\rtf1 x}', 'unsupported_format', 'rtf'],
      ['half a pdf', '%PDF-1.7\n', 'bad_file', 'truncated'],
      ['half a zip', Buffer.from('504b0304aabbcc', 'hex'), 'bad_file', 'truncated'],
    ] as const) {
      it(`${what}: ${code}`, async () => {
        await assert.rejects(load(content), faultOf(code, kind));
      });
    }

    it('a fault behind the first rows: nothing half loaded counts', async () => {
      const sink = new Collected();
      const long = Buffer.concat([hwCsv(5_000), Buffer.from(`"${'x'.repeat(150_000)}"\r\n`)]);
      await assert.rejects(load(long, { openRows: async () => sink }), faultOf('bad_file', 'cell_too_long'));
      assert.ok(sink.destroyed && !sink.writableFinished);
    });
  });

  describe('caps', () => {
    it('the deadline ends it', async () => {
      await assert.rejects(load(hwCsv(100), { caps: { deadlineMs: 20 } }), faultOf('parser_timeout'));
    });

    it('the time that the parent keeps it waiting does not count', async () => {
      const caps = { deadlineMs: 5_000 };
      let sinkWaitedMs = 0;
      const slow = new (class extends Collected {
        override _write(chunk: Buffer, encoding: BufferEncoding, done: () => void): void {
          const waitMs = sinkWaitedMs < 6_000 ? 3_000 : 0;
          sinkWaitedMs += waitMs;
          setTimeout(() => super._write(chunk, encoding, done), waitMs);
        }
      })({ highWaterMark: 1 });
      assert.equal((await load(hwCsv(3_000), { caps, openRows: async () => slow })).end?.rowsStaged, 3_000);
      assert.ok(sinkWaitedMs >= 6_000);
    });

    it('memory outside the heap ends it', async () => {
      const strings = `<si><t>${'x'.repeat(90_000)}</t></si>`.repeat(900);
      const book = await workbookOf({ sheets: { a: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' }, strings });
      const limits = { ...DEFAULT_READ_LIMITS, maxRatio: 1_000_000 };
      const { complete } = await detectIsolation();
      // where it runs out is chance: in V8, in zlib, in a buffer
      for (const dataMb of isLong ? [84, 87, 90, 93, 96, 98] : [90])
        if (complete) await assert.rejects(load(book, { limits, caps: { dataMb } }), faultOf('parser_memory'), `${dataMb} MB`);
      // With the ordinary cap the same file is read.
      assert.equal((await load(book, { limits })).end, null);
    });

    it('the heap ends it', async () => {
      const row = `<row>${'<c t="inlineStr"><is><t>яяяяяяяяяяяяяяяяяяяяяяяяя</t></is></c>'.repeat(900)}</row>`;
      const book = await workbookOf({ sheets: { a: row.repeat(700) } });
      const overrides = { source: 'click' as const, headerRow: 9_000 };
      const limits = { ...DEFAULT_READ_LIMITS, maxRatio: 1_000_000 };
      await assert.rejects(load(book, { limits, overrides, caps: { heapMb: 40 } }), faultOf('parser_memory'));
    });

    it('the output cap ends it', async () => {
      await assert.rejects(load(hwCsv(5_000), { caps: { maxOutputBytes: 100_000 } }), faultOf('bad_file', 'output_limit'));
    });

    it('memory stays flat over a large file', async () => {
      let peakKb = 0;
      const content = hwCsv(80_000);
      await load(content, {
        onPid: (pid) => {
          const timer = setInterval(() => {
            if (!existsSync(`/proc/${pid}/status`)) return clearInterval(timer);
            peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0));
          }, 50);
        },
      });
      assert.ok(peakKb < 300_000, `${peakKb} KB`);
    });
  });

  describe('ends that are not the file’s', () => {
    const pausedAt = (pids: number[], where: 'probe' | 'rows', then: (pid: number) => void): Partial<LoadOptions> => ({
      onPid: (pid) => pids.push(pid),
      ...(where === 'probe'
        ? {
            onProbe: () => {
              then(pids.at(-1)!);
              return new Promise<never>(() => {});
            },
          }
        : {
            openRows: async () => {
              setTimeout(() => then(pids.at(-1)!), 300);
              return new Stuck();
            },
          }),
    });

    for (const where of ['probe', 'rows'] as const) {
      it(`an abort (${where}) kills it within a second and gives the reason back`, async () => {
        const pids: number[] = [];
        const abort = new AbortController();
        let abortedAt = 0;
        const options = pausedAt(pids, where, () => {
          abortedAt = performance.now();
          abort.abort(new Error('shutting down'));
        });
        await assert.rejects(load(hwCsv(20_000), { signal: abort.signal, ...options }), /shutting down/);
        assert.ok(performance.now() - abortedAt < 1_000);
        assert.ok(!isAlive(pids[0]!));
      });

      it(`a crash (${where}) is a fault of the file, and so is the kernel’s axe`, async () => {
        for (const [signal, fault] of [
          ['SIGSEGV', faultOf('bad_file', 'reader_crashed')],
          ['SIGKILL', faultOf('parser_memory')],
        ] as const) {
          await assert.rejects(
            load(
              hwCsv(20_000),
              pausedAt([], where, (pid) => process.kill(pid, signal)),
            ),
            fault,
          );
        }
      });
    }

    it('a sink that fails gives its own error and leaves nothing behind', async () => {
      for (const failing of ['rows', 'rejects'] as const) {
        const broken = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done(new Error('connection lost')) });
        const table = hwRows(2_000);
        table.forEach((row, i) => i > 0 && i % 2 === 0 && (row[10] = 'dear'));
        const pids: number[] = [];
        const sinks = {
          openRows: async () => (failing === 'rows' ? broken() : new Collected()),
          openRejects: async () => (failing === 'rejects' ? broken() : new Collected()),
        };
        await assert.rejects(load(csvBytes(table), { ...sinks, onPid: (pid) => pids.push(pid) }), /connection lost/);
        assert.ok(!isAlive(pids[0]!));
      }
    });

    it('a sink that closes too early, or cannot be opened, is no success', async () => {
      const closing = async (): Promise<Writable> => {
        const sink = new Stuck();
        setTimeout(() => sink.destroy(), 200);
        return sink;
      };
      await assert.rejects(load(hwCsv(20_000), { openRows: closing }), /closed before its end/);
      await assert.rejects(load(hwCsv(10), { openRows: () => Promise.reject(new Error('no connection')) }), /no connection/);
      await assert.rejects(load(hwCsv(10), { onProbe: () => Promise.reject(new Error('lease lost')) }), /lease lost/);
    });

    it('a file that is not there is no fault of the file', async () => {
      await assert.rejects(load('x', { path: join(folder, 'absent') }), /ENOENT/);
    });

    it('knows nothing of the environment of its parent', async () => {
      let environment = '';
      let pid = 0;
      await load(hwCsv(3), {
        onPid: (started) => (pid = started),
        onProbe: async () => {
          environment = await readFile(`/proc/${pid}/environ`, 'utf8');
          return 'stop';
        },
      });
      const names = environment
        .split('\0')
        .filter(Boolean)
        .map((entry) => entry.split('=')[0]);
      assert.deepEqual(
        names.filter((name) => !name!.startsWith('NODE_CHANNEL_')),
        ['PATH'],
      );
    });

    it('dies with its parent', async function () {
      if (!(await detectIsolation()).complete) return;
      const { path, sizeBytes } = await fileOf(hwCsv(20_000));
      const script = fileURLToPath(new URL('../support/reader-parent.ts', import.meta.url));
      const parent = spawn(process.execPath, ['--import', 'tsx', script, path, String(sizeBytes)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(parent.stdout.setEncoding('utf8'), 'data')) as [string];
      const pid = Number(line);
      assert.ok(isAlive(pid));
      parent.kill('SIGKILL');
      await once(parent, 'exit');
      await eventually(() => assert.ok(!isAlive(pid)), { timeoutMs: 2_000 });
    });
  });

  describe('extract and row', () => {
    const run = { limits: DEFAULT_READ_LIMITS, signal: new AbortController().signal };

    it('hands over the members of an archive one by one', async () => {
      const outDir = join(folder, 'out');
      await mkdir(outDir);
      const members: ExtractedMember[] = [];
      let running = 0;
      await runExtract({
        ...run,
        ...(await fileOf(
          await zipBytes({ 'март/a.csv': Buffer.from('1'), 'b.zip': await zipBytes({ x: Buffer.from('1') }), 'c.csv': Buffer.from('333') }),
        )),
        outDir,
        onMember: async (member) => {
          assert.equal(running++, 0);
          await new Promise((resolve) => setImmediate(resolve));
          members.push(member);
          running--;
        },
      });
      assert.deepEqual(
        members.map((member) => [member.memberPath, member.fault === null ? member.sizeBytes : member.fault.code]),
        [
          ['март/a.csv', 1],
          ['b.zip', 'archive_nested'],
          ['c.csv', 3],
        ],
      );
      assert.deepEqual(await readdir(outDir), ['m0', 'm2']);
    });

    it('stops when a member cannot be taken', async () => {
      const outDir = join(folder, 'out2');
      await mkdir(outDir);
      const archive = await fileOf(await zipBytes({ 'a.csv': Buffer.from('1') }));
      await assert.rejects(
        runExtract({ ...run, ...archive, outDir, onMember: () => Promise.reject(new Error('storage full')) }),
        /storage full/,
      );
    });

    it('reads one row again, with the header above it', async () => {
      const table = rowsOfVendhub(Array.from({ length: 2_000 }, () => ({})));
      const csv = await fileOf(csvBytes([['Отчёт'], ...table]));
      const again = await runReadRow({ ...run, ...csv, overrides: {}, sheet: null, row: 1_502 });
      assert.deepEqual(again.header.slice(0, 2), ['ID', 'Номер заказа']);
      assert.equal(again.row?.row, 1_502);
      assert.equal(again.row?.cells[0], '10499');
      const book = await fileOf(await xlsxBytes({ a: [['x']], in: table }));
      assert.equal((await runReadRow({ ...run, ...book, overrides: {}, sheet: 'in', row: 3 })).row?.cells[0], 9_001);
      assert.equal((await runReadRow({ ...run, ...book, overrides: {}, sheet: 'in', row: 99_999 })).row, null);
    });
  });
});
