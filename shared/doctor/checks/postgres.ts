import type pg from 'pg';
import { maskUrl } from '../../redact.ts';
import { postgresCodes } from '../codes/postgres.ts';
import type { AreaCheck, DoctorContext } from '../context.ts';
import { Trouble, type Ladder } from '../ladder.ts';
import { measureLatency } from '../latency.ts';
import { errorCode, exchange, openPort, protocolOf, resolveHost, showBytes, targetName, type Target } from '../wire.ts';
import { checkAudit } from './audit-log.ts';
import { ask, checkTls, findLostSettings, login, newClient, open, SSL_REQUEST, tlsOptions } from './postgres-login.ts';
import { checkMigrations, checkRecords, checkSchema, writeAndRead } from './postgres-schema.ts';
import { checkReplica } from './postgres-replica.ts';
import { checkUpkeep } from './postgres-upkeep.ts';

const OLDEST_VERSION = 150_000;
const CONNECTIONS_WARN_SHARE = 0.8;
/** Our own sessions are ended after five seconds of it. */
const IDLE_WARN_S = 10;

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
  await ladder.rung(
    'postgres.resolve',
    async () => (socket === null ? resolveHost('postgres', target.host, 0, context.env) : bySocket),
    {
      late: 'postgres.dns_unavailable',
    },
  );
  await ladder.rung('postgres.port', async () => (socket === null ? openPort('postgres', target) : bySocket));
  await ladder.rung('postgres.protocol', async () => {
    if (socket !== null) return bySocket;
    const answer = await exchange('postgres', target, [SSL_REQUEST]);
    // whoever does not know the question may know another one, and then tells who it is
    const reply =
      answer.kind === 'silence' ? await exchange('postgres', target, ['PING\r\n\r\n'], { limitMs: 1_000 }) : answer;
    if (reply.kind === 'silence')
      throw new Trouble('postgres.frozen', `${targetName(target)} accepted, no answer to an SSLRequest`);
    if (reply.kind === 'closed')
      throw new Trouble(
        'postgres.closed_at_handshake',
        `${targetName(target)} closed after an SSLRequest, no byte came`,
      );
    const protocol = protocolOf(reply.bytes);
    if (protocol !== 'PostgreSQL')
      throw new Trouble(
        'postgres.other_protocol',
        `${targetName(target)} speaks=${protocol} first_bytes=${showBytes(reply.bytes)}`,
      );
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
  'postgres.audit',
  'postgres.records',
  'postgres.upkeep',
  'postgres.replica',
  'postgres.latency',
] as const;

async function climbServer(
  context: DoctorContext,
  ladder: Ladder,
  client: pg.Client,
  target: Target,
  url: string,
): Promise<void> {
  const late = 'postgres.frozen';
  await ladder.rung(
    'postgres.server',
    async () => {
      const [row] = await ask<{ version: number; name: string; connections: number; max: number }>(
        client,
        `select current_setting('server_version_num')::int as version, current_database() as name,
                (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
                current_setting('max_connections')::int as max`,
      );
      const connections = `${row?.connections}/${row?.max}`;
      const facts = `server_version_num=${row?.version} database=${row?.name} connections=${connections}`;
      if (Number(row?.version) < OLDEST_VERSION) throw new Trouble('postgres.version_old', facts);
      if (row !== undefined && row.connections > row.max * CONNECTIONS_WARN_SHARE)
        ladder.note('postgres.connections_near_limit', facts);
      const lost = await findLostSettings(client);
      if (lost !== null) ladder.note('postgres.session_settings_lost', lost);
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
  await ladder.rung('postgres.audit', () => checkAudit(client, ladder), { late });
  await ladder.rung('postgres.records', () => checkRecords(client, ladder), { late });
  await ladder.rung('postgres.upkeep', () => checkUpkeep(client, ladder), { late });
  await ladder.rung('postgres.replica', () => checkReplica(context.env['DATABASE_READ_URL'] ?? '', client, ladder), {
    limitMs: 9_000,
  });
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
    throw new Trouble(
      'postgres.url_malformed',
      `DATABASE_URL scheme=${url.protocol} host=${url.hostname === '' ? 'none' : 'given'}`,
    );
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

/**
 * The folder of a Unix socket, as `postgres:///db?host=/run/postgresql` or `postgres://%2Frun%2Fpostgresql/db` names
 * it; else null.
 */
function socketFolder(url: URL): string | null {
  const named = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  return named.startsWith('/') ? named : null;
}

const isPooled = ({ host, port }: Target, url: string): boolean =>
  /-pooler\./.test(host) || port === 6543 || /[?&]pgbouncer=true/.test(url);

/**
 * A pooler that shows by what it does: it gives one session the backend of another. Its own `processID` is no
 * backend's, so that a direct connection is told at once and costs nothing more.
 * @returns what was seen, or null
 */
async function findPooling(client: pg.Client, url: string): Promise<string | null> {
  const seen = async (one: pg.Client) => (await ask<{ pid: number }>(one, 'select pg_backend_pid() as pid'))[0];
  const first = await seen(client);
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
            -- holds the lock of migrations and no snapshot
            and application_name <> 'vhm24r-migrate-lock'
            and state_change < clock_timestamp() - make_interval(secs => ${IDLE_WARN_S})) as idle`,
  );
  if (row?.autovacuum === false) ladder.note('postgres.autovacuum_off', 'autovacuum=off or track_counts=off');
  else if (row?.tables) ladder.note('postgres.autovacuum_off', `autovacuum_enabled=false tables=${row.tables}`);
  if (row?.idle) ladder.note('postgres.idle_in_transaction', row.idle);
}
