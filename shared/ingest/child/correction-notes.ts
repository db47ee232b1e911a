/** Which rows of an earlier file the accepted rows of a correction mend. */
import type { Cell, RawRow } from '../readers/reader.ts';
import { asTyped, correctedRow, findCorrectionColumns, type CorrectedRow } from '../recognise/correction-columns.ts';
import type { RowMapper } from '../mapping/row-mapper-contract.ts';
import type { ChildIo } from './child-io.ts';
import type { CorrectionMade } from './protocol.ts';

const SEND_ROWS = 2_000;

export interface CorrectionNotes {
  /** Takes what the row says about itself out of it; again is harmless. */
  prepare(row: RawRow): void;
  /** Hands the row to the mapper and notes whether it was accepted. */
  push(row: RawRow, mapper: RowMapper, firstRowIndex: number): void;
  send(io: ChildIo): Promise<void>;
}

/** null when the table has no such columns. */
export function createCorrectionNotes(header: readonly Cell[], fileId: string): CorrectionNotes | null {
  const columns = findCorrectionColumns(header);
  if (columns === null) return null;
  const marks = new WeakMap<RawRow, CorrectedRow | null>();
  const made: CorrectionMade[] = [];

  function prepare(row: RawRow): void {
    if (marks.has(row)) return;
    marks.set(row, correctedRow(row.cells, columns!));
    row.cells = asTyped(row.cells, columns!);
  }

  return {
    prepare,
    push(row, mapper, firstRowIndex) {
      prepare(row);
      const before = mapper.counts();
      mapper.push(row);
      const mark = marks.get(row) ?? null;
      if (mark === null || mark.fileId !== fileId || mapper.counts().staged === before.staged) return;
      made.push({ rowIndex: firstRowIndex + before.read, sheet: mark.sheet, row: mark.row });
    },
    async send(io) {
      for (let at = 0; at < made.length; at += SEND_ROWS)
        await io.send({ type: 'corrected', rows: made.slice(at, at + SEND_ROWS) });
    },
  };
}
