/**
 * Personal API tokens for scripts: random, shown once, stored hashed, limited by scopes and an expiry. Each request
 * asks PostgreSQL about its token, so a revoked one is refused at once everywhere. They carry their owner's token
 * version: signing out everywhere, a block, another role or another password ends them too.
 */
import { createHash, randomBytes } from 'node:crypto';
import { recordAudit } from '../audit/audit.ts';
import type { Db } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { transactionWithKnownEnd } from '../db/known-end.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Actor } from './accounts.ts';
import { inTime } from './in-time.ts';
import type { Principal, Role, Scope } from './principal.ts';

const PREFIX = 'vhm_';
const PATTERN = /^vhm_[A-Za-z0-9_-]{43}$/;
const HINT_CHARS = 8;
const MAX_PER_USER = 50;

export interface ApiToken {
  id: string;
  name: string;
  /** its first characters */
  hint: string;
  scopes: Scope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

export interface ApiTokens {
  /** True for anything that claims to be one. */
  looksLike(token: string): boolean;
  /** @throws AppError unauthenticated, token_revoked or service_unavailable */
  authenticate(token: string): Promise<Principal>;
  /** Of these ids those that still let in. */
  validAmong(ids: readonly string[]): Promise<ReadonlySet<string>>;
  list(userId: string): Promise<ApiToken[]>;
  /** @throws AppError token_revoked (the sign-in that asks has ended meanwhile), conflict (reason too_many_tokens) */
  create(
    actor: Actor,
    owner: Pick<Principal, 'userId' | 'version'>,
    wanted: { name: string; scopes: Scope[]; expiresAt: Date | null },
  ): Promise<{ token: string; stored: ApiToken }>;
  /** @throws AppError not_found for what is not this person's */
  revoke(actor: Actor, userId: string, id: string): Promise<void>;
}

interface FoundToken {
  id: string;
  user_id: string;
  role: Role;
  token_version: number;
  scopes: Scope[];
  expires_at_s: number | null;
  ended: boolean;
  expired: boolean;
}

const COLUMNS = `id, name, hint, scopes, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt"`;
const FIND = `select t.id, t.user_id::text, u.role, t.token_version, t.scopes,
  floor(extract(epoch from t.expires_at))::float8 as expires_at_s,
    t.revoked_at is not null or u.status <> 'approved' or u.token_version <> t.token_version as ended,
    coalesce(t.expires_at <= now(), false) as expired
  from user_tokens t join users u on u.id = t.user_id`;

/** user_tokens.token_version of a token that a restore has suspended; below any that a person ever has. */
export const SUSPENDED_VERSION = -1;

/** Lets a person's tokens work again that a restore has suspended; how many there were. */
export function confirmTokens(db: Db, actor: Actor, userId: string): Promise<number> {
  return transactionWithKnownEnd(db, async (trx) => {
    const count = await execute(
      trx,
      `update user_tokens t set token_version = u.token_version from users u
       where u.id = t.user_id and u.id = ? and t.token_version = ? and t.revoked_at is null`,
      [userId, SUSPENDED_VERSION],
    );
    await recordAudit(trx, { ...actor, action: 'tokens.confirmed', subject: `user:${userId}`, details: { count } });
    return count;
  });
}

/** @param doors for what every request with a token asks */
export function createApiTokens(db: Db, doors: Db, logger: Logger): ApiTokens {
  function noteUse(id: string): void {
    // once a minute is exact enough, and nobody waits for it
    execute(
      db,
      `update user_tokens set last_used_at = now()
        where id = ? and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      [id],
    ).catch((error: unknown) => logger.info('the use of a personal token was not noted', { error }));
  }

  return {
    looksLike: (token) => token.startsWith(PREFIX),

    async authenticate(token) {
      if (!PATTERN.test(token)) throw new AppError('unauthenticated');
      const hash = createHash('sha256').update(token).digest();
      const found = await inTime(
        selectRow<FoundToken>(doors, `${FIND} where t.token_hash = ?`, [hash]),
        'asking for a personal token',
      );
      if (found === null || found.expired) throw new AppError('unauthenticated');
      if (found.ended) throw new AppError('token_revoked');
      noteUse(found.id);
      return {
        userId: found.user_id,
        role: found.role,
        kind: 'api_token',
        jti: found.id,
        version: found.token_version,
        expiresAtS: found.expires_at_s,
        scopes: found.scopes,
      };
    },

    async validAmong(ids) {
      if (ids.length === 0) return new Set();
      const found = selectRows<FoundToken>(doors, `${FIND} where t.id = any(?::uuid[])`, [[...ids]]);
      return new Set(
        (await inTime(found, 'asking for personal tokens'))
          .filter(({ ended, expired }) => !ended && !expired)
          .map(({ id }) => id),
      );
    },

    list: (userId) =>
      selectRows<ApiToken>(
        db,
        `select ${COLUMNS} from user_tokens t where user_id = ? and revoked_at is null
           and token_version = (select token_version from users u where u.id = t.user_id)
             order by t.created_at desc, t.id`,
        [userId],
      ),

    create(actor, { userId, version }, wanted) {
      const token = PREFIX + randomBytes(32).toString('base64url');
      return transactionWithKnownEnd(db, async (trx) => {
        // waits for whatever raises the version, and sees it: nothing made here outlives the sign-in that asked for it
        const owner = await selectRow<{ ended: boolean }>(
          trx,
          'select token_version <> ? as ended from users where id = ? for no key update',
          [version, userId],
        );
        if (owner === null || owner.ended) throw new AppError('token_revoked');
        // after the wait: counted in the statement that waits, many at once would all see room for one
        const held = await selectRow<{ count: number }>(
          trx,
          `select count(*)::int as count from user_tokens
           where user_id = ? and revoked_at is null and token_version = ?`,
          [userId, version],
        );
        if ((held?.count ?? 0) >= MAX_PER_USER)
          throw new AppError('conflict', { details: { reason: 'too_many_tokens' } });
        const stored = await selectRow<ApiToken>(
          trx,
          `insert into user_tokens (user_id, name, token_hash, hint, scopes, token_version, expires_at)
           select id, ?, ?, ?, ?::text[], token_version, ?
           from users
           where id = ?
           returning ${COLUMNS}`,
          [
            wanted.name,
            createHash('sha256').update(token).digest(),
            token.slice(0, HINT_CHARS),
            wanted.scopes,
            wanted.expiresAt,
            userId,
          ],
        );
        if (stored === null) throw new AppError('conflict');
        const details = { name: wanted.name, scopes: wanted.scopes, expiresAt: wanted.expiresAt };
        await recordAudit(trx, { ...actor, action: 'tokens.created', subject: `api_token:${stored.id}`, details });
        return { token, stored };
      });
    },

    revoke(actor, userId, id) {
      return transactionWithKnownEnd(db, async (trx) => {
        const changed = await execute(
          trx,
          'update user_tokens set revoked_at = now() where id = ? and user_id = ? and revoked_at is null',
          [id, userId],
        );
        if (changed === 0) throw new AppError('not_found');
        await recordAudit(trx, { ...actor, action: 'tokens.revoked', subject: `api_token:${id}` });
      });
    },
  };
}
