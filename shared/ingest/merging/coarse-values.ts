/**
 * Values that a file writes more coarsely than they are (rules.md 4.1): a time without seconds or of a day alone, an
 * amount without its last decimals, a word that a report does not say. Bits tell which of a row's, and of a record's,
 * were written so, one for each kept field of the source, in their order.
 */
import { keptFields } from '../sources/index.ts';
import { canBeCoarse, mayBeUnsaid, type Source } from '../sources/source.ts';

/** SQL about a field of a staged row `s` and a record `r`. */
export interface CoarseField {
  /** the row's value only says less of the record's */
  rowSaysLess: string;
  /** the record's value, as the file that gave it wrote it, only says less of the row's */
  recordSaysLess: string;
  /** of the field among the bits */
  bit: number;
}

/** By column, for fields whose values can be written coarsely. */
export function coarseFields(source: Source): Map<string, CoarseField> {
  const found = new Map<string, CoarseField>();
  keptFields(source).forEach((field, bit) => {
    if (!canBeCoarse(field)) return;
    const { column, type } = field;
    const saysLess = type === 'timestamp' ? isLessOfTime : isLessOfAmount;
    const of = (less: string, whole: string): string => {
      const isLess = mayBeUnsaid(field)
        ? `not ${isWrittenCoarsely(whole, bit)}`
        : saysLess(`${less}.${column}`, `${whole}.${column}`);
      return `(${isWrittenCoarsely(less, bit)} and ${isLess})`;
    };
    found.set(column, { rowSaysLess: of('s', 'r'), recordSaysLess: of('r', 's'), bit });
  });
  return found;
}

/** SQL: the row or record has the field of this bit written coarsely. */
export function isWrittenCoarsely(alias: string, bit: number): string {
  return `coalesce((${alias}.coarse >> ${bit}) & 1 = 1, false)`;
}

const wall = (instant: string): string => `(${instant} at time zone 'Asia/Tashkent')`;

/** SQL: the instant is the midnight with which the day of the other one begins. */
export function isDayOf(day: string, instant: string): string {
  return `(${wall(day)}::time = '00:00' and ${wall(day)}::date = ${wall(instant)}::date)`;
}

/** SQL: the instant is the other one without its seconds, or the midnight of its day. */
export function isLessOfTime(less: string, whole: string): string {
  return `(${less} = date_trunc('minute', ${whole}) or ${isDayOf(less, whole)})`;
}

function isLessOfAmount(less: string, whole: string): string {
  return `${less} = round(${whole}, scale(trim_scale(${less})))`;
}
