/**
 * What admins do to people: make, invite, approve, block, name, change role, set a password. The last admin can neither
 * be blocked nor demoted.
 */
import type { Knex } from 'knex';
import { recordAudit, type AuditAction } from '../audit/audit.ts';
import type { Db, DbOrTransaction } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { isUniqueViolation } from '../db/faults.ts';
import { AppError } from '../errors.ts';
import { endInvitation, type Invitation, writeInvitation } from './invitations.ts';
import type { Role } from './principal.ts';
import { findUser, insertUser, type User, type UserStatus } from './users.ts';

/** Who does it and from where; actorId null = from the shell. */
export interface Actor {
  actorId: string | null;
  address?: string | null;
  requestId?: string | null;
}

/** What goes into the audit log. */
interface Done {
  action: AuditAction;
  details: Record<string, unknown>;
}

/** Told after the commit, so that every process refuses at once what the change made worthless. */
export type OnVersionRaised = (userId: string, version: number) => Promise<void>;

export interface Names {
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
}

export interface NewAccount extends Names {
  email: string;
  role: Role;
}

export interface Accounts {
  create(actor: Actor, user: NewAccount & { passwordHash: string }): Promise<User>;
  /** Without a password: the invitation lets the person choose one. @throws AppError conflict (reason email_known) */
  createInvited(actor: Actor, user: NewAccount): Promise<{ user: User; invitation: Invitation }>;
  /**
   * @param role keeps the present one where absent
   * @param from whoever is in another state by now stays as they are: somebody was first
   */
  approve(actor: Actor, id: string, role?: Role, from?: UserStatus): Promise<User>;
  /** @param from as of approve */
  block(actor: Actor, id: string, from?: UserStatus): Promise<User>;
  /** All of it or nothing. What is left out stays; null takes a name away. */
  edit(actor: Actor, id: string, changes: Names & { role?: Role | undefined }): Promise<User>;
  resetPassword(actor: Actor, id: string, passwordHash: string): Promise<User>;
}

export function createAccounts(db: Db, onVersionRaised: OnVersionRaised): Accounts {
  async function change(
    id: string,
    actor: Actor,
    work: (trx: Knex.Transaction, user: User) => Promise<Done | null>,
  ): Promise<User> {
    const { before, after } = await transactionWithKnownEnd(db, async (trx) => {
      await lockAdmins(trx);
      const user = await findUser(trx, id, { lock: true });
      if (user === null) throw new AppError('not_found');
      const done = await work(trx, user);
      if (done === null) return { before: user, after: user };
      await recordAudit(trx, { ...actor, action: done.action, subject: `user:${id}`, details: done.details });
      return { before: user, after: (await findUser(trx, id)) ?? user };
    });
    if (after.tokenVersion !== before.tokenVersion) await onVersionRaised(after.id, after.tokenVersion);
    return after;
  }

  return {
    create: (actor, user) => transactionWithKnownEnd(db, (trx) => createIn(trx, actor, user)),

    async createInvited(actor, user) {
      try {
        return await transactionWithKnownEnd(db, async (trx) => {
          const created = await createIn(trx, actor, user);
          const invitation = await writeInvitation(trx, actor, created);
          return { user: (await findUser(trx, created.id)) ?? created, invitation };
        });
      } catch (error) {
        if (isUniqueViolation(error))
          throw new AppError('conflict', { details: { reason: 'email_known' }, cause: error });
        throw error;
      }
    },

    approve: (actor, id, role, from) =>
      change(id, actor, async (trx, user) => {
        if (from !== undefined && user.status !== from) return null;
        const wanted = role ?? user.role;
        if (user.status === 'approved' && wanted === user.role) return null;
        if (wanted !== 'admin') await assertAdminRemains(trx, user);
        await execute(
          trx,
          `update users set status = 'approved', role = ?, role_decided_at = now(), approved_at = now(), approved_by = ?
            where id = ?`,
          [wanted, actor.actorId, id],
        );
        return { action: 'users.approved', details: { role: wanted, from: user.status } };
      }),

    block: (actor, id, from) =>
      change(id, actor, async (trx, user) => {
        if (from !== undefined && user.status !== from) return null;
        if (user.status === 'blocked') return null;
        await assertAdminRemains(trx, user);
        await execute(trx, `update users set status = 'blocked' where id = ?`, [id]);
        await endInvitation(trx, id);
        return { action: 'users.blocked', details: { from: user.status } };
      }),

    edit: (actor, id, { role, ...names }) =>
      change(id, actor, async (trx, user) => {
        const renamed = await rename(trx, user, names);
        const moved = role === undefined ? null : await setRole(trx, user, role);
        if (renamed !== null && moved !== null) await recordAudit(trx, { ...actor, ...renamed, subject: `user:${id}` });
        return moved ?? renamed;
      }),

    resetPassword: (actor, id, passwordHash) =>
      change(id, actor, async (trx) => {
        await execute(trx, 'update users set password_hash = ? where id = ?', [passwordHash, id]);
        await endInvitation(trx, id);
        return { action: 'users.password_reset', details: {} };
      }),
  };
}

async function rename(trx: Knex.Transaction, user: User, names: Names): Promise<Done | null> {
  const { firstName = user.firstName, lastName = user.lastName } = names;
  if (firstName === user.firstName && lastName === user.lastName) return null;
  await execute(trx, 'update users set first_name = ?, last_name = ? where id = ?', [firstName, lastName, user.id]);
  const fullName = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' ');
  return {
    action: 'users.renamed',
    details: { name: fullName(firstName, lastName), from: fullName(user.firstName, user.lastName) },
  };
}

/** @throws AppError conflict (reason last_admin) */
async function setRole(trx: Knex.Transaction, user: User, role: Role): Promise<Done | null> {
  if (user.role === role) return null;
  if (role !== 'admin') await assertAdminRemains(trx, user);
  await execute(trx, 'update users set role = ?, role_decided_at = now() where id = ?', [role, user.id]);
  return { action: 'users.role_changed', details: { role, from: user.role } };
}

async function createIn(
  trx: Knex.Transaction,
  actor: Actor,
  user: NewAccount & { passwordHash?: string },
): Promise<User> {
  const { firstName = null, lastName = null } = user;
  const created = await insertUser(trx, {
    ...user,
    firstName,
    lastName,
    status: 'approved',
    approvedBy: actor.actorId,
  });
  await recordAudit(trx, {
    ...actor,
    action: 'users.created',
    subject: `user:${created.id}`,
    details: { email: user.email, role: user.role },
  });
  return created;
}

/** Changes of people one after another: two admins who demote each other would leave none. */
export async function lockAdmins(trx: DbOrTransaction): Promise<void> {
  await execute(trx, `select pg_advisory_xact_lock(hashtextextended('vhm24r admins', 0))`);
}

/** How many approved admins there are besides this person. */
export async function countOtherAdmins(trx: DbOrTransaction, exceptId: string | null): Promise<number> {
  const row = await selectRow<{ count: number }>(
    trx,
    `select count(*)::int as count from users
      where role = 'admin' and status = 'approved' and id is distinct from ?::bigint`,
    [exceptId],
  );
  return row?.count ?? 0;
}

async function assertAdminRemains(trx: DbOrTransaction, user: User): Promise<void> {
  if (user.role !== 'admin' || user.status !== 'approved') return;
  if ((await countOtherAdmins(trx, user.id)) === 0)
    throw new AppError('conflict', { details: { reason: 'last_admin' } });
}
