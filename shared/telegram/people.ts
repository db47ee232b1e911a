/** Who is at the other end of a chat, and what they chose. */
import type { User as TelegramUser } from 'grammy/types';
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { findUserByTelegramId, type User } from '../auth/users.ts';
import { DEFAULT_LANG, LANGS, type Lang } from '../texts/languages.ts';

export interface ChatPerson {
  telegramId: string;
  /** what Telegram says of them */
  from: TelegramUser;
  /** null = a stranger */
  user: User | null;
  lang: Lang;
}

export async function personOf(db: DbOrTransaction, from: TelegramUser): Promise<ChatPerson> {
  const telegramId = String(from.id);
  const user = await findUserByTelegramId(db, telegramId);
  const chosen = user === null ? null : await langOf(db, user.id);
  return { telegramId, from, user, lang: chosen ?? spoken(from.language_code) };
}

/** As their client speaks; Russian where it speaks none of ours. */
function spoken(code: string | undefined): Lang {
  return LANGS.find((lang) => code?.toLowerCase().startsWith(lang)) ?? DEFAULT_LANG;
}

async function langOf(db: DbOrTransaction, userId: string): Promise<Lang | null> {
  const row = await selectRow<{ lang: Lang | null }>(db, 'select lang from telegram_preferences where user_id = ?', [
    userId,
  ]);
  return row?.lang ?? null;
}

export async function chooseLang(db: DbOrTransaction, userId: string, lang: Lang): Promise<void> {
  await execute(
    db,
    `insert into telegram_preferences (user_id, lang) values (?, ?) on conflict (user_id) do update
      set lang = excluded.lang`,
    [userId, lang],
  );
}

export interface Recipient {
  userId: string;
  telegramId: string;
  lang: Lang;
}

/** A person's chat with the bot and their language; null without one, and for who is blocked: they hear nothing. */
export async function recipientOf(db: DbOrTransaction, userId: string): Promise<Recipient | null> {
  const found = await chatOf(db, userId);
  return found === null || found.status === 'blocked' ? null : found;
}

/** The same of anybody, also to tell them that they were blocked. */
export function chatOf(db: DbOrTransaction, userId: string): Promise<(Recipient & { status: User['status'] }) | null> {
  return selectRow<Recipient & { status: User['status'] }>(
    db,
    `select u.id::text as "userId", u.telegram_id::text as "telegramId", coalesce(p.lang, 'ru') as lang, u.status
     from users u
     left join telegram_preferences p on p.user_id = u.id
     where u.id = ? and u.telegram_id is not null`,
    [userId],
  );
}

/** What people call a user. */
export function displayName(user: Pick<User, 'firstName' | 'lastName' | 'username' | 'email' | 'id'>): string {
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
  return name !== '' ? name : (user.username ?? user.email ?? `#${user.id}`);
}
