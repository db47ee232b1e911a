/** Keyset lists: a cursor is the sort key of the last item, opaque to the client. */
import { z } from 'zod';
import { AppError } from '../shared/errors.ts';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 1_000;

/** Query parameters every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z.string().max(500).optional(),
};

export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * @param parts what each part of the key looks like
 * @throws AppError validation_failed for anything encodeCursor did not make
 */
export function decodeCursor(cursor: string, parts: readonly RegExp[]): string[] {
  try {
    const key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(key) && key.length === parts.length) {
      const texts = key.map(String);
      if (texts.every((text, index) => parts[index]?.test(text) === true)) return texts;
    }
  } catch {
    // falls through: not a cursor of ours
  }
  throw new AppError('validation_failed', { details: { issues: [{ path: 'cursor', message: 'not a cursor of this list' }] } });
}

/** Turns limit + 1 rows into a page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
  view: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(view), nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

/** A comma-separated list parameter with a fixed vocabulary. */
export function listOf<const Value extends string>(values: readonly Value[]) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.enum(values)).min(1).max(100))
    .meta({ example: values[0] });
}
