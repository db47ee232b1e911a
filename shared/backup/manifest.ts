/**
 * What stands beside each dump: enough to know what it is, whether it is whole, and what a restored database must hold.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Texts } from '../texts/en/index.ts';
import { OperationFault } from '../texts/operations.ts';

const part = z.object({ file: z.string(), sizeBytes: z.number().int(), sha256: z.string() });

export const manifestSchema = z.object({
  format: z.literal(1),
  name: z.string(),
  createdAt: z.string(),
  /** of the code that made it */
  version: z.string(),
  /** names in order; the last one is the schema's version */
  migrations: z.array(z.string()),
  serverVersion: z.string(),
  dump: part,
  /** stored files, when STORAGE_URL is a folder */
  files: part.extend({ count: z.number().int() }).nullable(),
  /** rows and content checksum of every table, in the snapshot of the dump */
  tables: z.record(z.string(), z.object({ rows: z.number().int(), checksum: z.string() })),
  verifiedAt: z.string().nullable(),
  verifiedMs: z.number().nullable(),
});

export type Manifest = z.output<typeof manifestSchema>;

export const MANIFEST_SUFFIX = '.manifest.json';

/** `vhm24r-20261122T190000Z-3f9c21`: two of one second do not write to the same files. */
export function backupName(at: Date): string {
  return `vhm24r-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(3).toString('hex')}`;
}

/** The backup that a file belongs to, whole or not, and when that was begun; null: it is no file of a backup. */
export function backupOfFile(file: string): { name: string; begunAt: Date } | null {
  const found = /^(vhm24r-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-[\da-f]+)?)\./.exec(file);
  if (found === null) return null;
  const [, name, ...time] = found;
  const [year, month, day, hour, minute, second] = time.map(Number) as [number, number, number, number, number, number];
  return { name: name!, begunAt: new Date(Date.UTC(year, month - 1, day, hour, minute, second)) };
}

/** Something about a backup that stops the work, with a stable code; what it says is worded for the shell. */
export class BackupError extends OperationFault<'backupFaults'> {
  readonly code: string;
  constructor(
    code: string,
    says: keyof Texts['operations']['backupFaults'],
    params: Readonly<Record<string, string | number>> = {},
    options: { cause?: unknown } = {},
  ) {
    super('backupFaults', says, params, options);
    this.name = 'BackupError';
    this.code = code;
  }
}
