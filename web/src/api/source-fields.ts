import { sources } from '../../../shared/ingest/sources/index.ts';
import type { SourceName } from './types.ts';

export interface SourceFieldChoice {
  /** canonical name, snake_case */
  name: string;
  required: boolean;
}

/** What columns of each report can be, from the same definition the server reads with. Only the mapping question needs it. */
export const SOURCE_FIELDS: Record<SourceName, readonly SourceFieldChoice[]> = Object.fromEntries(
  Object.values(sources).map((source) => [source.name, source.fields.map((field) => ({ name: field.name, required: field.need === 'R' }))]),
) as Record<SourceName, SourceFieldChoice[]>;
