import { readdirSync, readFileSync } from 'node:fs';

export interface ChildProcessFound {
  pid: number;
  command: string;
}

/**
 * The processes that this one started, and those they started: readers of files. Empty where the machine has no /proc.
 */
export function descendantsOf(pid: number): ChildProcessFound[] {
  const parents = new Map<number, number>();
  for (const entry of entriesOf('/proc')) {
    const text = /^\d+$/.test(entry) ? textOf(`/proc/${entry}/stat`) : '';
    if (text !== '') parents.set(Number(entry), Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const found: ChildProcessFound[] = [];
  const waiting = [pid];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop())
    for (const [child, its] of parents)
      if (its === parent) {
        found.push({ pid: child, command: commandOf(child) });
        waiting.push(child);
      }
  return found;
}

/** Whether it is still the same process that runs, not another one under its number. */
export function isStillThere({ pid, command }: ChildProcessFound): boolean {
  return command !== '' && commandOf(pid) === command;
}

const commandOf = (pid: number): string => textOf(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();

function entriesOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    // no Linux
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // it has just ended
    return '';
  }
}
