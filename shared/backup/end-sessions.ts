/**
 * A backup knows nothing of who was signed out, blocked or deprived of a token after it was made. So a restored
 * database lets in nobody by what was handed out before: every sign-in ends, personal API tokens wait until an
 * administrator confirms them, who is blocked now stays so, and a chat that was unbound or exchanged stays unbound. It
 * works on the schema of any backup: the migrations come later.
 */
import type pg from 'pg';
import { SUSPENDED_VERSION } from '../auth/api-tokens.ts';
import { FRESH_VERSION } from '../auth/restored-versions.ts';

/** Single-use secrets of which the backup does not know whether they were used, or ended; of whichever schema. */
const SECRETS = {
  download_links: 'true',
  invitations: 'true',
  telegram_bindings: 'true',
  telegram_sessions: `kind = 'bot'`,
} as const;

/** What of a person outlasts the restore. */
export interface Present {
  id: string;
  email: string | null;
  blocked: boolean;
  telegramId: string | null;
  version: number;
}

export interface EndedSessions {
  people: number;
  suspendedTokens: number;
  keptBlocked: number;
}

/** Who is there in the database that is to be replaced; nobody where it has no people. */
export async function presentPeople(client: pg.Client): Promise<Present[]> {
  const found = await client.query<{ found: string | null }>(`select to_regclass('users')::text as found`);
  if (!found.rows[0]?.found) return [];
  const { rows } = await client.query<Present>(
    `select id, email, status = 'blocked' as blocked, telegram_id as "telegramId", token_version as version
     from users`,
  );
  return rows;
}

/** One transaction. */
export async function endSessions(client: pg.Client, present: readonly Present[]): Promise<EndedSessions> {
  const blocked = present.filter((person) => person.blocked);
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
  // somebody who lost a telephone would have it let in again; without an address there is no other way in than the chat
  await client.query(
    `update users u set telegram_id = null
     from unnest($1::bigint[], $2::text[], $3::bigint[]) p (id, email, telegram_id)
     where u.id = p.id and u.email = p.email and u.telegram_id is distinct from p.telegram_id`,
    [present.map(({ id }) => id), present.map(({ email }) => email), present.map(({ telegramId }) => telegramId)],
  );
  // two restores within a second: what was handed out between them ends, too
  const people = await client.query(
    `update users set token_version = greatest(${FRESH_VERSION}, (select max(v) + 1 from unnest($1::int[]) v))`,
    [present.map(({ version }) => version)],
  );
  await client.query(`update refresh_tokens set revoked_at = clock_timestamp() where revoked_at is null`);
  for (const [table, condition] of await secretsOf(client))
    await client.query(`delete from ${table} where ${condition}`);
  await client.query('commit');
  return { people: people.rowCount ?? 0, suspendedTokens: suspended.rowCount ?? 0, keptBlocked: kept.rowCount ?? 0 };
}

async function secretsOf(client: pg.Client): Promise<[table: string, condition: string][]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from unnest($1::text[]) name where to_regclass(name) is not null',
    [Object.keys(SECRETS)],
  );
  return Object.entries(SECRETS).filter(([table]) => rows.some(({ name }) => name === table));
}

/** What would still let somebody in by what was handed out before the restore; empty = nothing. */
export async function openSessions(client: pg.Client): Promise<string[]> {
  const secrets = (await secretsOf(client)).map(
    ([table, condition]) => `
    union all
    select '${table}', count(*)::int
    from ${table}
    where ${condition}`,
  );
  const { rows } = await client.query<{ name: string; count: number }>(`
    select 'refresh_tokens' as name, count(*)::int as count from refresh_tokens t join users u on u.id = t.user_id
      where t.revoked_at is null or t.token_version >= u.token_version
    union all
    select 'user_tokens', count(*)::int from user_tokens t join users u on u.id = t.user_id
      where t.revoked_at is null and t.token_version = u.token_version
    ${secrets.join('\n')}`);
  return rows.filter(({ count }) => count > 0).map(({ name, count }) => `${name}: ${count} still open`);
}
