/** The rows of people. Every change that must end their tokens raises token_version by a trigger of the database. */
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { tashkentIso } from '../tashkent-time.ts';
import type { Role } from './principal.ts';

export type UserStatus = 'pending' | 'approved' | 'blocked';

export interface User {
  id: string;
  email: string | null;
  telegramId: string | null;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
  status: UserStatus;
  role: Role;
  tokenVersion: number;
  createdAt: Date;
  approvedAt: Date | null;
  approvedBy: string | null;
  lastActiveAt: Date | null;
  invitedUntil: Date | null;
}

/** What a client gets to see of a person. */
export interface UserView {
  id: string;
  email: string | null;
  telegramId: string | null;
  username: string | null;
  name: string | null;
  firstName: string | null;
  lastName: string | null;
  status: UserStatus;
  role: Role;
  createdAt: string;
  approvedAt: string | null;
  approvedBy: string | null;
  lastActiveAt: string | null;
  /** until when a link to choose a password is good; null where none is */
  invitedUntil: string | null;
}

interface UserRow {
  id: string;
  email: string | null;
  password_hash: string | null;
  telegram_id: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  status: UserStatus;
  role: Role;
  token_version: number;
  created_at: Date;
  approved_at: Date | null;
  approved_by: string | null;
  last_active_at: Date | null;
  invited_until: Date | null;
}

const COLUMNS = `id::text, email, password_hash, telegram_id::text, username, first_name, last_name, status, role,
  token_version,
  created_at, approved_at, approved_by::text, last_active_at,
  (select i.expires_at from invitations i
    where i.user_id = users.id and i.expires_at > clock_timestamp()) as invited_until`;

function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    telegramId: row.telegram_id,
    username: row.username,
    firstName: row.first_name,
    lastName: row.last_name,
    status: row.status,
    role: row.role,
    tokenVersion: row.token_version,
    createdAt: row.created_at,
    approvedAt: row.approved_at,
    approvedBy: row.approved_by,
    lastActiveAt: row.last_active_at,
    invitedUntil: row.invited_until,
  };
}

export function viewUser(user: User): UserView {
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ');
  return {
    id: user.id,
    email: user.email,
    telegramId: user.telegramId,
    username: user.username,
    name: name === '' ? user.username : name,
    firstName: user.firstName,
    lastName: user.lastName,
    status: user.status,
    role: user.role,
    createdAt: tashkentIso(user.createdAt),
    approvedAt: user.approvedAt === null ? null : tashkentIso(user.approvedAt),
    approvedBy: user.approvedBy,
    lastActiveAt: user.lastActiveAt === null ? null : tashkentIso(user.lastActiveAt),
    invitedUntil: user.invitedUntil === null ? null : tashkentIso(user.invitedUntil),
  };
}

/** As it is stored: no blanks around it, compared without case. */
export function normaliseEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

const USERS = `select ${COLUMNS} from users`;

export async function findUser(
  db: DbOrTransaction,
  id: string,
  options: { lock?: boolean } = {},
): Promise<User | null> {
  if (!/^[1-9]\d{0,17}$/.test(id)) return null;
  const row = await selectRow<UserRow>(db, `${USERS} where id = ? ${options.lock === true ? 'for update' : ''}`, [id]);
  return row === null ? null : toUser(row);
}

/** The person and the password's hash, for signing in only. */
export async function findUserByEmail(
  db: DbOrTransaction,
  email: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const row = await selectRow<UserRow>(db, `${USERS} where lower(email) = ?`, [normaliseEmail(email)]);
  return row === null ? null : { user: toUser(row), passwordHash: row.password_hash };
}

export async function findPasswordHash(db: DbOrTransaction, id: string): Promise<string | null> {
  return (await selectRow<UserRow>(db, `${USERS} where id = ?`, [id]))?.password_hash ?? null;
}

export async function findUserByTelegramId(
  db: DbOrTransaction,
  telegramId: string,
  options: { lock?: boolean } = {},
): Promise<User | null> {
  const row = await selectRow<UserRow>(
    db,
    `${USERS} where telegram_id = ? ${options.lock === true ? 'for update' : ''}`,
    [telegramId],
  );
  return row === null ? null : toUser(row);
}

export interface NewUser {
  email?: string | null;
  passwordHash?: string | null;
  telegramId?: string | null;
  username?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  status: UserStatus;
  role: Role;
  approvedBy?: string | null;
}

/** @throws a unique violation where the e-mail or the Telegram id is known already */
export async function insertUser(db: DbOrTransaction, user: NewUser): Promise<User> {
  const row = await selectRow<UserRow>(
    db,
    `insert into users (email, password_hash, telegram_id, username, first_name, last_name, status, role, approved_at,
      approved_by)
     values (?, ?, ?, ?, ?, ?, ?, ?, case when ?::text = 'approved' then now() end, ?)
     returning ${COLUMNS}`,
    [
      typeof user.email === 'string' ? normaliseEmail(user.email) : null,
      user.passwordHash ?? null,
      user.telegramId ?? null,
      user.username ?? null,
      user.firstName ?? null,
      user.lastName ?? null,
      user.status,
      user.role,
      user.status,
      user.approvedBy ?? null,
    ],
  );
  return toUser(row as UserRow);
}

/**
 * Notes that somebody was here; at most once a minute, so that it costs a write now and then and not one per request.
 */
export async function touchUser(db: DbOrTransaction, id: string): Promise<void> {
  await execute(
    db,
    `update users set last_active_at = now()
      where id = ? and (last_active_at is null or last_active_at < now() - interval '1 minute')`,
    [id],
  );
}

export interface UserFilter {
  status?: readonly UserStatus[] | undefined;
  role?: readonly Role[] | undefined;
  limit: number;
  /** ids below this one */
  before?: string | undefined;
}

/** Newest first. Gives one more than asked where there is one. */
export async function listUsers(db: DbOrTransaction, filter: UserFilter): Promise<User[]> {
  const [status, role, before] = [filter.status ?? null, filter.role ?? null, filter.before ?? null];
  const rows = await selectRows<UserRow>(
    db,
    `${USERS}
     where (?::text[] is null or status = any(?::text[])) and (?::text[] is null or role = any(?::text[]))
       and (?::bigint is null or id < ?::bigint)
     order by users.id desc limit ?`,
    [status, status, role, role, before, before, filter.limit + 1],
  );
  return rows.map(toUser);
}
