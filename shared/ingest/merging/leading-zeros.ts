/**
 * Zeros in front of an identifier, which a spreadsheet drops when it takes the identifier for a number (rules.md 4.1,
 * coarser values): `000012345678` comes back as `12345678`. Within one record both are the same identifier, and the one
 * with zeros says more. In a key they stay two: there nothing else says that they mean one record.
 */
import type { SourceField } from '../sources/source.ts';

export function isIdentifier({ type, identifier }: Pick<SourceField, 'type' | 'identifier'>): boolean {
  return identifier === true || type === 'code';
}

/** SQL: the value is what a spreadsheet leaves of the whole one: zeros stood in front, and all are gone. */
export function withoutZeros(value: string, whole: string): string {
  const left = `coalesce(nullif(ltrim(${whole}, '0'), ''), '0')`;
  return `(${whole} like '0_%' and ${value} = ${left} and ${whole} ~ '^[0-9]+$')`;
}
