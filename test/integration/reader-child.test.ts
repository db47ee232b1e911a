/** Reading a file in a process of its own, as api and worker do it: every way it can end. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { detectIsolation } from '../../shared/ingest/child/detect-isolation.ts';
import type { LoadOptions } from '../../shared/ingest/child/run-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { csvBytes } from '../support/files.ts';
import { childReadings, Collected, hwCsv, hwRows, Stuck, isAlive } from '../support/read-by-child.ts';
import { faultOf, workbookOf } from '../unit/readers/reading.ts';
import { eventually } from '../support/eventually.ts';
import { isLong } from '../support/long.ts';
import { ownTimeMs } from '../support/own-time.ts';

describe('the reader child', function () {
  this.timeout(60_000);
  const { folder, fileOf, load } = childReadings();

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
      const strings = `<si><t>${'x'.repeat(90_000)}</t></si>`.repeat(1_200);
      const book = await workbookOf({ sheets: { a: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' }, strings });
      const limits = { ...DEFAULT_READ_LIMITS, maxRatio: 1_000_000 };
      const { complete } = await detectIsolation();
      // where it runs out is chance: in V8, in zlib, in a buffer
      for (const dataMb of isLong ? [84, 87, 90, 93, 96, 98] : [90])
        if (complete)
          await assert.rejects(load(book, { limits, caps: { dataMb } }), faultOf('parser_memory'), `${dataMb} MB`);
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
      await assert.rejects(
        load(hwCsv(5_000), { caps: { maxOutputBytes: 100_000 } }),
        faultOf('bad_file', 'output_limit'),
      );
    });

    it('memory stays flat over a large file', async () => {
      let peakKb = 0;
      const content = hwCsv(80_000);
      await load(content, {
        onPid: (pid) => {
          const timer = setInterval(() => {
            if (!existsSync(`/proc/${pid}/status`)) return clearInterval(timer);
            peakKb = Math.max(
              peakKb,
              Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0),
            );
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
          abortedAt = ownTimeMs();
          abort.abort(new Error('shutting down'));
        });
        await assert.rejects(load(hwCsv(20_000), { signal: abort.signal, ...options }), /shutting down/);
        assert.ok(ownTimeMs() - abortedAt < 1_000);
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
        const broken = (): Writable =>
          new Writable({ write: (_chunk, _encoding, done) => done(new Error('connection lost')) });
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
      await assert.rejects(
        load(hwCsv(10), { openRows: () => Promise.reject(new Error('no connection')) }),
        /no connection/,
      );
      await assert.rejects(load(hwCsv(10), { onProbe: () => Promise.reject(new Error('lease lost')) }), /lease lost/);
    });

    it('a file that is not there is no fault of the file', async () => {
      await assert.rejects(load('x', { path: join(folder(), 'absent') }), /ENOENT/);
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
        [],
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
});
