/** How a stranger becomes a person: they ask, administrators decide, everybody concerned is told. */
import type { InlineKeyboardButton } from 'grammy/types';
import { recordAudit } from '../audit/audit.ts';
import { strangersName } from '../auth/telegram.ts';
import { findOrApply } from '../auth/telegram-person.ts';
import { reaches, ROLES, type Role } from '../auth/principal.ts';
import { findUser, type User } from '../auth/users.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { selectRow, selectRows } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { noticeRecipients } from './notice-settings.ts';
import type { Lang } from '../texts/languages.ts';
import { UPLOAD_ROLE } from '../uploads/uploads.ts';
import type { Incoming, KnownIncoming } from './incoming.ts';
import { foreign, type Html, html } from './markup.ts';
import { BLOCKED_KEY, putMessage } from './messages.ts';
import { chatOf, chooseLang, displayName } from './people.ts';
import { plainly, roleWord, say } from './say.ts';
import { unmetAdministrators } from '../notices/unmet-administrators.ts';

const applicationKey = (userId: string): string => `application:${userId}:`;

/** The person behind this chat, as an applicant where nobody knew them. */
export function takeIn({ deps, person, address, requestId }: Incoming): Promise<User> {
  const { from, telegramId } = person;
  const isAdmin = deps.config.telegram.adminIds.includes(telegramId);
  const given = {
    telegramId,
    username: strangersName(from.username ?? ''),
    firstName: strangersName(from.first_name ?? ''),
    lastName: strangersName(from.last_name ?? ''),
  };
  return deps.db.transaction((trx) => findOrApply(trx, given, isAdmin, { address, requestId }));
}

/** A stranger pressed *Подать заявку*. */
export async function apply(incoming: Incoming): Promise<void> {
  const { deps, person, reply } = incoming;
  const user = await takeIn(incoming);
  if (user.status === 'blocked') return;
  if (user.status === 'approved') return reply(greeting(user, person.lang));
  // the answer comes in the language they asked in
  await chooseLang(deps.db, user.id, person.lang);
  const unmet = await unmetAdministrators(deps.db, deps.config.telegram.adminIds);
  const readers: { telegramId: string; lang: Lang; quiet: boolean }[] = [
    ...(await noticeRecipients(deps.db, 'applicant')),
    ...unmet.map((telegramId) => ({ telegramId, lang: 'ru' as const, quiet: true })),
  ];
  for (const { telegramId, lang, quiet } of readers)
    await putMessage(deps.db, {
      key: `${applicationKey(user.id)}${telegramId}`,
      chatId: telegramId,
      text: describe(user, lang),
      keyboard: choices(user, lang),
      // somebody waits: in the night it comes too, without a sound
      soundless: quiet,
    });
  await reply({ text: say('applied', person.lang) });
}

export function greeting(user: User, lang: Lang): { text: string } {
  const role = roleWord(user.role, lang);
  return { text: say('welcome', lang, { name: displayName(user), role, firstStep: firstStep(user, lang) }) };
}

/** Who may not send files is not asked to. */
function firstStep({ role }: User, lang: Lang): Html {
  return html(say(reaches(role, UPLOAD_ROLE) ? 'first_step_send' : 'first_step_look', lang));
}

export function describe(user: User, lang: Lang): string {
  return say('applicant', lang, {
    name: displayName(user),
    telegramId: user.telegramId ?? '—',
    // written by a stranger: shown, never a mention
    username: html(user.username === null ? '' : `\n@\u2060${foreign(user.username)}`),
  });
}

export function choices(user: User, lang: Lang): InlineKeyboardButton[][] {
  const approveAs = (role: Role): InlineKeyboardButton => ({
    text: plainly('approve_as', lang, { role: roleWord(role, lang) }),
    callback_data: `ok:${user.id}:${role}`,
  });
  return [
    [
      { text: plainly('approve', lang), callback_data: `ok:${user.id}` },
      { text: plainly('reject', lang), callback_data: `no:${user.id}` },
      { text: plainly('postpone', lang), callback_data: `later:${user.id}` },
    ],
    ROLES.slice(1).map(approveAs).slice(0, 2),
    [approveAs('admin')],
  ];
}

/**
 * An administrator pressed one of the buttons. Whoever comes second is told who was first.
 * @returns what the press is answered with
 */
export async function decide(incoming: KnownIncoming, data: readonly string[]): Promise<string> {
  const { deps, user: admin, person, address, requestId } = incoming;
  const [what, userId = '', roleText] = data;
  const applicant = await findUser(deps.db, userId);
  if (applicant === null) return plainly('stale_button', person.lang);
  if (applicant.status !== 'pending') return said(await whoDecided(deps.db, applicant), applicant, person.lang);
  const actor = { actorId: admin.id, address, requestId };
  if (what === 'later') return postpone(incoming, userId);
  const role = ROLES.find((one) => one === roleText);
  try {
    const decided =
      what === 'ok'
        ? await deps.accounts.approve(actor, userId, role, 'pending')
        : await deps.accounts.block(actor, userId, 'pending');
    await tellDecision(deps.db, decided);
    const by = await whoDecided(deps.db, decided);
    await rewrite(deps.db, decided, decided.status === 'blocked' ? 'decided_blocked' : 'decided_approved', by);
    return said(by, decided, person.lang);
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return plainly('stale_button', person.lang);
    throw error;
  }
}

/**
 * Once an applicant, though it can be decided any time. All of it while nobody can decide: what is said of a decision
 * comes after it.
 * @returns what the press is answered with
 */
function postpone({ deps, user, person, address, requestId }: KnownIncoming, userId: string): Promise<string> {
  return deps.db.transaction(async (trx) => {
    const applicant = await findUser(trx, userId, { lock: true });
    if (applicant === null) return plainly('stale_button', person.lang);
    if (applicant.status !== 'pending') return said(await whoDecided(trx, applicant), applicant, person.lang);
    const before = await whoDid(trx, 'users.postponed', applicant);
    const subject = `user:${applicant.id}`;
    if (before === null)
      await recordAudit(trx, { actorId: user.id, action: 'users.postponed', subject, address, requestId });
    const by = before ?? displayName(user);
    await rewrite(trx, applicant, 'decided_postponed', by);
    await tell(trx, applicant.id, `postponed:${applicant.id}`, 'you_are_postponed');
    return plainly('decided_postponed', person.lang, { by });
  });
}

function said(by: string, user: User, lang: Lang): string {
  return user.status === 'blocked'
    ? plainly('decided_blocked', lang, { by })
    : plainly('decided_approved', lang, { by, role: roleWord(user.role, lang) });
}

/** Who let them in or kept them out last, wherever that was done. */
async function whoDecided(db: DbOrTransaction, user: User): Promise<string> {
  return (await whoDid(db, user.status === 'blocked' ? 'users.blocked' : 'users.approved', user)) ?? '—';
}

async function whoDid(
  db: DbOrTransaction,
  action: 'users.blocked' | 'users.approved' | 'users.postponed',
  user: User,
): Promise<string | null> {
  const row = await selectRow<{ actor_id: string | null }>(
    db,
    `select actor_id::text
     from audit_log
     where action = ? and subject = ?
     order by id desc
     limit 1`,
    [action, `user:${user.id}`],
  );
  const by = typeof row?.actor_id === 'string' ? await findUser(db, row.actor_id) : null;
  return by === null ? null : displayName(by);
}

/** What administrators were asked about this person reads as decided; who was not asked is not told. */

async function rewrite(
  db: DbOrTransaction,
  user: User,
  code: 'decided_approved' | 'decided_blocked' | 'decided_postponed',
  by: string,
): Promise<void> {
  const asked = await selectRows<{ key: string; chatId: string; lang: Lang }>(
    db,
    `select m.message_key as key, m.chat_id::text as "chatId", coalesce(p.lang, 'ru') as lang
     from telegram_messages m left join users u on u.telegram_id = m.chat_id
     left join telegram_preferences p on p.user_id = u.id where starts_with(m.message_key, ?)`,
    [applicationKey(user.id)],
  );
  for (const { key, chatId, lang } of asked)
    await putMessage(db, {
      key,
      chatId,
      text: `${describe(user, lang)}\n\n${say(code, lang, { by, role: roleWord(user.role, lang) })}`,
      ...(code === 'decided_postponed' ? { keyboard: choices(user, lang) } : {}),
      soundless: true,
    });
}

/** The person hears what was decided about them, once a decision, whoever decided it and where. */
export async function tellDecision(db: Db, user: User): Promise<void> {
  if (user.status === 'blocked')
    await tell(db, user.id, `${BLOCKED_KEY}${user.id}:${user.tokenVersion}`, 'you_are_rejected');
  else await tell(db, user.id, `approved:${user.id}:${user.approvedAt?.getTime() ?? 0}`, 'you_are_approved');
}

async function tell(
  db: DbOrTransaction,
  userId: string,
  key: string,
  code: 'you_are_approved' | 'you_are_rejected' | 'you_are_postponed',
): Promise<void> {
  const [to, user] = [await chatOf(db, userId), await findUser(db, userId)];
  if (to === null || user === null) return;
  await putMessage(db, {
    key,
    chatId: to.telegramId,
    text: say(code, to.lang, { role: roleWord(user.role, to.lang), firstStep: firstStep(user, to.lang) }),
  });
}

/** Whoever applied here and was let in on the page hears so here. */
export async function tellDecidedElsewhere(db: Db): Promise<void> {
  const rows = await selectRows<{ id: string }>(
    db,
    `select u.id::text from users u where u.telegram_id is not null and u.status = 'approved'
       and u.approved_at > clock_timestamp() - interval '1 hour'
       and exists (select from telegram_messages m where starts_with(m.message_key, 'application:' || u.id || ':'))`,
  );
  for (const { id } of rows) {
    const user = await findUser(db, id);
    if (user !== null) await tellDecision(db, user);
  }
}
