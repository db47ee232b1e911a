/** Files read by the reader child, for tests: what arrived in the sinks, and that no child is left. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runLoad, type LoadEnd, type LoadOptions, type LoadProbe } from '../../shared/ingest/child/run-reader.ts';
import { DEFAULT_READ_LIMITS } from '../../shared/ingest/readers/limits.ts';
import { csvBytes, rowsOfHappyWorkers, type Rows } from './files.ts';

export interface Loaded {
  probe: LoadProbe;
  end: LoadEnd | null;
  rows: string[];
  rejects: string[];
  restarts: number;
  openedRejects: number;
  pids: number[];
}

export class Collected extends Writable {
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
export class Stuck extends Writable {
  override _write(): void {}
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie is gone too.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

export const hwRows = (n: number): Rows => rowsOfHappyWorkers(Array.from({ length: n }, () => ({})));
export const hwCsv = (n: number): Buffer => csvBytes(hwRows(n));

export interface ChildReadings {
  /** removed after the suite */
  folder(): string;
  fileOf(content: string | Uint8Array): Promise<{ path: string; sizeBytes: number }>;
  /** Loads the first report that is recognised. */
  load(content: string | Uint8Array, options?: Partial<LoadOptions>): Promise<Loaded>;
}

/** To be called in `describe`. */
export function childReadings(): ChildReadings {
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
    const loaded: Partial<Loaded> & Pick<Loaded, 'restarts' | 'openedRejects' | 'pids'> = {
      restarts: 0,
      openedRejects: 0,
      pids: [],
    };
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

  return { folder: () => folder, fileOf, load };
}
