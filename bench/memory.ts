import { readFileSync } from 'node:fs';

/** Resident memory of processes as the kernel counts it (Linux). */
export interface MemoryWatch {
  /**
   * Ends watching. @returns the highest sum, seen at any one time, of the peaks (VmHWM) of the process and its living
   * descendants, bytes
   */
  stop(): number;
}

const LOOK_EVERY_MS = 50;

export function watchMemory(pid: number): MemoryWatch {
  let peakBytes = 0;
  const look = () => {
    const sum = withDescendants(pid).reduce((bytes, each) => bytes + (memoryOf(each, 'VmHWM') ?? 0), 0);
    peakBytes = Math.max(peakBytes, sum);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peakBytes;
    },
  };
}

/** Bytes, or null when the process is gone. */
export function memoryOf(pid: number, field: 'VmHWM' | 'VmRSS'): number | null {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return found === null ? null : Number(found[1]) * 1024;
  } catch {
    return null;
  }
}

function withDescendants(pid: number): number[] {
  let children: number[] = [];
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    children = text === '' ? [] : text.split(' ').map(Number);
  } catch {
    // It has ended since.
  }
  return [pid, ...children.flatMap(withDescendants)];
}
