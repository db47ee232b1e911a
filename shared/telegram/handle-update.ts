/** One update of the inbox: who is it, may they, how often, and what they want. */
import type { Message } from 'grammy/types';
import { reaches } from '../auth/principal.ts';
import { useBinding } from '../auth/telegram-binding.ts';
import { touchUser } from '../auth/users.ts';
import { withContext } from '../context.ts';
import { databaseNow } from '../coverage/missing-days.ts';
import { rateLimited } from '../limits/rate-limits.ts';
import { UPLOAD_ROLE } from '../uploads/uploads.ts';
import { apply, decide, takeIn } from './applications.ts';
import { faultOf } from './bot-api.ts';
import { collectDocument } from './collect.ts';
import { runCommand } from './commands.ts';
import { type BotDeps, createReply, type Incoming, type KnownIncoming, mayUse } from './incoming.ts';
import { putMessage } from './messages.ts';
import { toggleNotice } from './notice-choices.ts';
import { displayName, personOf } from './people.ts';
import { faultOfError, faultText } from './progress.ts';
import { answerQuestion } from './questions.ts';
import { plainly, say } from './say.ts';
import type { ClaimedUpdate } from './updates.ts';

/** @returns whether a document was collected, so that somebody should look at the uploads soon */
export async function handleUpdate(
  deps: BotDeps,
  botId: string,
  { updateId, update }: ClaimedUpdate,
): Promise<boolean> {
  const { message, callback_query: pressed } = update;
  const from = pressed?.from ?? message?.from;
  const chat = pressed?.message?.chat ?? message?.chat;
  // in a group others would read what is answered
  if (from === undefined || chat === undefined || chat.type !== 'private' || from.is_bot) return false;
  const met = await personOf(deps.db, from);
  if (met.user?.status === 'blocked') return false;
  const key = `update:${botId}:${updateId}`;
  const stranger: Incoming = {
    deps,
    person: met,
    botId,
    chatId: String(chat.id),
    key,
    requestId: `telegram-${updateId}`,
    address: `telegram:${met.telegramId}`,
    reply: createReply(deps, key, String(chat.id)),
  };
  const person = await withRoleByNumber(stranger);
  const incoming = { ...stranger, person };
  return withContext(
    { requestId: incoming.requestId, ...(person.user === null ? {} : { userId: person.user.id }) },
    () =>
      pressed === undefined
        ? onMessage(incoming, message as Message)
        : onPress(incoming, pressed.id, pressed.data ?? ''),
  );
}

/** The update was given up: whoever waits for an answer is told. */
export async function sayFailed(deps: BotDeps, botId: string, { updateId, update }: ClaimedUpdate): Promise<void> {
  const from = update.callback_query?.from ?? update.message?.from;
  const chat = update.callback_query?.message?.chat ?? update.message?.chat;
  if (from === undefined || chat?.type !== 'private') return;
  const { user, lang } = await personOf(deps.db, from);
  if (user?.status !== 'approved') return;
  await putMessage(deps.db, {
    key: `update:${botId}:${updateId}:failed`,
    chatId: String(chat.id),
    text: say('failed', lang),
  });
}

/** Who is an administrator by number is one from the first word or press on, whatever it is. */
async function withRoleByNumber(incoming: Incoming): Promise<Incoming['person']> {
  const { deps, person } = incoming;
  const { user, telegramId } = person;
  if (!deps.config.telegram.adminIds.includes(telegramId)) return person;
  return user?.status === 'approved' && user.role === 'admin' ? person : { ...person, user: await takeIn(incoming) };
}

/** An upload counts when it is taken, as one, however many files it has. */
async function tooOften({ deps, person }: Incoming): Promise<ReturnType<typeof faultOfError> | null> {
  const state =
    person.user === null
      ? await deps.limits.takeAnonymous(`telegram:${person.telegramId}`)
      : await deps.limits.takeUser(person.user.id, { upload: false });
  return state === null || state.allowed ? null : faultOfError(rateLimited(state));
}

/** Once a minute: the answer is no flood of its own. */
async function sayTooOften({ deps, person, chatId }: Incoming, fault: Parameters<typeof faultText>[0]): Promise<void> {
  const minute = (await databaseNow(deps.db)).toISOString().slice(0, 16);
  const text = say('refused', person.lang, { message: faultText(fault, person.lang) });
  await putMessage(deps.db, { key: `often:${chatId}:${minute}`, chatId, text });
}

const mayUpload = (user: Incoming['person']['user']): boolean =>
  user?.status === 'approved' && reaches(user.role, UPLOAD_ROLE);

async function onMessage(incoming: Incoming, message: Message): Promise<boolean> {
  const { deps, person, reply } = incoming;
  const { lang } = person;
  const isCommand = message.text?.startsWith('/') === true;
  // a document of an album must not be lost for being the fiftieth message of a minute: the upload is what counts
  if (message.document === undefined || !mayUpload(person.user)) {
    const refused = await tooOften(incoming);
    if (refused !== null) {
      deps.logger.warn('a person writes to the bot too often', { event: 'telegram_rate' });
      if (person.user?.status === 'approved') await sayTooOften(incoming, refused);
      return false;
    }
  }
  const code = /^\/start ([A-Za-z0-9_-]{32})$/.exec(message.text ?? '')?.[1];
  if (code !== undefined) {
    await bind(incoming, code);
    return false;
  }
  const user = person.user;
  if (user === null || user.status !== 'approved') {
    await onStranger(incoming);
    return false;
  }
  const known: KnownIncoming = { ...incoming, user };
  await touchUser(deps.db, user.id);
  if (message.document !== undefined) {
    if (!(await mayUse(known, UPLOAD_ROLE))) return false;
    await collectDocument(deps.db, message, { botId: incoming.botId, userId: user.id });
    return true;
  }
  if (isCommand) await runCommand(known, message.text ?? '');
  else if (message.text === undefined) await reply({ text: say('send_as_file', lang) });
  else await reply({ text: say('unknown_command', lang) });
  return false;
}

/** The page of somebody who has an account sent them here. */
async function bind({ deps, person, address, requestId, reply }: Incoming, code: string): Promise<void> {
  const bound = await useBinding(deps.db, code, person.telegramId, { address, requestId });
  if (typeof bound === 'string') return reply({ text: say(`bind_${bound}`, person.lang) });
  await reply({ text: say('bound', person.lang, { name: displayName(bound.user) }) });
}

async function onStranger({ person, reply }: Incoming): Promise<void> {
  const { lang, user } = person;
  if (user !== null) return reply({ text: say('still_pending', lang) });
  await reply({
    text: say('hello_stranger', lang),
    keyboard: [[{ text: plainly('apply', lang), callback_data: 'apply' }]],
  });
}

async function onPress(incoming: Incoming, queryId: string, data: string): Promise<boolean> {
  const answer = await answerPress(incoming, data);
  // an answer only stops the button's clock: Telegram forgets the press after a minute, and nothing hangs on it
  await incoming.deps.api
    .answerCallbackQuery(queryId, { text: answer.slice(0, 200).toWellFormed() })
    .catch((error: unknown) =>
      incoming.deps.logger.debug('a press could not be answered', { kind: faultOf(error).kind }),
    );
  return data.startsWith('map:');
}

async function answerPress(incoming: Incoming, data: string): Promise<string> {
  const { person } = incoming;
  const { user, lang } = person;
  const refused = await tooOften(incoming);
  if (refused !== null) return faultText(refused, lang);
  const parts = data.split(':');
  if (parts[0] === 'apply') {
    if (user === null) await apply(incoming);
    return '';
  }
  if (user === null || user.status !== 'approved') return plainly('stale_button', lang);
  const known: KnownIncoming = { ...incoming, user };
  switch (parts[0]) {
    case 'ok':
    case 'no':
    case 'later':
      return (await mayUse(known, 'admin')) ? decide(known, parts) : '';
    case 'notice':
      await toggleNotice(known, parts[1] ?? '');
      return plainly('done', lang);
    case 'map':
      return answerQuestion(known, parts);
    default:
      return plainly('stale_button', lang);
  }
}
