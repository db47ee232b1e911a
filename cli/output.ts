/** How results are written for people and for other programs. */
import { neutralisedInText, quotedInText } from '../shared/formula-guard.ts';
import { shown } from '../shared/texts/shown.ts';
import { dayText } from '../shared/tashkent-time.ts';

export type Cell = string | number | null | undefined;

const textOf = (cell: Cell): string => (cell === null || cell === undefined ? '' : String(cell));

/** Columns of equal width, numbers to the right, two blanks between. */
export function tableText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cells = [header, ...rows.map((row) => row.map((cell) => shown(textOf(cell))))];
  const widths = header.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  const isNumber = header.map((_, at) => rows.length > 0 && rows.every((row) => /^[\d\s.,−-]*$/.test(textOf(row[at]))));
  return cells
    .map((row) =>
      row
        .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** RFC 4180; nothing in it is a formula to a spreadsheet. */
export function csvText(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  // where a line begins, a program that cuts it elsewhere takes more than the figure for the cell
  const isFigure = (plain: string, at: number) => (at === 0 ? /^\d+(?:\.\d+)?$/ : /^-?\d+(?:\.\d+)?$/).test(plain);
  const quoted = (cell: Cell, at: number): string => {
    const plain = textOf(cell);
    return quotedInText(isFigure(plain, at) ? plain : neutralisedInText(plain));
  };
  return [header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

/** "05.06.2025 14:35": instants of the contract bear the offset of Tashkent. */
export function timeText(instant: string): string {
  return `${dayText(instant)} ${instant.slice(11, 16)}`;
}
