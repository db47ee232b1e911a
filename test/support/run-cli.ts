import { PassThrough } from 'node:stream';
import { runCli } from '../../cli/run.ts';

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
  /** both, in the order in which they were written */
  both: string;
}

export interface CliOptions {
  env: Record<string, string>;
  stdin?: string | Uint8Array;
  /** as on a terminal of so many columns */
  columns?: number;
  signal?: AbortSignal;
}

/** The command line inside this process, with what it wrote. */
export async function runVhm24r(argv: readonly string[], options: CliOptions): Promise<CliResult> {
  const written = { stdout: [] as Buffer[], stderr: [] as Buffer[], both: [] as Buffer[] };
  const stdin = new PassThrough();
  stdin.end(options.stdin ?? '');
  const into = (chunks: Buffer[]) => ({
    write: (text: string | Uint8Array) => [chunks, written.both].map((to) => to.push(Buffer.from(text))),
  });
  const { columns } = options;
  const code = await runCli(argv, {
    stdin,
    stdout: into(written.stdout),
    stderr: { ...into(written.stderr), ...(columns === undefined ? {} : { isTTY: true, columns }) },
    env: options.env,
    signal: options.signal ?? new AbortController().signal,
  });
  const text = (chunks: Buffer[]): string => Buffer.concat(chunks).toString();
  return { code, stdout: text(written.stdout), stderr: text(written.stderr), both: text(written.both) };
}
