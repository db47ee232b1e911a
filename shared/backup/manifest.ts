/**
 * What stands beside each dump: enough to know what it is, whether it is whole, and what a restored database must hold.
 */
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

/** `vhm24r-20261122T190000Z`: sorts by time. */
export function backupName(at: Date): string {
  return `vhm24r-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
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
