/**
 * Sign-ins that last: a family of refresh tokens, each used once and replaced, until the absolute expiry of the first
 * one. The tokens are random, stored hashed. A used one that comes again means that two hold it: the whole family ends,
 * its access tokens with it. One exception: an answer can get lost on its way (and two tabs can ask at once), so the
 * last used token may be shown once more within a few seconds, and then gets the same successor again; it can be made
 * again because it is derived from the token itself and a stored random number.
 */
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { DbOrTransaction } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { insertRevocations, type Revocation } from './blacklist/revocations.ts';
import { newTokenId } from './tokens.ts';

export const REFRESH_RETRY_MS = 5_000;
/** An ops cookie made from an access token ends with it, and may have outlived it by this. */
const OPS_MARGIN_S = 15 * 60;

export interface SessionOrigin {
  address: string | null;
  agent: string | null;
}

/** What a client is given; the access token is signed by the caller under this id and expiry. */
export interface SessionGrant {
  refreshToken: string;
  refreshExpiresAt: Date;
  accessJti: string;
  /**
   * the person's version when the sign-in began; a later one makes its tokens worthless, so the access token must carry
   * this one
   */
  tokenVersion: number;
}

export type RefreshOutcome =
  | { kind: 'granted'; userId: string; grant: SessionGrant }
  | { kind: 'unknown' }
  | { kind: 'ended' }
  | { kind: 'reused'; userId: string; family: string; revocations: Revocation[] };

interface RefreshRow {
  id: string;
  user_id: string;
  family: string;
  expires_at: Date;
  expired: boolean;
  used_at: Date | null;
  retryable: boolean;
  successor_seed: Buffer | null;
  replaced_by: string | null;
  revoked_at: Date | null;
  ended: boolean;
  token_version: number;
}

const sha256 = (token: string) => createHash('sha256').update(token, 'utf8').digest();
const successorOf = (token: string, seed: Buffer) => createHmac('sha256', token).update(seed).digest('base64url');
const isRefreshToken = (token: string) => /^[A-Za-z0-9_-]{43}$/.test(token);

/** Begins a family. */
export async function startSession(
  trx: DbOrTransaction,
  user: { id: string; tokenVersion: number },
  ttl: { accessS: number; refreshS: number },
  origin: SessionOrigin,
): Promise<SessionGrant> {
  const refreshToken = randomBytes(32).toString('base64url');
  const accessJti = newTokenId();
  const row = await selectRow<{ expires_at: Date }>(
    trx,
    `insert into refresh_tokens (user_id, family, token_hash, expires_at, token_version, access_jti, access_expires_at,
      address, agent)
     values (?, ?, ?, now() + make_interval(secs => ?), ?, ?, now() + make_interval(secs => ?), ?, ?)
       returning expires_at`,
    [
      user.id,
      randomUUID(),
      sha256(refreshToken),
      ttl.refreshS,
      user.tokenVersion,
      accessJti,
      ttl.accessS,
      origin.address,
      origin.agent,
    ],
  );
  return { refreshToken, refreshExpiresAt: row?.expires_at ?? new Date(), accessJti, tokenVersion: user.tokenVersion };
}

/**
 * Takes a refresh token and gives its successor. The transaction must be committed also when the family is found
 * reused.
 */
export async function rotateSession(
  trx: Knex.Transaction,
  token: string,
  accessS: number,
  origin: SessionOrigin,
): Promise<RefreshOutcome> {
  const session = await findSessionByRefreshToken(trx, token);
  if (session === null) return { kind: 'unknown' };
  await lockFamily(trx, session.family);
  const row = await selectRow<RefreshRow>(
    trx,
    `select r.id::text, r.user_id::text, r.family, r.expires_at, r.expires_at <= now() as expired, r.used_at,
      r.successor_seed,
            r.replaced_by::text, r.revoked_at, r.token_version,
            r.retried_at is null and r.used_at > clock_timestamp() - make_interval(secs => ?) as retryable,
            u.status <> 'approved' or u.token_version <> r.token_version as ended
     from refresh_tokens r join users u on u.id = r.user_id where r.token_hash = ?`,
    [REFRESH_RETRY_MS / 1000, sha256(token)],
  );
  if (row === null) return { kind: 'unknown' };
  if (row.revoked_at !== null || row.expired || row.ended) return { kind: 'ended' };
  if (row.used_at === null)
    return { kind: 'granted', userId: row.user_id, grant: await replace(trx, row, token, accessS, origin) };
  const again = row.retryable ? await handOutAgain(trx, row, token, accessS) : null;
  if (again !== null) return { kind: 'granted', userId: row.user_id, grant: again };
  const revocations = await endFamily(trx, row.family, 'refresh_reused');
  return { kind: 'reused', userId: row.user_id, family: row.family, revocations };
}

async function replace(
  trx: Knex.Transaction,
  row: RefreshRow,
  token: string,
  accessS: number,
  origin: SessionOrigin,
): Promise<SessionGrant> {
  const seed = randomBytes(32);
  const refreshToken = successorOf(token, seed);
  const accessJti = newTokenId();
  const next = await selectRow<{ id: string }>(
    trx,
    `insert into refresh_tokens (user_id, family, token_hash, expires_at, token_version, access_jti, access_expires_at,
      address, agent)
     select user_id, family, ?, expires_at, token_version, ?, now() + make_interval(secs => ?), ?, ? from refresh_tokens
     where id = ?
     returning id::text`,
    [sha256(refreshToken), accessJti, accessS, origin.address, origin.agent, row.id],
  );
  await execute(
    trx,
    'update refresh_tokens set used_at = clock_timestamp(), successor_seed = ?, replaced_by = ? where id = ?',
    [seed, next?.id ?? null, row.id],
  );
  return { refreshToken, refreshExpiresAt: row.expires_at, accessJti, tokenVersion: row.token_version };
}

/** The same successor once more, as long as nobody has used it. */
async function handOutAgain(
  trx: Knex.Transaction,
  row: RefreshRow,
  token: string,
  accessS: number,
): Promise<SessionGrant | null> {
  if (row.successor_seed === null || row.replaced_by === null) return null;
  const successor = await selectRow<{ access_jti: string }>(
    trx,
    `update refresh_tokens set access_expires_at = now() + make_interval(secs => ?) where id = ? and used_at is null
      returning access_jti`,
    [accessS, row.replaced_by],
  );
  if (successor === null) return null;
  await execute(trx, 'update refresh_tokens set retried_at = clock_timestamp() where id = ?', [row.id]);
  return {
    refreshToken: successorOf(token, row.successor_seed),
    refreshExpiresAt: row.expires_at,
    accessJti: successor.access_jti,
    tokenVersion: row.token_version,
  };
}

export interface SessionOfToken {
  family: string;
  userId: string;
}

/** The sign-in a refresh token belongs to, whatever its state; null = nobody's. */
export async function findSessionByRefreshToken(db: DbOrTransaction, token: string): Promise<SessionOfToken | null> {
  if (!isRefreshToken(token)) return null;
  return selectRow(db, `select family, user_id::text as "userId" from refresh_tokens where token_hash = ?`, [
    sha256(token),
  ]);
}

export async function findSessionByAccessToken(db: DbOrTransaction, jti: string): Promise<SessionOfToken | null> {
  return selectRow(db, `select family, user_id::text as "userId" from refresh_tokens where access_jti = ? limit 1`, [
    jti,
  ]);
}

/** One at a time per family: a successor written while the family ends would outlive it. */
async function lockFamily(trx: DbOrTransaction, family: string): Promise<void> {
  await execute(trx, 'select pg_advisory_xact_lock(hashtextextended(?, 0))', [family]);
}

/**
 * Ends a family: its refresh tokens, and every access token of it that may still live. Gives what the blacklist is to
 * learn after the commit.
 */
export async function endFamily(trx: DbOrTransaction, family: string, reason: string): Promise<Revocation[]> {
  await lockFamily(trx, family);
  await execute(trx, 'update refresh_tokens set revoked_at = now() where family = ? and revoked_at is null', [family]);
  const rows = await selectRows<{ jti: string; userId: string; expiresAtS: number }>(
    trx,
    `select access_jti as jti, user_id::text as "userId",
      extract(epoch from max(access_expires_at))::float8 + ${OPS_MARGIN_S} as "expiresAtS"
     from refresh_tokens
     where family = ? and access_expires_at > now() - interval '${OPS_MARGIN_S} s'
     group by 1, 2`,
    [family],
  );
  const revocations = rows.map((row) => ({ ...row, reason }));
  await insertRevocations(trx, revocations);
  return revocations;
}
