/**
 * Reads a file as far as it can be read: its rows are staged, or it holds other files, or the operator must be asked.
 * Nothing else is written.
 */
import type { MappingOverrides, Recognition } from './child/protocol.ts';
import type { LoadEnd, LoadProbe } from './child/run-reader.ts';
import { agreeOnReading } from './agree-on-reading.ts';
import type { ClaimedFile } from './claimed-file.ts';
import type { Correction } from './correction.ts';
import type { MemberFile } from './finish-file.ts';
import { HELD_FILE_BYTES, HeldRows, TooMuchToHold } from './held-rows.ts';
import { sheetMembers, unpackArchive } from './members.ts';
import { inSpan } from '../tracing/spans.ts';
import type { ProcessDeps } from './process-deps.ts';
import type { Progress } from './progress.ts';
import type { SourceName } from './sources/source.ts';
import { stageRows } from './stage-rows.ts';
import { HELD_STAGING, type Staging } from './staging.ts';

/** The rows stand in the staging tables. */
export interface Staged {
  kind: 'staged';
  staging: Staging;
  /** they wait in memory, and `staging` is there when they are laid into it; null: they are in tables of their own */
  held: HeldRows | null;
  source: SourceName;
  probe: LoadProbe;
  table: Recognition;
  end: LoadEnd;
  sheets: (string | null)[];
  /** what the reading went by: the operator's word, a remembered mapping, the file that this one corrects */
  overrides: MappingOverrides;
  correction: Correction | null;
}

/** The operator must say something first. */
export interface Question {
  kind: 'question';
  probe: LoadProbe;
  /** null: the file holds no table */
  table: Recognition | null;
}

/** Members of an archive, whose bytes are stored already, or the sheets of a workbook. */
export interface Members {
  kind: 'members';
  of: 'archive' | 'workbook';
  format: string;
  members: MemberFile[];
}

export interface Reading {
  /** of the bytes, on this machine */
  path: string;
  /** tables to be filled */
  staging: Staging;
  signal: AbortSignal;
  progress: Progress;
}

/**
 * What is only looked at is not held: all files of a session wait for each other.
 * @throws FileFault (the file's own), the signal's reason, or a fault of the surroundings
 */
export async function readFile(
  deps: ProcessDeps,
  file: ClaimedFile,
  reading: Reading,
): Promise<Staged | Question | Members> {
  if (file.sizeBytes > HELD_FILE_BYTES || file.preview) return readInto(deps, file, reading, null);
  try {
    return await readInto(deps, file, reading, new HeldRows());
  } catch (error) {
    if (!(error instanceof TooMuchToHold)) throw error;
    return readInto(deps, file, reading, null);
  }
}

async function readInto(
  deps: ProcessDeps,
  file: ClaimedFile,
  { path, staging, signal, progress }: Reading,
  held: HeldRows | null,
): Promise<Staged | Question | Members> {
  const agreement = agreeOnReading(deps, file);
  const correctionOf = (): Correction | null => agreement.result().correction;
  // the child itself has no network to tell of its work
  const read = () =>
    stageRows(deps, staging, {
      path,
      name: file.name,
      sizeBytes: file.sizeBytes,
      overrides: file.overrides,
      signal,
      held,
      async onProbe(probe) {
        const answer = await agreement.onProbe(probe);
        if (answer !== 'stop' && !('lookAgain' in answer)) progress.report({ phase: 'reading' });
        return answer;
      },
      onProgress: (read) => progress.report({ phase: 'reading', ...read }),
      onCorrected: (rows) => correctionOf()?.rows.push(...rows),
      onRestart: () => correctionOf()?.rows.splice(0),
    });
  const end = await inSpan('reader child', { 'vhm24r.bytes': file.sizeBytes }, read);
  const { probe, plan, overrides, correction } = agreement.result();
  if (plan.kind === 'archive') {
    const members = await unpackArchive(deps, file, path, signal);
    return { kind: 'members', of: 'archive', format: probe.format, members };
  }
  if (plan.kind === 'split')
    return { kind: 'members', of: 'workbook', format: probe.format, members: sheetMembers(file, plan.parts) };
  if (plan.kind === 'ask' || end === null) return { kind: 'question', probe, table: plan.recognition };
  const { source, sheets, recognition: table } = plan;
  if (end.question === null)
    return {
      kind: 'staged',
      staging: held === null ? staging : HELD_STAGING,
      held,
      source,
      probe,
      table,
      end,
      sheets,
      overrides,
      correction,
    };
  const question = { ...end.question, candidates: [source] };
  return {
    kind: 'question',
    probe: { ...probe, warnings: [...probe.warnings, ...end.warnings] },
    table: { ...table, columns: end.columns, question },
  };
}
