/** The truth about revocations, in PostgreSQL. Everything else is a copy of what these statements write. */
import type { DbOrTransaction } from '../../db/client.ts';
import { execute, selectRow, selectRows } from '../../db/rows.ts';

export interface Revocation {
  jti: string;
  userId: string | null;
  /** epoch seconds; when the token would have ended by itself */
  expiresAtS: number;
  reason: string;
}

/**
 * Writes revocations; telling the blacklist afterwards (`learn`) is the caller's, once the transaction is committed.
 */
export async function insertRevocations(db: DbOrTransaction, revocations: readonly Revocation[]): Promise<void> {
  if (revocations.length === 0) return;
  await execute(
    db,
    `insert into revoked_tokens (jti, user_id, expires_at, reason)
     select jti, user_id, to_timestamp(expires_at), reason
     from unnest(?::text[], ?::bigint[], ?::float8[], ?::text[]) as given (jti, user_id, expires_at, reason)
     on conflict (jti) do nothing`,
    [
      revocations.map((revocation) => revocation.jti),
      revocations.map((revocation) => revocation.userId),
      revocations.map((revocation) => revocation.expiresAtS),
      revocations.map((revocation) => revocation.reason),
    ],
  );
}

/** A process whose clock is late may still take a token that has expired here: rows outlive their token by this. */
export const CLOCK_MARGIN_S = 3_600;
/** No token lives longer than an hour, so a version raised before that cannot meet an older token any more. */
const VERSION_LIFE_S = 2 * 3_600;

export interface RevokedToken {
  jti: string;
  /** seconds of life it would still have, by the database's clock; may be negative */
  remainingS: number;
  reason: string;
  revokedAt: string;
}

export interface Changes {
  tokens: RevokedToken[];
  /** current versions of people whose version was raised */
  versions: { userId: string; version: number }[];
  /** where the next reading goes on */
  nextXid: string;
  /** the database's clock while it read, epoch ms */
  clockMs: number;
}

interface ChangeRow {
  kind: 'token' | 'user' | 'next';
  id: string;
  number: number;
  reason: string | null;
  revoked_at: string | null;
}

/**
 * What was committed since a former reading gave `sinceXid` ('0' = everything that still matters). A transaction that
 * the former snapshot did not see has a number of at least that snapshot's xmin, however late it commits: nothing is
 * missed, some things are read twice.
 */
export async function readChanges(db: DbOrTransaction, sinceXid: string): Promise<Changes> {
  const rows = await selectRows<ChangeRow>(
    db,
    `select 'token' as kind, jti as id, extract(epoch from expires_at - clock_timestamp())::float8 as number, reason,
            to_char(revoked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as revoked_at
       from revoked_tokens where xid >= ?::text::xid8 and expires_at > now() - interval '${CLOCK_MARGIN_S} s'
     union all
     select 'user', id::text, token_version, null, null
       from users where token_version_xid >= ?::text::xid8 and token_version_at > now() - interval '${VERSION_LIFE_S} s'
         and token_version > 1
     union all
     select 'next', pg_snapshot_xmin(pg_current_snapshot())::text, extract(epoch from clock_timestamp())::float8 * 1000,
       null, null`,
    [sinceXid, sinceXid],
  );
  const changes: Changes = { tokens: [], versions: [], nextXid: sinceXid, clockMs: Number.NaN };
  for (const row of rows) {
    if (row.kind === 'next') Object.assign(changes, { nextXid: row.id, clockMs: row.number });
    else if (row.kind === 'user') changes.versions.push({ userId: row.id, version: row.number });
    else
      changes.tokens.push({
        jti: row.id,
        remainingS: row.number,
        reason: row.reason ?? '',
        revokedAt: row.revoked_at ?? '',
      });
  }
  return changes;
}

/** What PostgreSQL says about one token: revoked also when its owner is gone, not approved, or of another version. */
export async function isRevokedInDatabase(
  db: DbOrTransaction,
  jtis: readonly string[],
  userId: string,
  version: number,
): Promise<boolean> {
  const row = await selectRow<{ revoked: boolean }>(
    db,
    `select status <> 'approved' or token_version <> ?
      or exists (select from revoked_tokens where jti = any(?::text[])) as revoked
     from users where id = ?`,
    [version, [...jtis], userId],
  );
  return row?.revoked ?? true;
}

/** The same of many at once: for each question whether its token is revoked. */
export async function areRevokedInDatabase(
  db: DbOrTransaction,
  questions: readonly { jtis: readonly string[]; userId: string; version: number }[],
): Promise<boolean[]> {
  const rows = await selectRows<{ revoked: boolean }>(
    db,
    `select coalesce(u.status <> 'approved' or u.token_version <> q.version, true)
         or exists (select from revoked_tokens r where r.jti = any(q.jtis)) as revoked
     from jsonb_to_recordset(?::jsonb) as q (position int, jtis text[], "userId" bigint, version int)
     left join users u on u.id = q."userId" order by q.position`,
    [JSON.stringify(questions.map((question, position) => ({ ...question, position })))],
  );
  return rows.map(({ revoked }) => revoked);
}

/**
 * Removes what can never matter again: copies of tokens that have ended everywhere, spent links, sign-ins long over.
 */
export async function removeExpired(db: DbOrTransaction): Promise<Record<string, number>> {
  const margin = `interval '${CLOCK_MARGIN_S} s'`;
  return {
    revokedTokens: await execute(db, `delete from revoked_tokens where expires_at < now() - ${margin}`),
    refreshTokens: await execute(db, `delete from refresh_tokens where expires_at < now() - ${margin}`),
    downloadLinks: await execute(db, `delete from download_links where expires_at < now() - ${margin}`),
    telegramSessions: await execute(db, `delete from telegram_sessions where expires_at < now() - ${margin}`),
  };
}
