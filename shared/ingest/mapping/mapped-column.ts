import type { Cell } from '../readers/reader.ts';
import type { SourceField } from '../sources/source.ts';
import type { CellFault, MoneyColumn } from './cell-reader.ts';
import type { CopyBuffer } from './copy-buffer.ts';

/**
 * Implementations are classes: a million rows ask each of twenty columns eight times, which the engine does several
 * times faster where all columns are of a few classes than where each has closures of its own.
 *
 * A column of staging: `read` leaves the outcome of one cell in `value` and `fault`, `write` puts it into a COPY line.
 */
export interface MappedColumn {
  readonly field: SourceField;
  /** place in the row; -1 = the file has no such column */
  readonly column: number;
  readonly header: string | null;
  readonly money: MoneyColumn | null;
  /** what an unknown word of a state column becomes; null where there is no such thing */
  readonly unknownWord: string | null;
  readonly value: string | null;
  /** `value` is null; cheaper to ask, since a time becomes a text only where it is wanted */
  readonly isEmpty: boolean;
  readonly fault: CellFault | null;
  /** the cell says less than its field can hold: a time without seconds, an amount without cents */
  readonly isCoarse: boolean;
  read(cell: Cell | undefined): void;
  write(out: CopyBuffer): void;
  /** Replaces the value that was read. */
  set(value: string | null): void;
}
