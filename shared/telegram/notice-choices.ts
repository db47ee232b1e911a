/** `/notices` and `/stop`: what a person is told, chosen by buttons on one message. */
import type { InlineKeyboardButton } from 'grammy/types';
import { CHOICE_KINDS, changeNotices, noticeSettings } from './notice-settings.ts';
import type { KnownIncoming } from './incoming.ts';
import { html } from './markup.ts';
import { type OutgoingMessage, putMessage } from './messages.ts';
import { plainly, say } from './say.ts';

export async function showNotices(incoming: KnownIncoming): Promise<void> {
  await putMessage(incoming.deps.db, { ...(await bodyOf(incoming)), fresh: true });
}

export async function stopNotices({ deps, user, person, reply }: KnownIncoming): Promise<void> {
  await changeNotices(deps.db, user.id, { off: true });
  await reply({ text: say('notices_stopped', person.lang) });
}

/** @param what a kind of notice, `quiet` or `off`; anything else changes nothing */
export async function toggleNotice(incoming: KnownIncoming, what: string): Promise<void> {
  const { deps, user } = incoming;
  const { kinds, quiet, off } = await noticeSettings(deps.db, user.id);
  const on = kinds.filter((one) => one.on).map(({ kind }) => kind);
  const kind = CHOICE_KINDS.find((one) => one === what);
  if (what === 'quiet') await changeNotices(deps.db, user.id, { quiet: !quiet });
  else if (what === 'off') await changeNotices(deps.db, user.id, { off: off === null });
  else if (kind !== undefined && kinds.some((one) => one.kind === kind))
    await changeNotices(deps.db, user.id, {
      kinds: on.includes(kind) ? on.filter((one) => one !== kind) : [...on, kind],
    });
  await putMessage(deps.db, await bodyOf(incoming));
}

async function bodyOf({ deps, user, person, chatId }: KnownIncoming): Promise<OutgoingMessage> {
  const { lang } = person;
  const { kinds, quiet, off } = await noticeSettings(deps.db, user.id);
  const button = (on: boolean, words: string, data: string): InlineKeyboardButton[] => [
    { text: `${on ? '✅' : '▫️'} ${words}`, callback_data: `notice:${data}` },
  ];
  return {
    key: `choices:${chatId}`,
    chatId,
    text: say('notices_lead', lang, { off: html(off === null ? '' : say('notices_off', lang)) }),
    keyboard: [
      button(off === null, plainly('notices_all', lang), 'off'),
      button(quiet, plainly('notices_quiet', lang), 'quiet'),
      ...kinds.map(({ kind, on }) => button(on, plainly(`notice_${kind}`, lang), kind)),
    ],
  };
}
