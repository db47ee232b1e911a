/** What really happens on the wire below the client libraries: names, ports, first bytes, TLS. */
import { lookup } from 'node:dns/promises';
import { createConnection, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { DoctorCode } from './codes/entry.ts';
import { Trouble } from './ladder.ts';

export interface Target {
  host: string;
  port: number;
}

export const CONNECT_LIMIT_MS = 2_500;
export const ANSWER_LIMIT_MS = 2_000;

export const targetName = ({ host, port }: Target): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Names of a private network that exists only inside a Railway environment. */
const isRailwayInternal = (host: string): boolean =>
  host.toLowerCase().replace(/\.$/, '').endsWith('.railway.internal');
/** Railway gives its services this variable. */
const isOnRailway = (env: Readonly<Record<string, string | undefined>>): boolean =>
  ['RAILWAY_ENVIRONMENT', 'RAILWAY_ENVIRONMENT_ID', 'RAILWAY_PROJECT_ID'].some((name) => (env[name] ?? '') !== '');

/** Rung "name resolves". `family` is what the URL demands (0 = any). */
export async function resolveHost(
  area: 'postgres' | 'redis',
  host: string,
  family: 0 | 4 | 6,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  try {
    const found = await lookup(host, { all: true, family });
    return `host=${host} addresses=${found.map(({ address }) => address).join(',')}`;
  } catch (error) {
    const code = errorCode(error);
    const evidence = `host=${host} lookup=${code}`;
    if (family === 4 && (await hasAddress(host, 6)))
      throw new Trouble(`${area}.dns_ipv4_only`, `${evidence} family=4, the name has IPv6 addresses only`);
    if (isRailwayInternal(host)) {
      throw new Trouble(
        isOnRailway(env) ? `${area}.dns_internal_not_found` : `${area}.dns_internal_from_outside`,
        evidence,
      );
    }
    if (code === 'ENOTFOUND' || code === 'ENODATA') throw new Trouble(`${area}.dns_not_found`, evidence);
    throw new Trouble(`${area}.dns_unavailable`, evidence, { cause: error });
  }
}

async function hasAddress(host: string, family: 4 | 6): Promise<boolean> {
  return lookup(host, { family }).then(
    () => true,
    () => false,
  );
}

/** Rung "port answers". */
export async function openPort(area: 'postgres' | 'redis', target: Target, family: 0 | 4 | 6 = 0): Promise<string> {
  const socket = await connectTcp(area, target, family);
  const address = `address=${socket.remoteAddress ?? '?'} port=${target.port}`;
  socket.destroy();
  return address;
}

export function connectTcp(area: 'postgres' | 'redis', target: Target, family: 0 | 4 | 6 = 0): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: target.host, port: target.port, family, autoSelectFamily: family === 0 });
    const fail = (trouble: Trouble) => {
      clearTimeout(timer);
      socket.destroy();
      reject(trouble);
    };
    const timer = setTimeout(
      () => fail(new Trouble(`${area}.timeout`, `${targetName(target)} no connection within ${CONNECT_LIMIT_MS} ms`)),
      CONNECT_LIMIT_MS,
    );
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', (error) => {
      const code = errorCode(error);
      const evidence = `${targetName(target)} connect=${code}`;
      if (code === 'ECONNREFUSED') fail(new Trouble(`${area}.refused`, evidence));
      else if (code === 'ETIMEDOUT') fail(new Trouble(`${area}.timeout`, evidence));
      else if (code === 'ECONNRESET') fail(new Trouble(`${area}.closed_at_handshake`, evidence));
      else fail(new Trouble(`${area}.unreachable`, evidence, { cause: error }));
    });
  });
}

/** What came back after some bytes were sent. */
export type Reply = { kind: 'bytes'; bytes: Buffer } | { kind: 'closed' } | { kind: 'silence' };

/** Sends each stimulus after the other has met silence, on one connection, and gives the first bytes. */
export async function exchange(
  area: 'postgres' | 'redis',
  target: Target,
  stimuli: readonly (Buffer | string)[],
  options: { family?: 0 | 4 | 6; limitMs?: number } = {},
): Promise<Reply> {
  const socket = await connectTcp(area, target, options.family ?? 0);
  const limitMs = (options.limitMs ?? ANSWER_LIMIT_MS) / stimuli.length;
  try {
    for (const stimulus of stimuli) {
      const reply = await firstReply(socket, stimulus, limitMs);
      if (reply.kind !== 'silence') return reply;
    }
    return { kind: 'silence' };
  } finally {
    socket.destroy();
  }
}

function firstReply(socket: Socket, stimulus: Buffer | string, limitMs: number): Promise<Reply> {
  return new Promise((resolve) => {
    const done = (reply: Reply) => {
      clearTimeout(timer);
      socket.removeAllListeners('data');
      socket.removeAllListeners('close');
      resolve(reply);
    };
    const timer = setTimeout(() => done({ kind: 'silence' }), limitMs);
    socket.on('error', () => undefined);
    socket.once('data', (bytes: Buffer) => done({ kind: 'bytes', bytes }));
    socket.once('close', () => done({ kind: 'closed' }));
    if (socket.destroyed) done({ kind: 'closed' });
    else socket.write(stimulus);
  });
}

/** Which protocol these first bytes belong to, as far as they say. */
export function protocolOf(bytes: Buffer): string {
  const text = bytes.subarray(0, 64).toString('latin1');
  if (text.startsWith('HTTP/') || /^<(!doctype )?html/i.test(text)) return 'HTTP';
  if (/^[+-](PONG|OK|ERR|NOAUTH|LOADING|DENIED|WRONGPASS|NOPERM|MISCONF|MASTERDOWN|BUSY|READONLY)\b/.test(text))
    return 'Redis';
  if (text.startsWith('SSH-')) return 'SSH';
  if (text.startsWith('220 ')) return 'SMTP or FTP';
  if (bytes[0] === 0x15 && bytes[1] === 0x03) return 'TLS';
  if (bytes.length > 5 && bytes[4] === 0x0a && /\d+\.\d+/.test(text)) return 'MySQL';
  if (bytes.length === 1 && (text === 'S' || text === 'N')) return 'PostgreSQL';
  if (bytes[0] === 0x45 && text.includes('SFATAL')) return 'PostgreSQL';
  return 'unknown';
}

/** First bytes as text without anything that a terminal would act upon. */
export const showBytes = (bytes: Buffer): string =>
  JSON.stringify(bytes.subarray(0, 24).toString('latin1')).replaceAll(/[^\x20-\x7e]/g, '?');

export interface TlsOutcome {
  /** null = handshake done and certificate good */
  fault: string | null;
  authorized: boolean;
  protocol: string | null;
}

/**
 * TLS handshake over a connection, without refusing any certificate: the caller judges.
 * @param options.ca the authority to trust in place of the usual ones
 */
export function tryTls(
  socket: Socket,
  host: string,
  options: { limitMs?: number; ca?: string } = {},
): Promise<TlsOutcome> {
  return new Promise((resolve) => {
    const servername = /^[\d.]+$|:/.test(host) ? undefined : host;
    const secure: TLSSocket = connectTls({
      socket,
      rejectUnauthorized: false,
      host,
      ...(servername === undefined ? {} : { servername }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    const done = (outcome: TlsOutcome) => {
      clearTimeout(timer);
      secure.destroy();
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(
      () => done({ fault: 'silence', authorized: false, protocol: null }),
      options.limitMs ?? ANSWER_LIMIT_MS,
    );
    secure.on('error', (error) => done({ fault: errorCode(error), authorized: false, protocol: null }));
    secure.once('close', () => done({ fault: 'closed', authorized: false, protocol: null }));
    secure.once('secureConnect', () => {
      // some versions give an Error, others its code
      const reason = secure.authorizationError as unknown;
      const code = reason instanceof Error ? errorCode(reason) : typeof reason === 'string' ? reason : null;
      done({ fault: code, authorized: secure.authorized, protocol: secure.getProtocol() });
    });
  });
}

/** Which code a certificate's fault has, or null when it is good. */
export function certificateTrouble(area: 'postgres' | 'redis', fault: string | null): DoctorCode | null {
  if (fault === null) return null;
  if (/ALTNAME|HOSTNAME_MISMATCH/.test(fault)) return `${area}.tls_name_mismatch`;
  if (/EXPIRED|NOT_YET_VALID/.test(fault)) return `${area}.tls_expired`;
  if (/SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_UNTRUSTED/.test(fault)) return `${area}.tls_self_signed`;
  return null;
}

export function errorCode(error: unknown): string {
  const fault = error as { code?: unknown; errors?: unknown[]; name?: string };
  if (typeof fault.code === 'string' && fault.code !== '') return fault.code;
  if (Array.isArray(fault.errors) && fault.errors.length > 0) return errorCode(fault.errors[0]);
  return fault.name ?? 'unknown';
}
