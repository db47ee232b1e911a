import type { Shape } from '../../../client/shapes.ts';

/** The HTTP contract as the page sees it (prefix /api/v1; times ISO 8601 with offset, money decimal text, ids text). */

export type Role = Shape<'User'>['role'];
export type SourceName = Shape<'Limits'>['sources'][number];
export type ProcessingMode = NonNullable<Shape<'Session'>['mode']>;

/**
 * What is stored is code and parameters; message and hint come worded by the server. Looser than the contract's: the
 * page makes some of its own, where the server could not be reached.
 */
type FileWarning = Shape<'File'>['warnings'][number];
export type CodedText = Pick<FileWarning, 'code'> & Partial<FileWarning>;

export type User = Shape<'User'>;
export type SignedIn = Shape<'SignedIn'>;

/** Lists: keyset, never offset. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type RowTotals = Shape<'RowTotals'>;

/** rowsRead and rowsStaged come only while it is read, from progress events. */
export type PreviewReceipt = NonNullable<NonNullable<Shape<'File'>['preview']>['result']>;
export type FileItem = Shape<'File'> & { rowsRead?: number; rowsStaged?: number };
export type FileDetail = FileItem & Pick<Shape<'FileDetail'>, 'recognition'>;
export type Session = Omit<Shape<'Session'>, 'files'> & { files: FileItem[] };
/** A run that takes files back, dry or for real. */
export type Undo = Shape<'Undo'>;
export type ErrorGroup = Shape<'ErrorGroup'>;

/** In one order a leg also carries every canonical field of its source in camelCase. */
/** `origins` only in full: fields whose value another row gave than the one that the record was made from. */
export type Leg = Shape<'LegRecord'> & { more?: Leg[]; origins?: Record<string, Shape<'ValueOrigin'>> } & Record<
    string,
    unknown
  >;
/** The last time an import filled or changed one field of one record. */
export type FieldChange = Shape<'FieldChange'>;
export type Order = Omit<Shape<'Order'>, 'legs' | 'changes'> & {
  legs: Record<SourceName, Leg | null>;
  changes?: FieldChange[];
};
export type Decision = NonNullable<Shape<'Order'>['decision']>;
export type Limits = Shape<'Limits'>;
export type Readiness = Shape<'Readiness'>;
/**
 * A record that is close, and how far it is: deltas are the proof's less the order's. Near a proof these are orders.
 */
export type NearMiss = Shape<'NearRecord'>;
export type OrderDetail = Order & Pick<Shape<'OrderDetail'>, 'why' | 'decisions'>;
export type CountAndSum = Shape<'CountAndSum'>;
export type Summary = Shape<'Summary'>;
/** Time differences of one pair of sources in seconds. */
export type Histogram = Shape<'Histogram'>;
