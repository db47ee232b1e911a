/**
 * The parent's side of reading a file. Every function starts one child, or one after another, and when it ends no
 * child and no half-open sink is left.
 *
 * They reject with FileFault (the file's own fault, final), with the signal's reason when that is aborted, or with
 * whatever a sink or callback threw (a fault of the surroundings, worth another try).
 */
import type { Writable } from 'node:stream';
import { badFile } from '../readers/file-faults.ts';
import { readFileHead } from '../readers/file-chunks.ts';
import type { RawRow, ReadLimits } from '../readers/reader.ts';
import { accessOf } from './last-word.ts';
import { defaultCaps, type ReaderCaps } from './isolation.ts';
import type {
  ChildMessage,
  CorrectionMade,
  EndMessage,
  MappingOverrides,
  PlanMessage,
  ProbeMessage,
  ReaderTask,
  RowLine,
} from './protocol.ts';
import { createPump, type Pump } from './pump.ts';
import { openReaderProcess, type ReaderProcess, type ReaderUse } from './reader-process.ts';
import type { SpareReader } from './spare-reader.ts';

/** Each restart decides at least one column or the zone; more than this is no report. */
const MAX_RESTARTS = 12;
/** As the file that a correction belongs to was read, and as the operator once chose for such headers. */
const MAX_LOOKS = 4;

export interface ReaderRun {
  path: string;
  sizeBytes: number;
  limits: ReadLimits;
  /** Over the defaults of isolation.ts. */
  caps?: Partial<ReaderCaps>;
  signal: AbortSignal;
  /** A child that is up already, for a small file to be loaded. */
  spare?: SpareReader;
  /** Process id of each child started. */
  onPid?(pid: number): void;
  /** What a child that failed wrote to stderr last, for the log. */
  onStderr?(tail: string): void;
}

export type LoadProbe = Omit<ProbeMessage, 'type'>;
export type LoadPlan = Omit<PlanMessage, 'type'>;
export type LoadEnd = Omit<EndMessage, 'type'>;
/** The same child is to look at the file once more, read this way. */
export interface LookAgain {
  lookAgain: MappingOverrides;
}

export interface LoadProgress {
  rowsRead: number;
  rowsStaged: number;
  /** of the file */
  bytes: number;
}

export interface RestartReason {
  overrides: MappingOverrides;
  zoneShiftHours?: number;
}

export interface LoadOptions extends ReaderRun {
  /** as uploaded; only to mention a wrong extension */
  name: string;
  overrides: MappingOverrides;
  /** Asked until it answers something else than LookAgain; not again when the reading restarts. */
  onProbe(probe: LoadProbe): Promise<LoadPlan | LookAgain | 'stop'>;
  onProgress?(progress: LoadProgress): void;
  /**
   * Sink of staging lines (STAGING_LEAD, kept fields, extra); opened before the first row is read, ended or destroyed
   * here.
   */
  openRows(plan: LoadPlan): Promise<Writable>;
  /** Accepted rows of a correction; those of a reading that restarts do not count. */
  onCorrected?(rows: readonly CorrectionMade[]): void;
  /** Sink of REJECT_COLUMNS lines; opened only when there is one. */
  openRejects(): Promise<Writable>;
  /**
   * The sinks were destroyed and count for nothing; when this resolves, fresh ones are asked for and rows come from the
   * first again.
   */
  onRestart(reason: RestartReason): Promise<void>;
}

/** Loads a file into the sinks; null when `onProbe` said stop. Resolves only after the sinks have finished. */
export async function runLoad(options: LoadOptions): Promise<LoadEnd | null> {
  const attempt: Attempt = { overrides: options.overrides, zoneShiftHours: undefined, plan: null };
  for (let restarts = 0; restarts <= MAX_RESTARTS; restarts++) {
    const outcome = await loadOnce(options, attempt);
    if (outcome === null) return null;
    if (outcome.type === 'end') {
      const { type: _type, ...end } = outcome;
      return end;
    }
    const { overrides, zoneShiftHours } = outcome;
    Object.assign(attempt, { overrides, zoneShiftHours });
    await options.onRestart({ overrides, zoneShiftHours });
  }
  throw badFile('unstable');
}

interface Attempt {
  overrides: MappingOverrides;
  zoneShiftHours: number | undefined;
  plan: LoadPlan | null;
}

function loadOnce(
  options: LoadOptions,
  attempt: Attempt,
): Promise<Extract<ChildMessage, { type: 'end' | 'restart' }> | null> {
  const { path, name, limits, onProgress } = options;
  const { overrides, zoneShiftHours } = attempt;
  const task: ReaderTask = { task: 'load', path, name, overrides, limits };
  return withChild(
    options,
    { task, zoneShiftHours, onProgress, onCorrected: options.onCorrected },
    async ({ child, next, caps }) => {
      if (attempt.plan === null) attempt.plan = await agreeOnPlan({ child, next }, options);
      else await next('probe');
      const { plan } = attempt;
      if (plan === null) {
        child.send({ type: 'stop' });
        return null;
      }
      let outputBytes = 0;
      const onBytes = (count: number): void => {
        outputBytes += count;
        if (outputBytes > caps.maxOutputBytes) child.fail(badFile('output_limit', { max: caps.maxOutputBytes }));
      };
      const rows = createPump({ child, source: child.rows, open: () => options.openRows(plan), onBytes });
      const rejects = createPump({ child, source: child.rejects, open: () => options.openRejects(), onBytes });
      const pumps = [rows, rejects];
      try {
        await rows.attach();
        const flowing = Promise.all(pumps.map((pump) => pump.run()));
        flowing.catch((error: unknown) => child.fail(error));
        child.send({ type: 'plan', ...plan });
        const outcome = await next('end', 'restart');
        if (outcome.type === 'restart') {
          await abortAll(pumps, new Error('the file is read again from its start'));
          return outcome;
        }
        await Promise.race([flowing, child.failed]);
        await Promise.all(pumps.map((pump) => pump.end()));
        return outcome;
      } catch (error) {
        await abortAll(pumps, error instanceof Error ? error : new Error('reading was stopped', { cause: error }));
        throw error;
      }
    },
  );
}

/** null: nothing is to be loaded. */
async function agreeOnPlan(
  { child, next }: Pick<Conversation, 'child' | 'next'>,
  { onProbe }: Pick<LoadOptions, 'onProbe'>,
): Promise<LoadPlan | null> {
  for (let looks = 1; looks <= MAX_LOOKS; looks++) {
    const { type: _type, ...probe } = await next('probe');
    const answer = await child.whilePaused(() => onProbe(probe));
    if (answer === 'stop') return null;
    if (!('lookAgain' in answer)) return answer;
    child.send({ type: 'look_again', overrides: answer.lookAgain });
  }
  throw badFile('unstable');
}

async function abortAll(pumps: Pump[], reason: Error): Promise<void> {
  await Promise.all(pumps.map((pump) => pump.abort(reason)));
}

export type ExtractedMember =
  | { memberPath: string; path: string; sizeBytes: number; fault: null }
  | { memberPath: string; fault: { code: string; params: Record<string, string | number> } };

export interface ExtractOptions extends ReaderRun {
  /** An empty folder; its content is the caller's to remove. */
  outDir: string;
  /** One after another, in the order of the archive, while the child goes on unpacking. */
  onMember(member: ExtractedMember): Promise<void>;
}

/** Unpacks an archive. Resolves when every member was handed over. */
export function runExtract(options: ExtractOptions): Promise<void> {
  const { path, outDir, limits, onMember } = options;
  const task: ReaderTask = { task: 'extract', path, outDir, limits };
  const caps = { maxFileBytes: limits.maxMemberBytes + 1024 * 1024, ...options.caps };
  return withChild({ ...options, caps }, { task }, async ({ child, next }) => {
    for (;;) {
      const message = await next('member', 'member_fault', 'extracted');
      if (message.type === 'extracted') return;
      const member: ExtractedMember =
        message.type === 'member'
          ? { memberPath: message.memberPath, path: message.path, sizeBytes: message.sizeBytes, fault: null }
          : { memberPath: message.memberPath, fault: message.fault };
      await child.whilePaused(() => onMember(member));
    }
  });
}

export interface ReadRowOptions extends ReaderRun {
  overrides: MappingOverrides;
  sheet: string | null;
  row: number;
}

/** One raw row read again, with the header above it; `row` is null when the file has none of that number. */
export function runReadRow(options: ReadRowOptions): Promise<{ header: (string | null)[]; row: RawRow | null }> {
  const { path, overrides, sheet, row, limits } = options;
  return withChild(options, { task: { task: 'row', path, overrides, sheet, row, limits } }, async ({ next }) => {
    const message = await next('row');
    return { header: message.header, row: message.row };
  });
}

export interface ReadRowsOptions extends ReaderRun {
  overrides: MappingOverrides;
  /** the sheets that were loaded, in file order */
  sheets: (string | null)[];
  /** a file with the row_index of each wanted row, rising, one a line */
  wantedPath: string;
  onLine(line: RowLine): Promise<void>;
}

/** Headers and raw rows read again, in the order of the file; the child waits while `onLine` works. */
export function runReadRows(options: ReadRowsOptions): Promise<void> {
  const { path, overrides, sheets, wantedPath, limits, onLine } = options;
  return withChild(
    options,
    { task: { task: 'rows', path, overrides, sheets, wantedPath, limits } },
    async ({ child, next }) => {
      const reading = (async () => {
        let rest = '';
        const decoder = new TextDecoder();
        for await (const chunk of child.rows) {
          const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) await child.whilePaused(() => onLine(JSON.parse(line) as RowLine));
        }
      })();
      reading.catch((error: unknown) => child.fail(error));
      await next('rows_end');
      await Promise.race([reading, child.failed]);
    },
  );
}

interface Conversation {
  child: ReaderProcess;
  caps: ReaderCaps;
  /** The next message of the child, which must be one of these; rejects when the run fails. */
  next<T extends ChildMessage['type']>(...types: T[]): Promise<Extract<ChildMessage, { type: T }>>;
}

interface ChildTask {
  task: ReaderTask;
  zoneShiftHours?: number;
  onProgress?(progress: LoadProgress): void;
  onCorrected?(rows: readonly CorrectionMade[]): void;
}

async function withChild<T>(
  run: ReaderRun,
  { task, zoneShiftHours, onProgress, onCorrected }: ChildTask,
  body: (conversation: Conversation) => Promise<T>,
): Promise<T> {
  const head = await readFileHead(run.path, 1_024);
  const caps = { ...defaultCaps(run.sizeBytes, head), ...run.caps };
  const arrived: ChildMessage[] = [];
  let wake: () => void = () => {};
  const use: ReaderUse = {
    deadlineMs: caps.deadlineMs,
    signal: run.signal,
    onPid: run.onPid,
    onMessage(message) {
      if (message.type === 'progress')
        onProgress?.({ rowsRead: message.rowsRead, rowsStaged: message.rowsStaged, bytes: message.bytes });
      else if (message.type === 'corrected') onCorrected?.(message.rows);
      else arrived.push(message);
      wake();
    },
  };
  run.signal.throwIfAborted();
  // caps that somebody chose are no spare's
  const offered = task.task === 'load' && run.caps === undefined ? run.spare : undefined;
  const spare = (await offered?.take({ path: run.path, sizeBytes: run.sizeBytes, head }, use)) ?? null;
  const child = spare?.child ?? (await openReaderProcess({ ...use, caps, access: accessOf(task) }));

  async function next<K extends ChildMessage['type']>(...types: K[]): Promise<Extract<ChildMessage, { type: K }>> {
    while (arrived.length === 0) await Promise.race([new Promise<void>((resolve) => (wake = resolve)), child.failed]);
    const message = arrived.shift()!;
    if (!(types as string[]).includes(message.type))
      throw new Error(`reader child said ${message.type} instead of ${types.join(' or ')}`);
    return message as Extract<ChildMessage, { type: K }>;
  }

  try {
    const own = spare === null ? task : { ...task, path: spare.path };
    child.send({ type: 'task', task: own, zoneShiftHours });
    return await body({ child, caps, next });
  } catch (error) {
    const tail = child.stderrTail();
    if (tail !== '') run.onStderr?.(tail);
    throw error;
  } finally {
    await child.finish();
  }
}
