/**
 * pg_dump and pg_restore as child processes. The connection travels in their environment: a command line can be read by
 * everybody.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { BackupError } from './manifest.ts';

const STDERR_KEEP_CHARS = 2_000;
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Everything libpq needs, out of a URL of ours. */
export function libpqEnvironment(databaseUrl: string): Record<string, string> {
  const url = new URL(databaseUrl);
  const sslmode = url.searchParams.get('sslmode');
  return {
    PGHOST: url.hostname.replace(/^\[|\]$/g, ''),
    PGPORT: url.port === '' ? '5432' : url.port,
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGCONNECT_TIMEOUT: '10',
    // libpq does not check certificates at `require`, which is what no-verify means to us
    ...(sslmode === null ? {} : { PGSSLMODE: sslmode === 'no-verify' ? 'require' : sslmode }),
  };
}

export interface ToolRun {
  child: ChildProcess;
  /** Rejects with BackupError when the program is missing or ends badly. */
  ended: Promise<void>;
}

export function runTool(
  program: string,
  args: readonly string[],
  options: {
    env?: Record<string, string>;
    path: string | undefined;
    signal?: AbortSignal;
    /** exit codes beside 0 with which it has done its work */
    alsoWell?: readonly number[];
  },
): ToolRun {
  const child = spawn(program, args, {
    env: { PATH: options.path ?? DEFAULT_PATH, LC_ALL: 'C', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-STDERR_KEEP_CHARS)));
  // a program that ends early closes its end; its exit code tells why
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new BackupError('tool_missing', 'toolMissing', { program }) : error),
    );
    child.once('close', (code) =>
      code === 0 || (code !== null && options.alsoWell?.includes(code) === true)
        ? resolve()
        : reject(new BackupError('tool_failed', 'toolFailed', { program, code: code ?? '?', stderr: stderr.trim() })),
    );
  });
  ended.catch(() => undefined);
  return { child, ended };
}
