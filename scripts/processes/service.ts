import { openChild, waitForOutput, type ManagedChild } from './managed-child.ts';

/** A Node program of ours that listens and says so in its log. */
export interface Service {
  child: ManagedChild;
  port: number;
  /** `http://127.0.0.1:port` */
  url: string;
  /** The JSON lines of its log so far. */
  logs(): Record<string, unknown>[];
}

export interface ServiceOptions {
  name: string;
  /** Compiled entry file. */
  script: string;
  env: NodeJS.ProcessEnv;
  logPath: string;
  startTimeoutMs?: number;
  /** Node to run it with; default: the one that runs this. */
  nodePath?: string;
}

const START_TIMEOUT_MS = 30_000;

/**
 * Starts it and waits for the log line with its port (LOG_FORMAT must be json). Listening is not ready: ask /readyz.
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const child = await openChild({
    name: options.name,
    command: options.nodePath ?? process.execPath,
    args: ['--enable-source-maps', options.script],
    env: options.env,
    logPath: options.logPath,
    stopSignal: 'SIGTERM',
  });
  try {
    const port = await waitForOutput(child, findPort, options.startTimeoutMs ?? START_TIMEOUT_MS);
    return { child, port, url: `http://127.0.0.1:${port}`, logs: () => jsonLines(child.output()) };
  } catch (error) {
    await child.stop(0);
    throw error;
  }
}

function findPort(output: string): number | undefined {
  for (const line of jsonLines(output)) {
    if (typeof line.port === 'number' && line.port > 0) return line.port;
  }
  return undefined;
}

function jsonLines(output: string): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  for (const text of output.split('\n')) {
    if (!text.startsWith('{')) continue;
    try {
      lines.push(JSON.parse(text) as Record<string, unknown>);
    } catch {
      // The last line may still be on its way; it comes whole with the next look.
    }
  }
  return lines;
}
