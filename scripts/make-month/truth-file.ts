import { closeSync, openSync, writeSync } from 'node:fs';

/** The right answer to a month: the status of every order and orphan, and the issues that must be raised. */
export interface TruthFile {
  order(number: string, status: string, anomaly: string, issue?: string): void;
  /** `key` is `<source>:<natural key>`. */
  orphan(key: string, status: string): void;
  /** Orders and orphans by status, so far. */
  byStatus(): Record<string, number>;
  close(counts: Record<string, number>): void;
}

const BUFFER_CHARS = 1 << 20;

/** Orders go to the disk as they come; only issues and orphans, a few in a hundred, wait for the end. */
export function openTruthFile(path: string, seed: number): TruthFile {
  const file = openSync(path, 'w');
  const statuses: Record<string, number> = {};
  const issues: Record<string, string> = {};
  const orphans: Record<string, string> = {};
  let separator = '';
  let buffer = `{\n"seed":${seed},\n"orders":{`;
  const count = (status: string) => (statuses[status] = (statuses[status] ?? 0) + 1);
  const write = () => {
    writeSync(file, buffer);
    buffer = '';
  };
  return {
    order(number, status, anomaly, issue) {
      buffer += `${separator}\n${JSON.stringify(number)}:${JSON.stringify({ status, anomaly })}`;
      separator = ',';
      if (issue !== undefined) issues[number] = issue;
      count(status);
      if (buffer.length > BUFFER_CHARS) write();
    },
    orphan(key, status) {
      orphans[key] = status;
      count(status);
    },
    byStatus: () => statuses,
    close(counts) {
      const rest = { orphans, issues, counts, byStatus: statuses };
      for (const [name, value] of Object.entries(rest)) {
        buffer += `${name === 'orphans' ? '},\n' : ',\n'}${JSON.stringify(name)}:${JSON.stringify(value, null, 1)}`;
      }
      buffer += '\n}\n';
      write();
      closeSync(file);
    },
  };
}
