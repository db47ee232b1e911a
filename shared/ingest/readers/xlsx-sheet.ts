/** One worksheet as rows, fed with its XML in pieces. */
import { badFile } from './file-faults.ts';
import { isErrorText } from '../normalise/cell-text.ts';
import type { Cell, RawRow, ReadLimits } from './reader.ts';
import type { SharedStrings } from './xlsx-strings.ts';
import type { CellStyle } from './xlsx-workbook.ts';
import { isoDateToText, columnOf, numberCell, percentText, rowOf, serialToText, unescapeText } from './xlsx-values.ts';
import { attribute, createXmlScanner } from './xml-scanner.ts';

/**
 * Programs leave empty rows out of the file; a gap up to this size is blank rows to the user, a larger one is empty
 * space.
 */
const MAX_BLANK_GAP = 1_000;
const LAST_ROW = 1_048_576;
const UNKNOWN_ERROR = '#UNKNOWN!';

export interface SheetContext {
  strings: SharedStrings;
  /** by style index */
  styles: CellStyle[];
  date1904: boolean;
  limits: ReadLimits;
}

export interface SheetParser {
  write(chunk: string): void;
  end(): void;
  /** The rows finished since the last call. */
  takeRows(): RawRow[];
}

export function createSheetParser(context: SheetContext): SheetParser {
  const { limits, strings, styles, date1904 } = context;
  let rows: RawRow[] = [];
  let rowCount = 0;
  let lastValuedRow = 0;
  let row = 0;
  let cells: Cell[] = [];
  /** columns of the row whose formulas have no value */
  const unworkedColumns = new Set<number>();
  let column = -1;
  let inCell = false;
  let type = '';
  let style = 0;
  let value = '';
  /** text of `<is>`; null = the cell has none */
  let inline: string | null = null;
  /** of a cell that has one */
  let formula: string | null = null;
  let collecting: 'value' | 'inline' | 'formula' | null = null;
  let inPhonetic = false;
  /** the open row element says not which row it is: its first cell may */
  let unnumbered = false;

  const scanner = createXmlScanner({ open, close, text }, limits.maxDepth);

  function open(name: string, attributes: string): void {
    if (name === 'c') {
      const reference = attribute(attributes, 'r') ?? '';
      const named = columnOf(reference);
      if (Number.isNaN(named)) throw badFile('damaged');
      if (unnumbered) startUnnumbered(rowOf(reference), named);
      column = named >= 0 ? named : column + 1;
      type = attribute(attributes, 't') ?? '';
      style = Number(attribute(attributes, 's') ?? 0);
      value = '';
      inline = null;
      formula = null;
      inCell = true;
    } else if (name === 'f') {
      formula = inCell ? '' : null;
      collecting = inCell ? 'formula' : null;
    } else if (name === 'v') collecting = inCell ? 'value' : null;
    else if (name === 't') {
      collecting = inCell && !inPhonetic ? 'inline' : null;
      if (collecting !== null) inline ??= '';
    } else if (name === 'rPh') inPhonetic = true;
    else if (name === 'row') {
      if (unnumbered) startUnnumbered(0, -1);
      const number = attribute(attributes, 'r');
      if (number === undefined) unnumbered = true;
      else startRow(Number(number));
    }
  }

  function startRow(number: number): void {
    if (!(number >= 1 && number <= LAST_ROW)) throw badFile('damaged');
    // Some writers give every cell a row element of its own.
    if (number === row) return;
    finishRow();
    row = number;
    column = -1;
  }

  /** The row that its first cell says, which may go on with the one before it; else the next one. */
  function startUnnumbered(named: number, firstColumn: number): void {
    unnumbered = false;
    startRow(named > row || (named === row && firstColumn >= cells.length) ? named : row + 1);
  }

  function close(name: string): void {
    if (name === 'c') {
      inCell = false;
      const cell = finishedCell();
      if (cell === null || cell === '') return;
      if (column >= limits.maxColumns) throw badFile('too_many_columns', { row, max: limits.maxColumns });
      while (cells.length < column) cells.push(null);
      cells[column] = cell;
    } else if (name === 'v' || name === 't' || name === 'f') collecting = null;
    else if (name === 'rPh') inPhonetic = false;
  }

  function text(piece: string): void {
    if (collecting === null) return;
    if (collecting === 'value') value += piece;
    else if (collecting === 'formula') formula = (formula ?? '') + piece;
    else inline = (inline ?? '') + piece;
    if (value.length + (inline?.length ?? 0) + (formula?.length ?? 0) > limits.maxCellChars)
      throw badFile('cell_too_long', { row, max: limits.maxCellChars });
  }

  function finishRow(): void {
    if (cells.every((cell, at) => cell === null || unworkedColumns.has(at))) cells = [];
    unworkedColumns.clear();
    if (cells.length === 0) return;
    const gap = row - lastValuedRow - 1;
    if (lastValuedRow > 0 && gap > 0 && gap <= MAX_BLANK_GAP) {
      for (let blank = lastValuedRow + 1; blank < row; blank++) addRow({ row: blank, cells: [] });
    }
    lastValuedRow = row;
    addRow({ row, cells });
    cells = [];
  }

  function addRow(finished: RawRow): void {
    if (++rowCount > limits.maxRows) throw badFile('too_many_rows', { max: limits.maxRows });
    rows.push(finished);
  }

  function finishedCell(): Cell {
    // What `<is>` holds is the text; a `<v>` beside it is a leftover.
    if (inline !== null && (type === 'inlineStr' || value === '')) return unescapeText(inline);
    if (value === '') return formula === null || type !== '' ? null : unworked(formula);
    switch (type) {
      case 's':
        return strings.get(Number(value));
      case 'inlineStr':
      case 'str':
        return unescapeText(value);
      case 'b':
        return value.trim() === '1' || value.trim() === 'true' ? 'TRUE' : 'FALSE';
      case 'd':
        return isoDateToText(value.trim());
      case 'e':
        return isErrorText(value.trim()) ? value : UNKNOWN_ERROR;
      default: {
        const cell = numberCell(value);
        const format = styles[style];
        if (typeof cell !== 'number' || format === undefined) return cell;
        if (format.isDate) return serialToText(cell, date1904) ?? cell;
        if (format.isPercent) return percentText(cell) ?? cell;
        return format.zeros > 0 && Number.isInteger(cell) && cell >= 0
          ? String(cell).padStart(format.zeros, '0')
          : cell;
      }
    }
  }

  /** A formula that the writer left for others to work out. */
  function unworked(text: string): string {
    unworkedColumns.add(column);
    return `=${text === '' ? '?' : text}`;
  }

  return {
    write: scanner.write,
    end() {
      scanner.end();
      finishRow();
    },
    takeRows() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}
