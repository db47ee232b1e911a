import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { BlacklistQuestion } from '../../shared/auth/blacklist/blacklist.ts';

export interface WorkerBlacklist {
  /** true, false, or the code of the error it was answered with */
  isRevoked(question: BlacklistQuestion): Promise<string>;
  stop(): Promise<void>;
}

const script = fileURLToPath(new URL('./worker-blacklist.ts', import.meta.url));

/** Starts worker-blacklist.ts; one question at a time. */
export async function startWorkerBlacklist(env: { DATABASE_URL: string; REDIS_URL: string }): Promise<WorkerBlacklist> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { PATH: process.env.PATH, VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN, NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the worker has no streams');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the worker ended');
    return value as string;
  };
  await next();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    isRevoked(question) {
      const asked = turn.then(() => {
        stdin.write(`${JSON.stringify(question)}\n`);
        return next();
      });
      turn = asked.catch(() => undefined);
      return asked;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      stdin.end();
      await once(child, 'exit');
    },
  };
}
