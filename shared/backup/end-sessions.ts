/**
 * A backup knows nothing of who was signed out, blocked or deprived of a token after it was made. So a restored
 * database lets in nobody by what was handed out before: every sign-in ends, personal API tokens wait until an
 * administrator confirms them, and who is blocked now stays so. It works on the schema of any backup: the migrations
 * come later.
 */
import type pg from 'pg';
import { SUSPENDED_VERSION } from '../auth/api-tokens.ts';

/**
 * Above every version that was ever handed out, also after the backup or after an earlier restore of it: nobody is
 * signed out everywhere once a second. Seconds since 2020.
 */
const FRESH_VERSION = `greatest(token_version + 1, floor(extract(epoch from clock_timestamp()) - 1577836800)::int)`;

export interface Blocked {
  id: string;
  email: string | null;
}

export interface EndedSessions {
  people: number;
  suspendedTokens: number;
  keptBlocked: number;
}

/** Who is blocked in the database that is to be replaced; nobody where it has no people. */
export async function blockedPeople(client: pg.Client): Promise<Blocked[]> {
  const found = await client.query<{ found: string | null }>(`select to_regclass('users')::text as found`);
  if (!found.rows[0]?.found) return [];
  return (await client.query<Blocked>(`select id, email from users where status = 'blocked'`)).rows;
}

/** One transaction. */
export async function endSessions(client: pg.Client, blocked: readonly Blocked[]): Promise<EndedSessions> {
  await client.query('begin');
  const suspended = await client.query(
    `update user_tokens t set token_version = ${SUSPENDED_VERSION} from users u
     where u.id = t.user_id and t.token_version = u.token_version and t.revoked_at is null`,
  );
  const kept = await client.query(
    `update users u set status = 'blocked' from unnest($1::bigint[], $2::text[]) b (id, email)
     where u.id = b.id and u.email is not distinct from b.email and u.status <> 'blocked'`,
    [blocked.map(({ id }) => id), blocked.map(({ email }) => email)],
  );
  const people = await client.query(`update users set token_version = ${FRESH_VERSION}`);
  await client.query(`update refresh_tokens set revoked_at = clock_timestamp() where revoked_at is null`);
  await client.query(`delete from download_links`);
  await client.query('commit');
  return { people: people.rowCount ?? 0, suspendedTokens: suspended.rowCount ?? 0, keptBlocked: kept.rowCount ?? 0 };
}

/** What would still let somebody in by what was handed out before the restore; empty = nothing. */
export async function openSessions(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; count: number }>(`
    select 'refresh_tokens' as name, count(*)::int as count from refresh_tokens t join users u on u.id = t.user_id
      where t.revoked_at is null or t.token_version >= u.token_version
    union all
    select 'user_tokens', count(*)::int from user_tokens t join users u on u.id = t.user_id
      where t.revoked_at is null and t.token_version = u.token_version
    union all
    select 'download_links', count(*)::int from download_links`);
  return rows.filter(({ count }) => count > 0).map(({ name, count }) => `${name}: ${count} still open`);
}
