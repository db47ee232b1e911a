/** Keyset lists. A cursor is the sort key of the last item, sealed: a client can neither read nor make one. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { JwtSecret } from '../shared/config-secrets.ts';
import { AppError } from '../shared/errors.ts';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 1_000;

/** Query parameters every list takes. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  // a sort key may be a long name in Cyrillic
  cursor: z.string().max(4_000).optional(),
};

type SortKey = readonly (string | number)[];

export interface Cursor {
  write(key: SortKey): string;
  /**
   * The parts of the key as text.
   * @throws AppError validation_failed for anything that `write` of the same list did not make
   */
  read(cursor: string): string[];
}

export interface Cursors {
  /**
   * @param list what tells it from all others, with its sort where it has several: another list's cursor is none of it
   */
  of(list: string): Cursor;
}

/** What routes of lists get besides the resources. */
export interface CursorDeps {
  cursors: Cursors;
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Cursors of one api are those of all that share its signing keys, and outlive a rotation. */
export function createCursors(secrets: readonly JwtSecret[]): Cursors {
  const keys = secrets.map(({ secret }) => Buffer.from(hkdfSync('sha256', secret, '', 'vhm24r cursors of lists', 32)));
  const [sealing] = keys;
  if (sealing === undefined) throw new Error('this process has no key to seal cursors with');
  return {
    of(list) {
      const context = Buffer.from(list);
      return {
        write(key) {
          const iv = randomBytes(IV_BYTES);
          const cipher = createCipheriv(CIPHER, sealing, iv).setAAD(context);
          const sealed = Buffer.concat([cipher.update(JSON.stringify(key)), cipher.final()]);
          return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
        },
        read(cursor) {
          const bytes = Buffer.from(cursor, 'base64url');
          for (const key of keys) {
            const opened = open(bytes, key, context);
            if (opened !== null) return (JSON.parse(opened) as (string | number)[]).map(String);
          }
          throw new AppError('validation_failed', {
            details: { issues: [{ path: 'cursor', message: 'not a cursor of this list' }] },
          });
        },
      };
    },
  };
}

/** Null where it was not sealed with this key for this list. */
function open(bytes: Buffer, key: Buffer, context: Buffer): string | null {
  if (bytes.length < IV_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(context).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    // the only thing that `final` of this cipher refuses is a tag that does not fit
    return null;
  }
}

/** Turns limit + 1 rows into a page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  next: { cursor: Cursor; keyOf: (row: Row) => SortKey },
  view: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    nextCursor: rows.length > limit && last !== undefined ? next.cursor.write(next.keyOf(last)) : null,
  };
}

/**
 * A page of a list that is short and always read whole: what stands behind the item that the cursor names, all of it
 * where that one is gone.
 */
export function pageOfWhole<Item>(
  items: readonly Item[],
  asked: { limit: number; cursor?: string | undefined },
  next: { cursor: Cursor; keyOf: (item: Item) => SortKey },
): { items: Item[]; nextCursor: string | null } {
  const after = asked.cursor === undefined ? null : JSON.stringify(next.cursor.read(asked.cursor));
  const last = items.findIndex((item) => JSON.stringify(next.keyOf(item).map(String)) === after);
  return pageOf(items.slice(last + 1), asked.limit, next, (item) => item);
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
