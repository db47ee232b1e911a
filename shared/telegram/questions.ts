/**
 * A file that asks what it is: the question as a message with the possible answers, and the answer as the page gives
 * it.
 */
import type { InlineKeyboardButton } from 'grammy/types';
import { CACHE_TAG_MAPPINGS } from '../cache/cache.ts';
import { AppError } from '../errors.ts';
import { sources } from '../ingest/sources/index.ts';
import type { SourceName } from '../ingest/sources/source.ts';
import { valueWords, wordOf } from '../texts/tables.ts';
import type { Lang } from '../texts/languages.ts';
import { cancelFile, mapFile, type MappingRequest } from '../uploads/file-actions.ts';
import { fileDetailView } from '../uploads/file-view.ts';
import { type FileRow, findFile } from '../uploads/files-repository.ts';
import { execute } from '../db/rows.ts';
import { type BotDeps, type KnownIncoming, mayUse, pageUrl } from './incoming.ts';
import { fileName, foreignSentence, html } from './markup.ts';
import { putMessage, rewriteMessages } from './messages.ts';
import { displayName } from './people.ts';
import { faultText } from './progress.ts';
import { plainly, say } from './say.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const questionKey = (file: FileRow): string => `question:${file.id}:${file.run}:`;

/** One message a question, however often it is looked at. */
export async function askQuestions(
  { db, config }: BotDeps,
  files: readonly FileRow[],
  { chatId, lang }: { chatId: string; lang: Lang },
): Promise<void> {
  for (const file of files.filter(({ status }) => status === 'needs_mapping')) {
    const buttons = answersTo(file, lang).map((one): InlineKeyboardButton[] => [one]);
    const page = pageUrl(config, `/files/${file.id}`);
    if (page !== null) buttons.push([{ text: plainly('open_session', lang), url: page }]);
    await putMessage(db, {
      key: `${questionKey(file)}${chatId}`,
      chatId,
      text: wordsOf(file, lang),
      keyboard: buttons,
    });
  }
}

function wordsOf(file: FileRow, lang: Lang): string {
  const question = fileDetailView(file, lang).recognition?.question ?? null;
  return say('question', lang, {
    file: html(fileName(file.name)),
    question: html(foreignSentence(question?.message ?? '')),
  });
}

interface Answer {
  /** of the button */
  data: string;
  words: string;
  request: MappingRequest | 'cancel';
}

function possible(file: FileRow, lang: Lang): Answer[] {
  const question = fileDetailView(file, lang).recognition?.question ?? null;
  const cancel: Answer = { data: 'cancel', words: plainly('cancel_file', lang), request: 'cancel' };
  const styled = (style: 'date_only' | 'day_first' | 'month_first'): Answer => ({
    data: style,
    words: plainly(style, lang),
    request: { styles: { [String(question?.params['field'] ?? '')]: style }, remember: false },
  });
  switch (question?.code) {
    case undefined:
      return [cancel];
    case 'mapping_drift':
      return [{ data: 'drift', words: plainly('accept_drift', lang), request: { acceptDrift: true } }, cancel];
    case 'records_would_be_replaced':
      return [
        { data: 'new', words: plainly('identities_new', lang), request: { identities: 'new' } },
        { data: 'replace', words: plainly('identities_replace', lang), request: { identities: 'replace' } },
        cancel,
      ];
    case 'times_without_clock':
      return [styled('date_only'), cancel];
    case 'date_order_ambiguous':
      return [styled('day_first'), styled('month_first'), cancel];
    default: {
      const candidates = question?.candidates ?? [];
      const all = candidates.length > 0 ? candidates : (Object.keys(sources) as SourceName[]);
      return [...all.map((source) => ofSource(source, lang)), cancel];
    }
  }
}

const ofSource = (source: SourceName, lang: Lang): Answer => ({
  data: source,
  words: wordOf(valueWords, source, lang),
  request: { source },
});

const answersTo = (file: FileRow, lang: Lang): InlineKeyboardButton[] =>
  possible(file, lang).map(({ data, words }) => ({ text: words, callback_data: `map:${file.id}:${data}` }));

/**
 * Somebody pressed an answer. What the button says is looked up anew: a client may send any data it likes.
 * @returns what the press is answered with
 */
export async function answerQuestion(incoming: KnownIncoming, data: readonly string[]): Promise<string> {
  const { deps, user, person, requestId, address } = incoming;
  const [, fileId = '', wanted] = data;
  if (!(await mayUse(incoming, 'operator'))) return '';
  const file = UUID.test(fileId) ? await findFile(deps.db, fileId) : null;
  const answer =
    file === null || file.status !== 'needs_mapping'
      ? undefined
      : possible(file, person.lang).find((one) => one.data === wanted);
  if (file === null || answer === undefined) return plainly('stale_button', person.lang);
  const by = { userId: user.id, requestId, address };
  try {
    if (answer.request === 'cancel') await cancelFile(deps, file.id, by);
    else {
      await mapFile(deps, file.id, answer.request, by);
      await deps.cache.dropTags([CACHE_TAG_MAPPINGS]);
      const ticket = file.preview ? null : await findFile(deps.db, file.id);
      if (ticket !== null)
        await deps.dispatcher.dispatch({ name: 'process-file', id: ticket.id, fence: ticket.fence, requestId });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return faultText({ code: error.code, params: error.params }, person.lang);
  }
  await rewriteMessages(deps.db, questionKey(file), {
    text: say('answered', person.lang, {
      question: html(wordsOf(file, person.lang)),
      answer: answer.words,
      by: displayName(user),
    }),
  });
  // not one to which a part has come since: that is loaded first, and then it is watched by itself
  await execute(
    deps.db,
    `update telegram_uploads set state = 'watching', next_attempt_at = clock_timestamp()
     where session_id = ? and state in ('watching', 'ended')`,
    [file.session_id],
  );
  return plainly('done', person.lang);
}
