import { readFileSync } from 'node:fs';

const WATCH_MS = 500;

/**
 * Calls `gone` once when whoever started this process is no more. npm starts a script through `sh -c`, which outlives a
 * killed npm and waits on: then npm, the shell's own parent, is watched as well. The watch keeps no process alive.
 */
export function watchLauncher(gone: () => void): void {
  const parent = process.ppid;
  const launcher = isCommandShell(parent) ? parentOf(parent) : null;
  const timer = setInterval(() => {
    if (process.ppid === parent && (launcher === null || parentOf(parent) === launcher)) return;
    clearInterval(timer);
    gone();
  }, WATCH_MS);
  timer.unref();
}

/** A shell that was started for one command, not one that a person types into. */
function isCommandShell(pid: number): boolean {
  const [program = '', option] = read(`/proc/${pid}/cmdline`).split('\0');
  return /(?:^|\/)(?:sh|dash|bash|ash|zsh)$/.test(program) && option === '-c';
}

/** null where the machine has no /proc to tell. */
function parentOf(pid: number): number | null {
  const text = read(`/proc/${pid}/stat`);
  const parent = Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1]);
  return text === '' || !Number.isInteger(parent) ? null : parent;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // it has ended, or this is not Linux
    return '';
  }
}
