/**
 * Ways in and out: password, Telegram, refresh; sign-out here and everywhere. Each is stored in PostgreSQL before it is
 * answered.
 */
import { createHash } from 'node:crypto';
import { recordAudit } from '../audit/audit.ts';
import type { Db } from '../db/client.ts';
import { execute, selectRow } from '../db/rows.ts';
import { AppError } from '../errors.ts';
import { ALARMING_FAILURES, type SignInAttempt, type SignInLimits } from '../limits/rate-limits.ts';
import type { Logger } from '../logger.ts';
import { addNotice } from '../notices/notices.ts';
import type { Blacklist } from './blacklist/blacklist.ts';
import { insertRevocations, type Revocation } from './blacklist/revocations.ts';
import { inTime, transactInTime } from './in-time.ts';
import { ownerOf, passwordWeakness } from './password-strength.ts';
import { isBeforeRestore } from './restored-versions.ts';
import { endInvitation, ownerOfInvitation, useInvitation } from './invitations.ts';
import type { Passwords } from './passwords.ts';
import {
  endFamily,
  findSessionByAccessToken,
  findSessionByRefreshToken,
  rotateSession,
  startSession,
  type SessionGrant,
} from './sessions.ts';
import { useSignInLink } from './sign-in-links.ts';
import { findOrApply } from './telegram-person.ts';
import { TELEGRAM_MAX_AGE_S, type TelegramMessage } from './telegram.ts';
import type { Tokens, VerifiedToken } from './tokens.ts';
import { findPasswordHash, findUser, findUserByEmail, touchUser, viewUser, type User, type UserView } from './users.ts';

/** Where a request came from. */
export interface Origin {
  address: string | null;
  agent: string | null;
  requestId: string | null;
}

export interface SignedIn {
  accessToken: string;
  /** seconds */
  expiresIn: number;
  user: UserView;
  /** for the cookie */
  refresh: { token: string; maxAgeS: number };
}

export interface SignIn {
  byPassword(email: string, password: string, origin: Origin): Promise<SignedIn>;
  byTelegram(message: TelegramMessage, origin: Origin): Promise<SignedIn>;
  /**
   * The password that an invitation lets a person choose; all sign-ins before it end.
   * @throws AppError not_found (reason invitation_ended), validation_failed (reason weak_password)
   */
  byInvitation(token: string, password: string, origin: Origin): Promise<SignedIn>;
  /** Whose an invitation is, which stays good. @throws AppError not_found (reason invitation_ended) */
  invited(token: string): Promise<{ email: string | null }>;
  /** By a link of the bot, which is spent. @throws AppError unauthenticated (reason link_spent), forbidden */
  byLink(token: string, origin: Origin): Promise<SignedIn>;
  refresh(refreshToken: string, origin: Origin): Promise<SignedIn>;
  /** Ends the sign-in that either belongs to. @throws AppError unauthenticated when neither is anybody's */
  signOut(by: { refreshToken: string | null; access: VerifiedToken | null }, origin: Origin): Promise<void>;
  signOutEverywhere(userId: string, origin: Origin): Promise<void>;
  /** Ends all sign-ins and begins a new one here. */
  changePassword(userId: string, current: string, next: string, origin: Origin): Promise<SignedIn>;
}

export interface SignInDeps {
  db: Db;
  tokens: Tokens;
  passwords: Passwords;
  blacklist: Blacklist;
  limits: SignInLimits;
  logger: Logger;
  ttl: { accessS: number; refreshS: number };
  telegramAdminIds: readonly string[];
}

const wrongCredentials = (cause?: unknown) =>
  new AppError('unauthenticated', { details: { reason: 'wrong_credentials' }, cause });

function assertApproved(user: User): void {
  if (user.status === 'pending') throw new AppError('approval_pending');
  if (user.status === 'blocked') throw new AppError('forbidden', { details: { reason: 'user_blocked' } });
}

export function createSignIn(deps: SignInDeps): SignIn {
  const { db, tokens, passwords, blacklist, limits, logger, ttl } = deps;

  function signedIn(user: User, grant: SessionGrant): SignedIn {
    const access = tokens.issue(
      'access',
      { userId: user.id, username: user.username ?? user.email, role: user.role, version: grant.tokenVersion },
      { ttlS: ttl.accessS, jti: grant.accessJti },
    );
    return {
      accessToken: access.token,
      expiresIn: ttl.accessS,
      user: viewUser(user),
      refresh: {
        token: grant.refreshToken,
        maxAgeS: Math.max(0, Math.floor((grant.refreshExpiresAt.getTime() - blacklist.clockMs()) / 1000)),
      },
    };
  }

  function begin(user: User, method: string, origin: Origin): Promise<SignedIn> {
    return transactInTime(db, 'signing in', async (trx) => {
      const grant = await startSession(trx, user, ttl, origin);
      await touchUser(trx, user.id);
      await recordAudit(trx, {
        actorId: user.id,
        action: 'auth.signed_in',
        subject: `user:${user.id}`,
        ...facts(origin, { method }),
      });
      return signedIn(user, grant);
    });
  }

  async function refuse(
    email: string,
    user: User | null,
    origin: Origin,
    { locked, guessedOften }: SignInAttempt,
  ): Promise<never> {
    await transactInTime(db, 'noting a failed sign-in', async (trx) => {
      const entry = {
        actorId: null,
        subject: user === null ? null : `user:${user.id}`,
        ...facts(origin, { account: email }),
      };
      await recordAudit(trx, { ...entry, action: 'auth.sign_in_failed' });
      if (locked) await recordAudit(trx, { ...entry, action: 'auth.locked_out' });
      if (!guessedOften) return;
      await recordAudit(trx, { ...entry, action: 'auth.guessed_often' });
      if (user === null) return;
      await addNotice(trx, `guessed-often:${user.id}:${hourKey(blacklist.clockMs())}`, 'guessed_often', {
        user: user.id,
        failures: ALARMING_FAILURES,
      });
    });
    throw wrongCredentials();
  }

  async function signOut(by: Parameters<SignIn['signOut']>[0], origin: Origin): Promise<void> {
    const revocations = await transactInTime(db, 'signing out', async (trx) => {
      const found: Revocation[] = [];
      let userId: string | null = null;
      const sessions = [
        by.refreshToken === null ? null : await findSessionByRefreshToken(trx, by.refreshToken),
        by.access === null ? null : await findSessionByAccessToken(trx, by.access.jti),
      ].filter((session) => session !== null);
      // in one order, so that two at once do not wait for each other
      for (const family of [...new Set(sessions.map((session) => session.family))].sort())
        found.push(...(await endFamily(trx, family, 'logout')));
      userId = by.access?.userId ?? sessions[0]?.userId ?? null;
      if (by.access !== null && !found.some(({ jti }) => jti === by.access?.jti)) {
        const own = {
          jti: by.access.jti,
          userId: by.access.userId,
          expiresAtS: by.access.expiresAtS,
          reason: 'logout',
        };
        await insertRevocations(trx, [own]);
        found.push(own);
      }
      if (userId !== null)
        await recordAudit(trx, {
          actorId: userId,
          action: 'auth.signed_out',
          subject: `user:${userId}`,
          ...facts(origin, { tokens: found.length }),
        });
      return userId === null ? null : found;
    });
    if (revocations === null) throw new AppError('unauthenticated');
    await blacklist.learn({ revocations });
  }

  return {
    async byPassword(email, password, origin) {
      let user: User | null = null;
      const attempt = await limits.attempt(email, origin.address ?? '', async () => {
        const found = await inTime(findUserByEmail(db, email), 'looking up an account');
        user = found?.user ?? null;
        return passwords.verify(found?.passwordHash ?? null, password);
      });
      const known = user as User | null;
      if (!attempt.matches || known === null) return refuse(email, known, origin, attempt);
      assertApproved(known);
      return begin(known, 'password', origin);
    },

    async byTelegram(message, origin) {
      const known = await transactInTime(db, 'signing in by Telegram', async (trx) => {
        const isAdmin = deps.telegramAdminIds.includes(message.person.telegramId);
        const user = await findOrApply(trx, message.person, isAdmin, origin);
        const fresh = await execute(
          trx,
          `insert into telegram_sessions (user_id, telegram_id, kind, auth_hash, auth_date, expires_at)
           values (?, ?, ?, ?, to_timestamp(?), to_timestamp(?)) on conflict (auth_hash) do nothing`,
          [
            user.id,
            message.person.telegramId,
            message.kind,
            createHash('sha256').update(message.fingerprint).digest('hex'),
            message.authDateS,
            message.authDateS + TELEGRAM_MAX_AGE_S,
          ],
        );
        const isOld = isBeforeRestore(message.authDateS, user.tokenVersion);
        if (fresh === 1 && !isOld) return user;
        // thrown here, so that nothing of what the message says about the person takes effect
        const reason = isOld ? 'signed before a restore' : 'used';
        logger.warn('telegram message shown again', { event: 'telegram_refused', reason });
        throw wrongCredentials();
      });
      assertApproved(known);
      return begin(known, `telegram_${message.kind}`, origin);
    },

    async byInvitation(token, password, origin) {
      await assertStrong(password, await inTime(ownerOfInvitation(db, token), 'looking up an invitation'), 'password');
      const passwordHash = await passwords.hash(password);
      const user = await transactInTime(db, 'accepting an invitation', async (trx) => {
        const { id } = await useInvitation(trx, token);
        await execute(trx, 'update users set password_hash = ? where id = ?', [passwordHash, id]);
        await recordAudit(trx, {
          actorId: id,
          action: 'users.invitation_used',
          subject: `user:${id}`,
          ...facts(origin),
        });
        return findUser(trx, id);
      });
      if (user === null) throw new AppError('unauthenticated');
      await blacklist.learn({ versions: [{ userId: user.id, version: user.tokenVersion }] });
      return begin(user, 'invitation', origin);
    },

    async invited(token) {
      const { email } = await inTime(ownerOfInvitation(db, token), 'looking up an invitation');
      return { email };
    },

    async byLink(token, origin) {
      const user = await transactInTime(db, 'signing in by a link', (trx) => useSignInLink(trx, token));
      assertApproved(user);
      return begin(user, 'telegram_bot', origin);
    },

    async refresh(refreshToken, origin) {
      const { outcome, user } = await transactInTime(db, 'refreshing', async (trx) => {
        const rotated = await rotateSession(trx, refreshToken, ttl.accessS, origin);
        if (rotated.kind === 'reused') {
          const entry = {
            actorId: null,
            subject: `user:${rotated.userId}`,
            ...facts(origin, { family: rotated.family }),
          };
          await recordAudit(trx, { ...entry, action: 'auth.refresh_reused' });
        }
        if (rotated.kind !== 'granted') return { outcome: rotated, user: null };
        await touchUser(trx, rotated.userId);
        return { outcome: rotated, user: await findUser(trx, rotated.userId) };
      });
      if (outcome.kind === 'reused') {
        logger.warn('a used refresh token came again: its family is revoked', {
          event: 'refresh_reused',
          userId: outcome.userId,
        });
        await blacklist.learn({ revocations: outcome.revocations });
      }
      if (outcome.kind === 'unknown') throw new AppError('unauthenticated');
      if (outcome.kind !== 'granted' || user === null) throw new AppError('token_revoked');
      return signedIn(user, outcome.grant);
    },

    signOut,

    async signOutEverywhere(userId, origin) {
      const version = await transactInTime(db, 'signing out everywhere', async (trx) => {
        const row = await selectRow<{ version: number }>(
          trx,
          'update users set token_version = token_version + 1 where id = ? returning token_version as version',
          [userId],
        );
        await recordAudit(trx, {
          actorId: userId,
          action: 'auth.signed_out_everywhere',
          subject: `user:${userId}`,
          ...facts(origin),
        });
        return row?.version;
      });
      if (version !== undefined) await blacklist.learn({ versions: [{ userId, version }] });
    },

    async changePassword(userId, current, next, origin) {
      // guessing here is guessing as well
      const address = origin.address ?? '';
      const owner = await inTime(findUser(db, userId), 'looking up an account');
      const attempt = await limits.attempt(`user:${userId}`, address, async () =>
        passwords.verify(await inTime(findPasswordHash(db, userId), 'looking up an account'), current),
      );
      if (!attempt.matches) throw new AppError('forbidden', { details: { reason: 'wrong_password' } });
      await assertStrong(next, owner, 'newPassword');
      const passwordHash = await passwords.hash(next);
      const user = await transactInTime(db, 'changing a password', async (trx) => {
        // another password, a block or a sign-out everywhere came between: the one that was shown may be the old one
        const changed = await execute(trx, 'update users set password_hash = ? where id = ? and token_version = ?', [
          passwordHash,
          userId,
          owner?.tokenVersion ?? null,
        ]);
        if (changed === 0) throw new AppError('token_revoked');
        await endInvitation(trx, userId);
        await recordAudit(trx, {
          actorId: userId,
          action: 'auth.password_changed',
          subject: `user:${userId}`,
          ...facts(origin),
        });
        return findUser(trx, userId);
      });
      if (user === null) throw new AppError('unauthenticated');
      await blacklist.learn({ versions: [{ userId, version: user.tokenVersion }] });
      return begin(user, 'password_change', origin);
    },
  };
}

async function assertStrong(password: string, owner: User | null, path: string): Promise<void> {
  const weakness = await passwordWeakness(password, owner === null ? {} : ownerOf(owner));
  if (weakness === null) return;
  const issue = { path, code: weakness, message: 'is among the first that somebody would guess' };
  throw new AppError('validation_failed', { details: { reason: 'weak_password', issues: [issue] } });
}

/** One notice an hour and account. */
const hourKey = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 13);

function facts(origin: Origin, details: Record<string, unknown> = {}) {
  return { address: origin.address, requestId: origin.requestId, details };
}
