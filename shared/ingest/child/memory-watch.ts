/** How near a reader child came to its cap on writable memory: a process that was refused some dies in any words. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LOOK_MS = 25;
/** A file that grows fast takes this share between two looks. */
const NEAR = 0.75;

export interface MemoryWatch {
  /** False too where the platform does not say, or sets no cap. */
  wasNearLimit(): boolean;
}

/** Looks until the child has exited. */
export function watchMemory(child: ChildProcess): MemoryWatch {
  let peakShare = 0;
  const timer = setInterval(() => {
    if (child.pid !== undefined) peakShare = Math.max(peakShare, shareOfLimit(child.pid));
  }, LOOK_MS).unref();
  const stop = (): void => clearInterval(timer);
  child.once('exit', stop).once('error', stop);
  return { wasNearLimit: () => peakShare >= NEAR };
}

function shareOfLimit(pid: number): number {
  try {
    const limitBytes = Number(/^Max data size\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'latin1'))?.[1]);
    const dataKb = Number(/^VmData:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
    return (dataKb * 1024) / limitBytes || 0;
  } catch {
    return 0; // just gone, or not Linux
  }
}
