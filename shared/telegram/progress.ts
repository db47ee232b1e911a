/** The one message of an upload as it reads now: received, at work, and in the end what became of each file. */
import type { InlineKeyboardButton } from 'grammy/types';
import type { Config } from '../config.ts';
import { type AppError, type ErrorCode } from '../errors.ts';
import { isFinalFile } from '../ingest/session-state.ts';
import { fileView } from '../uploads/file-view.ts';
import type { FileRow } from '../uploads/files-repository.ts';
import { errorTexts, valueWords, wordOf } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { renderText } from '../texts/text.ts';
import type { DocumentRow } from './documents.ts';
import { fileName, foreign, foreignSentence, html } from './markup.ts';
import { MAX_TEXT } from './bot-api.ts';
import { pageUrl } from './incoming.ts';
import type { MessageBody } from './messages.ts';
import { plainly, say } from './say.ts';

export interface UploadRow {
  id: string;
  door_key: string;
  chat_id: string;
  user_id: string;
  state: 'collecting' | 'loading' | 'watching' | 'ended';
  attempts: number;
  session_id: string | null;
  fault: { code: ErrorCode; params: Record<string, string | number> } | null;
  attention_before: number | null;
}

export interface Progress {
  config: Config;
  lang: Lang;
  upload: UploadRow;
  documents: readonly DocumentRow[];
  session: {
    files: readonly FileRow[];
    ended: boolean;
    attentionNow: number | null;
    /** when the first file of the same bytes was loaded, by the id of the file that is a duplicate */
    loadedAt: ReadonlyMap<string, string>;
  } | null;
}

export function progressBody(progress: Progress): MessageBody {
  const { config, lang, upload, documents, session } = progress;
  const lines = [headOf(progress)];
  if (upload.fault !== null)
    lines.push(say('refused', lang, { message: html(foreignSentence(faultText(upload.fault, lang))) }));
  const files = session?.files ?? [];
  const shown = files.map((file) => fileLines(file, session, lang));
  let room = MAX_TEXT - 900;
  let left = 0;
  for (const lineOfFile of shown) {
    if (lineOfFile.length > room) left += 1;
    else lines.push(lineOfFile);
    room -= lineOfFile.length;
  }
  if (left > 0) lines.push(say('more_files', lang, { count: left }));
  for (const document of documents.filter(({ fault }) => fault !== null).slice(0, 10))
    lines.push(
      say(document.fault === 'too_big' ? 'upload_too_big' : 'upload_not_fetched', lang, {
        file: html(fileName(document.name, 60)),
      }),
    );
  if (session?.ended === true && session.attentionNow !== null && upload.attention_before !== null)
    lines.push(say('attention', lang, { now: session.attentionNow, before: upload.attention_before }));
  const keyboard = linksOf(config, lang, upload, documents);
  return { text: lines.join('\n\n'), ...(keyboard.length === 0 ? {} : { keyboard: [keyboard] }) };
}

function headOf({ lang, upload, documents, session }: Progress): string {
  if (session === null)
    return say(upload.state === 'ended' || upload.attempts <= 1 ? 'upload_received' : 'upload_loading', lang, {
      count: documents.length,
    });
  const total = session.files.length;
  const done = session.files.filter(({ status }) => isFinalFile(status)).length;
  if (!session.ended) return say('upload_processing', lang, { done, total });
  const calm = session.files.every(({ status }) => status === 'completed' || status === 'duplicate');
  return say(calm ? 'upload_ended' : 'upload_attention', lang, { total });
}

function linksOf(
  config: Config,
  lang: Lang,
  upload: UploadRow,
  documents: readonly DocumentRow[],
): InlineKeyboardButton[] {
  const buttons: InlineKeyboardButton[] = [];
  const session = upload.session_id === null ? null : pageUrl(config, `/sessions/${upload.session_id}`);
  if (session !== null) buttons.push({ text: plainly('open_session', lang), url: session });
  const page = documents.some(({ fault }) => fault === 'too_big') ? pageUrl(config, '/upload') : null;
  if (page !== null) buttons.push({ text: plainly('open_upload', lang), url: page });
  return buttons;
}

/** As the page words a refusal. */
export function faultText(
  { code, params }: { code: ErrorCode; params: Record<string, string | number> },
  lang: Lang,
): string {
  return renderText(errorTexts, code, params, lang);
}

export const faultOfError = (error: AppError): NonNullable<UploadRow['fault']> => ({
  code: error.code,
  params: error.params,
});

function fileLines(row: FileRow, session: Progress['session'], lang: Lang): string {
  const view = fileView(row, lang);
  const source = row.source === null ? '' : ` — ${foreign(wordOf(valueWords, row.source, lang))}`;
  const head = say('file_line', lang, { file: html(fileName(row.name)), source: html(source) });
  return `${head}\n${stateLine(view, session?.loadedAt.get(row.id) ?? null, lang)}`;
}

function stateLine(view: ReturnType<typeof fileView>, loadedAt: string | null, lang: Lang): string {
  switch (view.status) {
    case 'queued':
      return say('file_waiting', lang);
    case 'processing':
      return say('file_working', lang, { percent: Math.floor(view.progress * 10) * 10 });
    case 'needs_mapping':
      return say('file_asks', lang);
    case 'duplicate':
      return say('file_duplicate', lang, { at: html(loadedAt ?? '—') });
    case 'failed':
      return `❌ ${foreignSentence(view.error?.message ?? view.status)}`;
    case 'cancelled':
      return say('file_cancelled', lang);
    case 'undone':
      return say('file_undone', lang);
    case 'previewed':
      return say('file_previewed', lang);
    default: {
      const { rows } = view;
      const { new: added, updated, filled, changed, unchanged, rejected } = rows;
      const share = shareAccepted(added + updated + unchanged, rejected);
      return say('file_rows', lang, { share, added, updated, filled, changed, unchanged, rejected });
    }
  }
}

/** Whole percent; a hundred only where nothing was rejected. */
function shareAccepted(accepted: number, rejected: number): number {
  return rejected === 0 ? 100 : Math.floor((accepted * 100) / (accepted + rejected));
}
