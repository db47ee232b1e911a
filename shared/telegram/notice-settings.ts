/** Which notices a person gets by Telegram: as their role has it, or as they chose on the page or in the bot. */
import { reaches, type Role } from '../auth/principal.ts';
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import type { NoticeKind } from '../texts/notices.ts';
import { DEFAULT_LANG, type Lang } from '../texts/languages.ts';

/** What there is to choose from: the notices of the outbox, and two that the bot makes itself. */
export type ChoiceKind = NoticeKind | 'applicant' | 'file_processed';

interface Choice {
  /** the least role that may have it */
  role: Role;
  /** an error: not held back in the night */
  urgent: boolean;
  /** administrators have it unless they choose otherwise */
  usual: boolean;
}

const choice = (role: Role, urgent: boolean, usual = true): Choice => ({ role, urgent, usual });

export const NOTICE_CHOICES: Readonly<Record<ChoiceKind, Choice>> = {
  applicant: choice('admin', false),
  file_processed: choice('viewer', false, false),
  daily_report: choice('viewer', false),
  days_missing: choice('viewer', false),
  machines_failing: choice('viewer', false),
  errors: choice('operator', true),
  rows_refused: choice('operator', true),
  stored_file_missing: choice('operator', true),
  nothing_loaded: choice('operator', true),
  intake_folder: choice('operator', true),
  intake_mail: choice('operator', true),
  monitor_changed: choice('admin', true),
  backup_failed: choice('admin', true),
  disk_nearly_full: choice('admin', true),
  audit_broken: choice('admin', true),
  guessed_often: choice('admin', true),
};
export const CHOICE_KINDS = Object.keys(NOTICE_CHOICES) as readonly ChoiceKind[];

export interface NoticeSettings {
  /** null = no chat with the bot */
  telegramId: string | null;
  kinds: { kind: ChoiceKind; on: boolean }[];
  /** nothing but errors from 22:00 to 08:00 in Tashkent */
  quiet: boolean;
  /** nothing at all: the person said so, or stopped the bot */
  off: { at: Date; reason: 'stopped' | 'blocked' } | null;
}

interface Row {
  role: Role;
  telegram_id: string | null;
  notices: string[] | null;
  quiet: boolean | null;
  off_at: Date | null;
  off_reason: 'stopped' | 'blocked' | null;
}

const isOn = (row: Pick<Row, 'role' | 'notices'>, kind: ChoiceKind): boolean => {
  const { role, usual } = NOTICE_CHOICES[kind];
  if (!reaches(row.role, role)) return false;
  return row.notices === null ? usual && row.role === 'admin' : row.notices.includes(kind);
};

export async function noticeSettings(db: DbOrTransaction, userId: string): Promise<NoticeSettings> {
  const row = await selectRow<Row>(
    db,
    `select u.role, u.telegram_id::text, p.notices, p.quiet, p.off_at, p.off_reason
     from users u left join telegram_preferences p on p.user_id = u.id where u.id = ?`,
    [userId],
  );
  if (row === null) throw new Error('a person without a row');
  return {
    telegramId: row.telegram_id,
    kinds: CHOICE_KINDS.filter((kind) => reaches(row.role, NOTICE_CHOICES[kind].role)).map((kind) => ({
      kind,
      on: isOn(row, kind),
    })),
    quiet: row.quiet ?? true,
    off: row.off_at === null ? null : { at: row.off_at, reason: row.off_reason ?? 'stopped' },
  };
}

export interface NoticeChange {
  kinds?: readonly ChoiceKind[] | undefined;
  quiet?: boolean | undefined;
  off?: boolean | undefined;
}

export async function changeNotices(
  db: DbOrTransaction,
  userId: string,
  { kinds, quiet, off }: NoticeChange,
): Promise<void> {
  await execute(db, 'insert into telegram_preferences (user_id) values (?) on conflict do nothing', [userId]);
  await execute(
    db,
    `update telegram_preferences set notices = coalesce(?::text[], notices), quiet = coalesce(?, quiet),
       off_at = case when ?::boolean is null then off_at when ?::boolean then coalesce(off_at, clock_timestamp()) end,
       off_reason = case when ?::boolean is null then off_reason
         when ?::boolean then coalesce(off_reason, 'stopped') end
     where user_id = ?`,
    [
      kinds === undefined ? null : [...kinds],
      quiet ?? null,
      off ?? null,
      off ?? null,
      off ?? null,
      off ?? null,
      userId,
    ],
  );
}

export interface NoticeRecipient {
  telegramId: string;
  lang: Lang;
  /** not before the morning */
  quiet: boolean;
}

/** Approved people with a chat who get notices of this kind. */
export async function noticeRecipients(db: DbOrTransaction, kind: ChoiceKind): Promise<NoticeRecipient[]> {
  const rows = await selectRows<Row & { telegram_id: string; lang: Lang | null }>(
    db,
    `select u.role, u.telegram_id::text, p.notices, p.quiet, p.off_at, p.off_reason, p.lang
     from users u left join telegram_preferences p on p.user_id = u.id
     where u.status = 'approved' and u.telegram_id is not null and p.off_at is null order by u.id`,
  );
  return rows
    .filter((row) => isOn(row, kind))
    .map((row) => ({
      telegramId: row.telegram_id,
      lang: row.lang ?? DEFAULT_LANG,
      quiet: (row.quiet ?? true) && !NOTICE_CHOICES[kind].urgent,
    }));
}
