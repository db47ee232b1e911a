/** Sends files as one session and, if wanted, sees it to its end: for `upload` and `watch`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { AwayError } from '../client/away-error.ts';
import { answerOf, refusalOf } from '../client/client.ts';
import { comeAgain } from '../client/retrying-fetch.ts';
import type { Shape } from '../client/shapes.ts';
import { EXIT, type ExitCode, type Run } from './command.ts';
import { UsageError } from './usage-error.ts';
import { shown } from '../shared/texts/shown.ts';
import { createProgress, type Progress } from './progress.ts';
import { FileReadError, type FileToSend, sendFiles } from './send-files.ts';
import { requestHeaders } from './request-headers.ts';
import { bytesText, stateText, worded } from './texts.ts';

export type Session = Shape<'Session'>;
type SessionFile = Session['files'][number];

export interface UploadOptions {
  fields: Readonly<Record<string, string>>;
  wait: boolean;
}

const ATTEMPTS = 6;
const POLL_MS = 400;
/** How long a server that was there may be away before waiting for it is given up. */
const AWAY_LIMIT_MS = 60_000;

/** @returns the session as it is at its end, or as it was accepted */
export async function uploadSession(run: Run, files: readonly FileToSend[], options: UploadOptions): Promise<Session> {
  const progress = createProgress(run);
  try {
    const session = await accepted(run, files, options.fields, progress);
    if (!options.wait) return session;
    return await ended(run, session, progress);
  } finally {
    progress.clear();
  }
}

/** Sends until it is accepted: 429 and 503 are come back to as the server says. */
async function accepted(
  run: Run,
  files: readonly FileToSend[],
  fields: Readonly<Record<string, string>>,
  progress: Progress,
): Promise<Session> {
  const { url, token } = run.settings();
  const { signal } = run.io;
  let bytes = 0;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await sendFiles({
      url: `${url}/api/v1/files`,
      headers: requestHeaders(token, run.lang),
      fields,
      files,
      signal,
      onBytes: (sent, total) => {
        bytes = total;
        progress.show(sent / total, `${worded('sending', run.lang)} ${bytesText(sent, run.lang)}`);
      },
    }).catch((error: unknown) => {
      throw error instanceof FileReadError ? unreadable(error, run) : error;
    });
    if (answer.status === 200 || answer.status === 202) {
      progress.clear();
      run.note(worded('sent', run.lang, { count: files.length, bytes: bytesText(bytes, run.lang) }));
      return (answer.body as { session: Session }).session;
    }
    if (![429, 503].includes(answer.status) || attempt === ATTEMPTS) throw refusalOf(answer.status, answer.body);
    progress.clear();
    await comeAgain(answer.retryAfter, attempt, {
      signal,
      onWait: (seconds) => run.note(worded('waiting', run.lang, { seconds })),
    });
  }
}

function unreadable({ path, reason }: FileReadError, { lang }: Run): UsageError {
  return new UsageError(worded(reason === 'changed' ? 'fileChanged' : 'noFile', lang, { path: shown(path), reason }));
}

const isOpen = ({ status }: Pick<Session, 'status'>): boolean => status === 'queued' || status === 'processing';

/** Each file is told once, when it has ended. */
async function ended(run: Run, first: Session, progress: Progress): Promise<Session> {
  const client = run.client();
  const reported = new Set<string>();
  let session = first;
  let seenAt = performance.now();
  for (;;) {
    for (const file of session.files) {
      if (isOpenFile(file) || reported.has(file.id)) continue;
      reported.add(file.id);
      progress.clear();
      run.say(fileText(file, run));
    }
    if (!isOpen(session)) return session;
    progress.show(session.progress, worded('processing', run.lang));
    await sleep(POLL_MS, undefined, { signal: run.io.signal });
    try {
      session = await answerOf(client.GET('/api/v1/sessions/{id}', { params: { path: { id: first.id } } }));
      seenAt = performance.now();
    } catch (error) {
      if (!(error instanceof AwayError) || performance.now() - seenAt > AWAY_LIMIT_MS) throw error;
    }
  }
}

const isOpenFile = ({ status }: SessionFile): boolean => status === 'queued' || status === 'processing';

/** "✓ click.csv  click  completed  ID" and below it what its rows came to, or what stands against it. */
export function fileText(file: SessionFile, run: Pick<Run, 'lang'>): string {
  const { lang } = run;
  const bad = ['failed', 'cancelled'].includes(file.status);
  const sign = bad ? '✗' : file.status === 'needs_mapping' ? '?' : '✓';
  const head = [shown(file.name), file.source, stateText(file.status, lang), file.id];
  const lines = [`${sign} ${head.filter(Boolean).join('  ')}`];
  if (file.rows.read > 0) lines.push(`    ${worded('rows', lang, file.rows)}`);
  if (file.preview !== null) lines.push(`    ${worded('wouldDo', lang, file.preview.orders)}`);
  if (file.error !== null) lines.push(`    ${shown(file.error.message)} [${file.error.code}]`);
  if (file.error?.hint) lines.push(`    ${shown(file.error.hint)}`);
  for (const warning of file.warnings) lines.push(`    ! ${shown(warning.message)}`);
  return lines.join('\n');
}

/** The worst of its files: 1 one failed or was stopped, 2 one has a question, else 0. */
export function exitOf(sessions: readonly Session[]): ExitCode {
  const states = sessions.flatMap(({ files }) => files.map(({ status }) => status));
  if (states.some((status) => status === 'failed' || status === 'cancelled')) return EXIT.failed;
  return states.includes('needs_mapping') ? EXIT.questions : EXIT.done;
}
