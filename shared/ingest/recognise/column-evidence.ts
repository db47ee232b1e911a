import type { ColumnEvidence, ColumnStyle } from '../child/protocol.ts';
import { cleanForJson } from '../mapping/copy-text.ts';
import { isNullText } from '../normalise/nulls.ts';
import { detectNumberStyle } from '../normalise/numbers.ts';
import { timeShape } from '../normalise/times.ts';
import type { Cell } from '../readers/reader.ts';
import type { SourceField } from '../sources/source.ts';

const MAX_EVIDENCE_CHARS = 60;

/**
 * How a column was read and the cell that shows it: the number style of money, the spelling of times; other columns
 * need no style. `style` is given where it is already known.
 */
export function columnEvidence(
  header: string,
  field: SourceField | undefined,
  values: readonly Cell[],
  given?: ColumnStyle | null,
): ColumnEvidence {
  const plain = { header, field: field?.name ?? null, style: null, evidence: null };
  if (field?.type === 'money') {
    const detected = detectNumberStyle(values);
    const style = given ?? detected.style;
    const evidence = firstText([detected.evidence, ...values]);
    return { ...plain, style: style ?? (detected.ambiguous ? 'thousands' : null), evidence };
  }
  if (field?.type === 'timestamp' || field?.type === 'date') {
    const shown = values.find((cell) => timeShape(cell) !== null) ?? null;
    return { ...plain, style: timeShape(shown), evidence: firstText([shown]) };
  }
  return plain;
}

function firstText(values: readonly Cell[]): string | null {
  const cell = values.find((value) => value !== null && !isNullText(String(value).trim()));
  return cell === undefined || cell === null ? null : cleanForJson(String(cell).trim().slice(0, MAX_EVIDENCE_CHARS));
}
