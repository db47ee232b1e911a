import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationFault } from '../../shared/texts/operations.ts';
import { commandOf } from '../processes/find-process.ts';

/** Keeps a second demo or start off the same data. */
export interface RunLock {
  release(): void;
}

/** Takes the folder, also from a run that was killed. Throws when another run is alive. */
export function takeRunLock(dataFolder: string): RunLock {
  const path = join(dataFolder, 'running.pid');
  for (;;) {
    try {
      writeFileSync(path, `${process.pid}\n`, { flag: 'wx', mode: 0o644 });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    // The number alone proves nothing: after a restart of the machine it may be anybody's.
    if (pid !== process.pid && commandOf(pid).includes('demo.ts')) {
      throw new OperationFault('demo', 'runsAlready', { pid, path });
    }
    rmSync(path, { force: true });
  }
}
