/** Names of source records: `recordId` is opaque to clients, `key` is what people know the record by. */
import { SOURCE_NAMES } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';

export interface RecordRef {
  source: SourceName;
  /** in the table of its source */
  id: string;
}

export const recordIdOf = ({ source, id }: RecordRef): string => `${source}-${id}`;

/** null for anything recordIdOf did not make. */
export function parseRecordId(text: string): RecordRef | null {
  const match = /^([a-z_]+)-([1-9]\d{0,17})$/.exec(text);
  const source = SOURCE_NAMES.find((name) => name === match?.[1]);
  return source === undefined || match?.[2] === undefined ? null : { source, id: match[2] };
}

/** How the API spells the canonical name of a field. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}

/**
 * Happy Workers stores number:machine, and number:machine:goods:taste:n of carts; the machine is shown only where rows
 * of one number disagree about it.
 */
export function happyWorkersKey(
  row: { naturalKey: string; orderNumber: string; machineCode: string },
  options: { withMachine: boolean },
): string {
  const { naturalKey, orderNumber, machineCode } = row;
  if (options.withMachine) return naturalKey;
  return orderNumber + naturalKey.slice(orderNumber.length + 1 + machineCode.length);
}
