import pg from 'pg';
import { migrations } from '../../../migrations/index.ts';
import { maskUrl } from '../../redact.ts';
import { postgresCodes } from '../codes/postgres.ts';
import type { AreaCheck, DoctorContext } from '../context.ts';
import { expectedSchema } from '../expected-schema.ts';
import { Trouble, type Ladder } from '../ladder.ts';
import { measureLatency } from '../latency.ts';
import {
  certificateTrouble,
  connectTcp,
  errorCode,
  exchange,
  openPort,
  protocolOf,
  resolveHost,
  showBytes,
  targetName,
  tryTls,
  type Target,
} from '../wire.ts';

const OLDEST_VERSION = 150_000;
const QUERY_LIMIT_MS = 3_000;
const CONNECTIONS_WARN_SHARE = 0.8;
/** Our own sessions are ended after five seconds of it. */
const IDLE_WARN_S = 10;
const SESSION_ZONE = 'Asia/Tashkent';
/** Length 8, code 80877103: "may I speak TLS?" Every PostgreSQL answers with one letter. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

export const postgresCheck: AreaCheck = {
  area: 'postgres',
  needs: [],
  codes: postgresCodes,
  async run(context, ladder) {
    try {
      await climb(context, ladder);
    } finally {
      const stoppedBy = ladder.stoppedBy();
      if (stoppedBy !== null) context.tell.postgres({ stoppedBy });
    }
  },
};

async function climb(context: DoctorContext, ladder: Ladder): Promise<void> {
  const text = context.env['DATABASE_URL'] ?? '';
  let target: Target = { host: '', port: 5432 };
  let wantsTls = false;
  let serverTls = false;
  /** a Unix socket has no name to resolve, no port and no TLS */
  let socket: string | null = null;
  let client: pg.Client | null = null;
  const connected = (): pg.Client => {
    if (client === null) throw new Error('not connected');
    return client;
  };

  await ladder.rung('postgres.address', async () => {
    const url = readAddress(text);
    socket = socketFolder(url);
    if (socket !== null) {
      target = { host: socket, port: Number(url.searchParams.get('port') ?? (url.port === '' ? 5432 : url.port)) };
      return `url=${maskUrl(text)} socket=${socket}/.s.PGSQL.${target.port}`;
    }
    target = { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 5432 : Number(url.port) };
    wantsTls = tlsOptions(text) !== false;
    return `url=${maskUrl(text)} tls=${wantsTls ? 'asked' : 'not asked'}`;
  });
  const bySocket = 'a Unix socket';
  await ladder.rung('postgres.resolve', async () => (socket === null ? resolveHost('postgres', target.host, 0, context.env) : bySocket), {
    late: 'postgres.dns_unavailable',
  });
  await ladder.rung('postgres.port', async () => (socket === null ? openPort('postgres', target) : bySocket));
  await ladder.rung('postgres.protocol', async () => {
    if (socket !== null) return bySocket;
    const answer = await exchange('postgres', target, [SSL_REQUEST]);
    // whoever does not know the question may know another one, and then tells who it is
    const reply = answer.kind === 'silence' ? await exchange('postgres', target, ['PING\r\n\r\n'], { limitMs: 1_000 }) : answer;
    if (reply.kind === 'silence') throw new Trouble('postgres.frozen', `${targetName(target)} accepted, no answer to an SSLRequest`);
    if (reply.kind === 'closed')
      throw new Trouble('postgres.closed_at_handshake', `${targetName(target)} closed after an SSLRequest, no byte came`);
    const protocol = protocolOf(reply.bytes);
    if (protocol !== 'PostgreSQL')
      throw new Trouble('postgres.other_protocol', `${targetName(target)} speaks=${protocol} first_bytes=${showBytes(reply.bytes)}`);
    serverTls = reply.bytes.toString('latin1') === 'S';
    return `SSLRequest answered ${serverTls ? 'S' : 'N'}`;
  });
  await ladder.rung('postgres.tls', async () => {
    if (!wantsTls) return `not asked, server ${serverTls ? 'offers it' : 'has none'}`;
    if (!serverTls) throw new Trouble('postgres.tls_not_offered', `${targetName(target)} SSLRequest answered N`);
    return checkTls(target, text);
  });
  await ladder.rung(
    'postgres.login',
    async () => {
      client = await login(text, target, { wantsTls, serverTls });
      context.closers.push('doctor postgres', () => connected().end(), 1_000);
      return 'logged in';
    },
    { limitMs: 9_000, late: 'postgres.frozen' },
  );
  if (client !== null) await climbServer(context, ladder, connected(), target, text);
  else for (const code of SERVER_RUNGS) await ladder.rung(code, async () => '');
}

const SERVER_RUNGS = [
  'postgres.server',
  'postgres.writable',
  'postgres.migrations',
  'postgres.schema',
  'postgres.write_read',
  'postgres.latency',
];

async function climbServer(context: DoctorContext, ladder: Ladder, client: pg.Client, target: Target, url: string): Promise<void> {
  const late = 'postgres.frozen';
  await ladder.rung(
    'postgres.server',
    async () => {
      const [row] = await ask<{ version: number; name: string; connections: number; max: number }>(
        client,
        `select current_setting('server_version_num')::int as version, current_database() as name,
                (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections, current_setting('max_connections')::int as max`,
      );
      const facts = `server_version_num=${row?.version} database=${row?.name} connections=${row?.connections}/${row?.max}`;
      if (Number(row?.version) < OLDEST_VERSION) throw new Trouble('postgres.version_old', facts);
      if (row !== undefined && row.connections > row.max * CONNECTIONS_WARN_SHARE) ladder.note('postgres.connections_near_limit', facts);
      const pooled = isPooled(target, url) ? `url=${maskUrl(url)}` : await findPooling(client, url);
      if (pooled !== null) ladder.note('postgres.pooled_transaction_mode', pooled);
      await checkActivity(client, ladder);
      return facts;
    },
    { late },
  );
  await ladder.rung(
    'postgres.writable',
    async () => {
      const [row] = await ask<{ standby: boolean; readonly: string }>(
        client,
        `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') as readonly`,
      );
      if (row?.standby) throw new Trouble('postgres.standby', 'pg_is_in_recovery=true');
      if (row?.readonly === 'on') throw new Trouble('postgres.read_only', 'transaction_read_only=on');
      return 'primary, transactions may write';
    },
    { late },
  );
  await ladder.rung('postgres.migrations', () => checkMigrations(client), { late });
  await ladder.rung('postgres.schema', () => checkSchema(client), { late });
  const usable = await ladder.rung('postgres.write_read', () => writeAndRead(client), { late });
  if (usable) context.tell.postgres({ client });
  await ladder.rung(
    'postgres.latency',
    () =>
      measureLatency(context, ladder, {
        target: `postgres ${targetName(target)}`,
        slowCode: 'postgres.slow',
        ping: () => ask(client, 'select 1'),
      }),
    { limitMs: 8_000, late: 'postgres.frozen' },
  );
}

/** @throws Trouble that says what the address lacks */
function readAddress(text: string): URL {
  if (text.trim() === '') throw new Trouble('postgres.url_missing', 'DATABASE_URL is empty');
  if (/\$\{|^\$\w/.test(text)) throw new Trouble('postgres.url_unresolved', 'DATABASE_URL=***');
  if (/^sqlite/i.test(text)) throw new Trouble('postgres.url_sqlite', 'DATABASE_URL starts with sqlite');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Trouble('postgres.url_malformed', 'DATABASE_URL=***');
  }
  const socket = socketFolder(url);
  if (!['postgres:', 'postgresql:'].includes(url.protocol) || (url.hostname === '' && socket === null)) {
    throw new Trouble('postgres.url_malformed', `DATABASE_URL scheme=${url.protocol} host=${url.hostname === '' ? 'none' : 'given'}`);
  }
  try {
    decodeURIComponent(url.password);
    newClient(text);
  } catch (error) {
    const certificate = url.searchParams.get('sslrootcert');
    if (certificate !== null && ['ENOENT', 'EACCES', 'EISDIR'].includes(errorCode(error)))
      throw new Trouble('postgres.root_certificate_missing', `sslrootcert=${certificate} read=${errorCode(error)}`);
    throw new Trouble('postgres.url_malformed', 'DATABASE_URL=***');
  }
  return url;
}

/** The folder of a Unix socket, as `postgres:///db?host=/run/postgresql` or `postgres://%2Frun%2Fpostgresql/db` names it; else null. */
function socketFolder(url: URL): string | null {
  const named = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  return named.startsWith('/') ? named : null;
}

const isPooled = ({ host, port }: Target, url: string): boolean =>
  /-pooler\./.test(host) || port === 6543 || /[?&]pgbouncer=true/.test(url);

/**
 * A pooler that shows by what it does: it drops the settings a session begins with, or gives one session the backend of another. Its own
 * `processID` is no backend's, so that a direct connection is told at once and costs nothing more.
 * @returns what was seen, or null
 */
async function findPooling(client: pg.Client, url: string): Promise<string | null> {
  const seen = async (one: pg.Client) =>
    (await ask<{ pid: number; zone: string }>(one, `select pg_backend_pid() as pid, current_setting('TimeZone') as zone`))[0];
  const first = await seen(client);
  if (first !== undefined && first.zone !== SESSION_ZONE) return `startup option timezone=${SESSION_ZONE} lost, timezone=${first.zone}`;
  if (first?.pid === (client as unknown as { processID: number }).processID) return null;
  const other = await open(newClient(url));
  try {
    await other.query('begin');
    const held = await seen(other);
    const second = await seen(client).catch((error: unknown) => ({ pid: errorCode(error) }));
    if (second?.pid !== first?.pid || held?.pid === first?.pid)
      return `backend_pid=${first?.pid}, then ${second?.pid}, another session has ${held?.pid}`;
    return null;
  } finally {
    await other.end().catch(() => undefined);
  }
}

/** What makes a server slower by the day, or stops it in the end. */
async function checkActivity(client: pg.Client, ladder: Ladder): Promise<void> {
  const [row] = await ask<{ autovacuum: boolean; tables: string | null; idle: string | null }>(
    client,
    `select current_setting('autovacuum')::bool and current_setting('track_counts')::bool as autovacuum,
       (select string_agg(relname, ',') from pg_class where relnamespace = current_schema()::regnamespace
          and reloptions @> array['autovacuum_enabled=false']) as tables,
       (select string_agg(format('pid=%s user=%s idle=%ss', pid, usename,
            extract(epoch from clock_timestamp() - state_change)::int), ', ' order by state_change)
          from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
            and state_change < clock_timestamp() - make_interval(secs => ${IDLE_WARN_S})) as idle`,
  );
  if (row?.autovacuum === false) ladder.note('postgres.autovacuum_off', 'autovacuum=off or track_counts=off');
  else if (row?.tables) ladder.note('postgres.autovacuum_off', `autovacuum_enabled=false tables=${row.tables}`);
  if (row?.idle) ladder.note('postgres.idle_in_transaction', row.idle);
}

function newClient(text: string, more: pg.ClientConfig = {}): pg.Client {
  return new pg.Client({
    connectionString: text,
    application_name: 'vhm24r-doctor',
    connectionTimeoutMillis: 3_000,
    query_timeout: QUERY_LIMIT_MS,
    // as the services do: a pooler that refuses it must be found here
    options: `-c timezone=${SESSION_ZONE}`,
    ...more,
  });
}

interface TlsOptions {
  rejectUnauthorized?: boolean;
  /** what `sslrootcert` names, read */
  ca?: string;
}

/** What the library makes of sslmode and its kin: the services do the same. */
function tlsOptions(text: string): boolean | TlsOptions {
  return (newClient(text) as unknown as { ssl?: boolean | TlsOptions }).ssl ?? false;
}

async function checkTls(target: Target, url: string): Promise<string> {
  const socket = await connectTcp('postgres', target);
  await new Promise<void>((resolve, reject) => {
    socket.once('data', () => resolve());
    socket.once('error', reject);
    socket.write(SSL_REQUEST);
  });
  const options = tlsOptions(url);
  const { fault, protocol } = await tryTls(socket, target.host, { ca: typeof options === 'object' ? options.ca : undefined });
  const evidence = `${targetName(target)} tls=${protocol ?? 'none'} certificate=${fault ?? 'good'}`;
  const trouble = certificateTrouble('postgres', fault);
  const verifies = typeof options !== 'object' || options.rejectUnauthorized !== false;
  if (trouble !== null && verifies) throw new Trouble(trouble, evidence);
  if (fault !== null && trouble === null)
    throw new Trouble(fault === 'closed' ? 'postgres.closed_at_handshake' : 'postgres.tls_failed', evidence);
  return evidence;
}

async function login(text: string, target: Target, tls: { wantsTls: boolean; serverTls: boolean }): Promise<pg.Client> {
  try {
    return await open(newClient(text));
  } catch (error) {
    const code = errorCode(error);
    // a server that refuses plain connections lets the same user in over TLS, or at least asks for the password there
    if (code === '28000' && !tls.wantsTls && tls.serverTls && (await differsOverTls(text))) {
      throw new Trouble('postgres.tls_required', `${targetName(target)} plain=28000 tls=accepted`);
    }
    throw new Trouble(loginCode(error), `${targetName(target)} login=${code}`, { cause: error });
  }
}

async function differsOverTls(text: string): Promise<boolean> {
  try {
    const client = await open(newClient(text, { ssl: { rejectUnauthorized: false } }));
    await client.end();
    return true;
  } catch (error) {
    return errorCode(error) !== '28000';
  }
}

async function open(client: pg.Client): Promise<pg.Client> {
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

const LOGIN_CODES: Record<string, string> = {
  '28P01': 'wrong_password',
  '28000': 'login_refused',
  '3D000': 'no_database',
  '53300': 'too_many_connections',
  '57P03': 'starting',
  '57P01': 'starting',
  '08P01': 'startup_refused',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'closed_at_handshake',
  EPIPE: 'closed_at_handshake',
};

/** pg says some things by message only; those are its own and do not depend on the server. */
function loginCode(error: unknown): string {
  const known = LOGIN_CODES[errorCode(error)];
  if (known !== undefined) return `postgres.${known}`;
  const message = error instanceof Error ? error.message : '';
  if (/client password must be a( non-empty)? string/i.test(message)) return 'postgres.password_missing';
  if (message.startsWith('Connection terminated')) return 'postgres.closed_at_handshake';
  if (message.includes('timeout')) return 'postgres.frozen';
  return certificateTrouble('postgres', errorCode(error)) ?? 'postgres.login_failed';
}

async function ask<Row extends object>(client: pg.Client, sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query<Row>(sql, values)).rows;
}

async function checkMigrations(client: pg.Client): Promise<string> {
  const [there] = await ask<{ found: string | null }>(client, `select to_regclass('migrations')::text as found`);
  if (!there?.found) throw new Trouble('postgres.migrations_missing', 'no table migrations');
  const applied = new Set((await ask<{ name: string }>(client, 'select name from migrations')).map(({ name }) => name));
  const known = migrations.map(({ name }) => name);
  if (applied.size === 0) throw new Trouble('postgres.migrations_missing', 'migrations has no row');
  const ahead = [...applied].filter((name) => !known.includes(name));
  if (ahead.length > 0) throw new Trouble('postgres.migrations_ahead', `unknown=${ahead.join(',')}`);
  const pending = known.filter((name) => !applied.has(name));
  if (pending.length > 0) throw new Trouble('postgres.migrations_pending', `pending=${pending.join(',')}`);
  return `last=${known.at(-1) ?? ''} count=${applied.size}`;
}

async function checkSchema(client: pg.Client): Promise<string> {
  const expected = await expectedSchema();
  const relations = await ask<{ name: string; kind: string; valid: boolean | null }>(
    client,
    `select c.relname as name, c.relkind as kind, i.indisvalid as valid from pg_class c left join pg_index i on i.indexrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'i', 'I')`,
  );
  const tables = new Set(relations.filter(({ kind }) => kind === 'r' || kind === 'p').map(({ name }) => name));
  const indexes = new Set(relations.filter(({ kind, valid }) => (kind === 'i' || kind === 'I') && valid !== false).map(({ name }) => name));
  const missingTables = expected.tables.filter((name) => !tables.has(name));
  if (missingTables.length > 0) throw new Trouble('postgres.table_missing', `missing=${missingTables.join(',')}`);
  const { rows: present } = await client.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped`,
  );
  const columns = new Set(present.map(({ name }) => name));
  const wanted = [...expected.columns].flatMap(([table, names]) => [...names].map((name) => `${table}.${name}`));
  const missingColumns = wanted.filter((name) => !columns.has(name));
  if (missingColumns.length > 0) throw new Trouble('postgres.column_missing', `missing=${missingColumns.join(',')}`);
  const missing = [...expected.indexes.keys()].filter((name) => !indexes.has(name));
  if (missing.length > 0) throw new Trouble('postgres.index_missing', `missing=${missing.join(',')}`);
  const [denied] = await ask<{ names: string | null }>(
    client,
    `select string_agg(name, ',') as names from unnest($1::text[]) name where not has_table_privilege(name, 'select, insert')`,
    [expected.tables],
  );
  if (denied?.names) throw new Trouble('postgres.permission_denied', `tables=${denied.names}`);
  return `tables=${tables.size} indexes=${indexes.size}`;
}

/** Nothing of it stays: the transaction is rolled back. */
async function writeAndRead(client: pg.Client): Promise<string> {
  await client.query('begin');
  try {
    await client.query(`insert into notices (notice_key, kind) values ('doctor:' || gen_random_uuid(), 'doctor')`);
    const [row] = await ask<{ count: number }>(client, `select count(*)::int as count from notices where kind = 'doctor'`);
    return `rows written and read=${row?.count}, rolled back`;
  } catch (error) {
    const code = errorCode(error);
    const known: Record<string, string> = { '42501': 'permission_denied', '53100': 'disk_full', '25006': 'read_only' };
    throw new Trouble(`postgres.${known[code] ?? 'write_failed'}`, `insert=${code}`, { cause: error });
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}
