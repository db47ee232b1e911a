/** How the doctor comes into PostgreSQL: as the services do, and naming what stops it. */
import pg from 'pg';
import type { DoctorCode } from '../codes/entry.ts';
import { Trouble } from '../ladder.ts';
import { certificateTrouble, connectTcp, errorCode, targetName, tryTls, type Target } from '../wire.ts';

const QUERY_LIMIT_MS = 3_000;
/** What the services ask a session to begin with (shared/db/client.ts); whatever loses it is a pooler. */
const SESSION_ZONE = 'Asia/Tashkent';
const SESSION_LIMITS_MS = {
  statement_timeout: 30_000,
  lock_timeout: 1_000,
  idle_in_transaction_session_timeout: 5_000,
} as const;
/** Length 8, code 80877103: "may I speak TLS?" Every PostgreSQL answers with one letter. */
export const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

export function newClient(text: string, more: pg.ClientConfig = {}): pg.Client {
  const client = new pg.Client({
    connectionString: text,
    application_name: 'vhm24r-doctor',
    connectionTimeoutMillis: 3_000,
    query_timeout: QUERY_LIMIT_MS,
    // as the services do: a pooler that refuses it must be found here
    options: [
      `-c timezone=${SESSION_ZONE}`,
      ...Object.entries(SESSION_LIMITS_MS).map(([name, ms]) => `-c ${name}=${ms}`),
    ].join(' '),
    ...more,
  });
  return inTurn(client);
}

/** Several areas ask over one connection at once: each question waits for the one before, as pg no longer does it. */
function inTurn(client: pg.Client): pg.Client {
  const query = client.query.bind(client) as unknown as (...given: unknown[]) => Promise<unknown>;
  let last: Promise<unknown> = Promise.resolve();
  const queued = (...given: unknown[]): Promise<unknown> => {
    const asked = last.then(() => query(...given));
    last = asked.catch(() => undefined);
    return asked;
  };
  client.query = queued as unknown as typeof client.query;
  return client;
}

interface TlsOptions {
  rejectUnauthorized?: boolean;
  /** what `sslrootcert` names, read */
  ca?: string;
}

/** What the library makes of sslmode and its kin: the services do the same. */
export function tlsOptions(text: string): boolean | TlsOptions {
  return (newClient(text) as unknown as { ssl?: boolean | TlsOptions }).ssl ?? false;
}

export async function checkTls(target: Target, url: string): Promise<string> {
  const socket = await connectTcp('postgres', target);
  await new Promise<void>((resolve, reject) => {
    socket.once('data', () => resolve());
    socket.once('error', reject);
    socket.write(SSL_REQUEST);
  });
  const options = tlsOptions(url);
  const { fault, protocol } = await tryTls(socket, target.host, {
    ca: typeof options === 'object' ? options.ca : undefined,
  });
  const evidence = `${targetName(target)} tls=${protocol ?? 'none'} certificate=${fault ?? 'good'}`;
  const trouble = certificateTrouble('postgres', fault);
  const verifies = typeof options !== 'object' || options.rejectUnauthorized !== false;
  if (trouble !== null && verifies) throw new Trouble(trouble, evidence);
  if (fault !== null && trouble === null)
    throw new Trouble(fault === 'closed' ? 'postgres.closed_at_handshake' : 'postgres.tls_failed', evidence);
  return evidence;
}

export async function login(
  text: string,
  target: Target,
  tls: { wantsTls: boolean; serverTls: boolean },
): Promise<pg.Client> {
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

export async function open(client: pg.Client): Promise<pg.Client> {
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

const LOGIN_CODES: Readonly<Record<string, DoctorCode>> = {
  '28P01': 'postgres.wrong_password',
  '28000': 'postgres.login_refused',
  '3D000': 'postgres.no_database',
  '53300': 'postgres.too_many_connections',
  '57P03': 'postgres.starting',
  '57P01': 'postgres.starting',
  '08P01': 'postgres.startup_refused',
  ECONNREFUSED: 'postgres.refused',
  ECONNRESET: 'postgres.closed_at_handshake',
  EPIPE: 'postgres.closed_at_handshake',
};

/** pg says some things by message only; those are its own and do not depend on the server. */
function loginCode(error: unknown): DoctorCode {
  const known = LOGIN_CODES[errorCode(error)];
  if (known !== undefined) return known;
  const message = error instanceof Error ? error.message : '';
  if (/client password must be a( non-empty)? string/i.test(message)) return 'postgres.password_missing';
  if (message.startsWith('Connection terminated')) return 'postgres.closed_at_handshake';
  if (message.includes('timeout')) return 'postgres.frozen';
  return certificateTrouble('postgres', errorCode(error)) ?? 'postgres.login_failed';
}

export async function ask<Row extends object>(client: pg.Client, sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query<Row>(sql, values)).rows;
}

/** Settings that the session was asked to begin with and does not have, or null; a limit may be another one. */
export async function findLostSettings(client: pg.Client): Promise<string | null> {
  const rows = await ask<{ name: string; setting: string }>(
    client,
    'select name, setting from pg_settings where name = any($1) order by lower(name)',
    [['TimeZone', ...Object.keys(SESSION_LIMITS_MS)]],
  );
  const lost = rows.filter(({ name, setting }) => (name === 'TimeZone' ? setting !== SESSION_ZONE : setting === '0'));
  if (lost.length === 0) return null;
  const found = lost.map(({ name, setting }) => `${name.toLowerCase()}=${setting}`);
  return `asked for at startup and lost: ${found.join(' ')}`;
}
