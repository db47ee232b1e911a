import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { maskUrl } from '../../redact.ts';
import { findMissingAbility, isLastingFault, whatItIs } from '../../redis/abilities.ts';
import type { DoctorCode } from '../codes/entry.ts';
import { redisCodes } from '../codes/redis.ts';
import type { AreaCheck, DoctorContext } from '../context.ts';
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

const OLDEST_VERSION = [6, 2] as const;
const COMMAND_LIMIT_MS = 2_000;
const MEMORY_WARN_SHARE = 0.8;
const PROBE_TTL_S = 60;

interface Address extends Target {
  tls: boolean;
  hasPassword: boolean;
  family: 0 | 4 | 6;
}

export const redisCheck: AreaCheck = {
  area: 'redis',
  needs: [],
  codes: redisCodes,
  async run(context, ladder) {
    try {
      await climb(context, ladder);
    } finally {
      const stoppedBy = ladder.stoppedBy();
      if (stoppedBy !== null) context.tell.redis({ stoppedBy });
    }
  },
};

async function climb(context: DoctorContext, ladder: Ladder): Promise<void> {
  const text = context.env['REDIS_URL'] ?? '';
  let address: Address = { host: '', port: 6379, tls: false, hasPassword: false, family: 0 };
  await ladder.rung('redis.address', async () => {
    address = readAddress(text);
    if (address.host.endsWith('.upstash.io') && !address.tls)
      ladder.note('redis.upstash_without_tls', `url=${maskUrl(text)}`);
    return `url=${maskUrl(text)}`;
  });
  await ladder.rung('redis.resolve', () => resolveHost('redis', address.host, address.family, context.env), {
    late: 'redis.dns_unavailable',
  });
  await ladder.rung('redis.port', () => openPort('redis', address, address.family));
  await ladder.rung('redis.protocol', () => (address.tls ? speaksTls(address) : speaksPlain(address, ladder)), {
    limitMs: 9_000,
    late: 'redis.frozen',
  });
  await ladder.rung('redis.tls', async () => (address.tls ? checkCertificate(address) : 'not asked'), {
    late: 'redis.frozen',
  });

  const client = new Redis(ladder.stoppedBy() === null ? text : 'redis://127.0.0.1:1', {
    lazyConnect: true,
    family: address.family,
    connectTimeout: COMMAND_LIMIT_MS,
    commandTimeout: COMMAND_LIMIT_MS,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    disableClientInfo: true,
    showFriendlyErrorStack: false,
  });
  let loginFault: unknown = null;
  client.on('error', (error: unknown) => (loginFault ??= error));
  context.closers.push('doctor redis', () => client.disconnect());
  await ladder.rung('redis.login', () => login(client, address, () => loginFault), {
    limitMs: 6_000,
    late: 'redis.frozen',
  });
  const late = 'redis.frozen';
  let info: Record<string, string> = {};
  await ladder.rung(
    'redis.server',
    async () => {
      const text = await asking('redis.login_failed', () => client.info());
      info = parseInfo(text);
      const kind = whatItIs(text);
      if (kind !== null) throw new Trouble(`redis.${kind.reason}`, `${targetName(address)} ${kind.evidence}`);
      const version = info['redis_version'] ?? '0';
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const facts =
        `redis_version=${version} role=${info['role'] ?? '?'} clients=${info['connected_clients'] ?? '?'} ` +
        `memory=${info['used_memory_human'] ?? '?'}`;
      if (major < OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor < OLDEST_VERSION[1]))
        throw new Trouble('redis.version_old', facts);
      return facts;
    },
    { late },
  );
  await ladder.rung('redis.write_read', () => writeAndRead(client), { late });
  const usable = await ladder.rung('redis.abilities', () => tryAbilities(client), { limitMs: 6_000, late });
  await ladder.rung(
    'redis.settings',
    async () => {
      checkSettings(info, ladder);
      // managed servers keep CONFIG to themselves: then nothing is said about it
      const saves = await client.config('GET', 'save').then(
        (reply) => String((reply as string[])[1] ?? ''),
        () => null,
      );
      if (info['aof_enabled'] === '0' && saves === '') ladder.note('redis.no_persistence', 'aof_enabled=0 save=""');
      return (
        `maxmemory=${info['maxmemory'] ?? '?'} maxmemory_policy=${info['maxmemory_policy'] ?? '?'} ` +
        `aof=${info['aof_enabled'] ?? '?'}`
      );
    },
    { late },
  );
  if (usable) context.tell.redis({ client });
  await ladder.rung(
    'redis.latency',
    () =>
      measureLatency(context, ladder, {
        target: `redis ${targetName(address)}`,
        slowCode: 'redis.slow',
        ping: () => client.ping(),
      }),
    { limitMs: 8_000, late },
  );
}

function readAddress(text: string): Address {
  if (text.trim() === '') throw new Trouble('redis.url_missing', 'REDIS_URL is empty');
  if (/\$\{|^\$\w/.test(text)) throw new Trouble('redis.url_unresolved', 'REDIS_URL=***');
  let url: URL;
  try {
    url = new URL(text);
    decodeURIComponent(url.password);
  } catch {
    throw new Trouble('redis.url_malformed', 'REDIS_URL=***');
  }
  if (url.protocol === 'https:' || url.protocol === 'http:')
    throw new Trouble('redis.url_rest', `REDIS_URL scheme=${url.protocol}`);
  if (!['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new Trouble(
      'redis.url_malformed',
      `REDIS_URL scheme=${url.protocol} host=${url.hostname === '' ? 'none' : 'given'}`,
    );
  }
  const family = Number(url.searchParams.get('family') ?? 0);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 6379 : Number(url.port),
    tls: url.protocol === 'rediss:',
    hasPassword: url.password !== '',
    family: family === 4 || family === 6 ? family : 0,
  };
}

async function speaksPlain(address: Address, ladder: Ladder): Promise<string> {
  const reply = await exchange('redis', address, ['PING\r\n'], { family: address.family, limitMs: COMMAND_LIMIT_MS });
  if (reply.kind === 'bytes') {
    const protocol = protocolOf(reply.bytes);
    const evidence = `${targetName(address)} PING first_bytes=${showBytes(reply.bytes)}`;
    if (protocol === 'Redis') {
      if (address.hasPassword && reply.bytes.toString('latin1').startsWith('+PONG'))
        ladder.note('redis.password_not_needed', evidence);
      return evidence;
    }
    if (protocol === 'TLS') throw new Trouble('redis.tls_required', `${evidence} (a TLS alert)`);
    throw new Trouble('redis.other_protocol', `${evidence} speaks=${protocol}`);
  }
  // who says nothing to a plain word may be waiting for TLS
  const { protocol } = await tlsOf(address);
  if (protocol !== null)
    throw new Trouble('redis.tls_required', `${targetName(address)} plain=${reply.kind} tls=${protocol}`);
  if (reply.kind === 'closed') {
    const asPostgres = await exchange('redis', address, [Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])], {
      limitMs: 800,
    }).catch(() => null);
    if (asPostgres?.kind === 'bytes' && protocolOf(asPostgres.bytes) === 'PostgreSQL') {
      throw new Trouble('redis.other_protocol', `${targetName(address)} speaks=PostgreSQL`);
    }
    throw new Trouble('redis.closed_at_handshake', `${targetName(address)} closed after PING, no byte came`);
  }
  throw new Trouble('redis.frozen', `${targetName(address)} accepted, no answer to PING within ${COMMAND_LIMIT_MS} ms`);
}

async function speaksTls(address: Address): Promise<string> {
  const { fault, protocol } = await tlsOf(address);
  if (protocol !== null) return `${targetName(address)} tls=${protocol}`;
  const reply = await exchange('redis', address, ['PING\r\n'], { family: address.family, limitMs: COMMAND_LIMIT_MS });
  const evidence = `${targetName(address)} tls=${fault ?? 'none'} plain=${reply.kind}`;
  if (reply.kind === 'bytes') {
    const spoken = protocolOf(reply.bytes);
    if (spoken === 'Redis')
      throw new Trouble('redis.tls_not_offered', `${evidence} first_bytes=${showBytes(reply.bytes)}`);
    throw new Trouble(spoken === 'TLS' ? 'redis.tls_failed' : 'redis.other_protocol', `${evidence} speaks=${spoken}`);
  }
  if (reply.kind === 'closed') throw new Trouble('redis.closed_at_handshake', evidence);
  throw new Trouble('redis.frozen', evidence);
}

async function tlsOf(address: Address) {
  return tryTls(await connectTcp('redis', address, address.family), address.host);
}

async function checkCertificate(address: Address): Promise<string> {
  const { fault, protocol } = await tlsOf(address);
  const evidence = `${targetName(address)} tls=${protocol ?? 'none'} certificate=${fault ?? 'good'}`;
  const trouble = certificateTrouble('redis', fault);
  if (trouble !== null) throw new Trouble(trouble, evidence);
  if (fault !== null) throw new Trouble('redis.tls_failed', evidence);
  return evidence;
}

async function login(client: Redis, address: Address, loginFault: () => unknown): Promise<string> {
  const fault = await client.connect().then(
    () => null,
    (error: unknown) => error,
  );
  const word = replyWord(fault ?? loginFault());
  if (word === 'WRONGPASS') throw new Trouble('redis.wrongpass', `${targetName(address)} AUTH=WRONGPASS`);
  const answer = await client.ping().catch((error: unknown) => replyWord(error) ?? errorCode(error));
  const evidence = `${targetName(address)} AUTH=${word ?? (address.hasPassword ? 'OK' : 'none')} PING=${answer}`;
  // the refusal of the login may be heard first in the answer to what was sent behind it
  if (answer === 'WRONGPASS') throw new Trouble('redis.wrongpass', evidence);
  if (answer === 'NOAUTH') throw new Trouble(address.hasPassword ? 'redis.wrongpass' : 'redis.noauth', evidence);
  const known = WRITE_CODES[answer];
  if (known !== undefined) throw new Trouble(known, evidence);
  if (answer === 'MASTERDOWN') throw new Trouble('redis.readonly', evidence);
  if (answer !== 'PONG')
    throw new Trouble(/time|ETIMEDOUT|Abort/i.test(answer) ? 'redis.frozen' : 'redis.login_failed', evidence);
  return evidence;
}

/** Redis states its code as the first word of the reply. */
function replyWord(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  return /^[A-Z]{3,}\b/.exec(error.message)?.[0] ?? (/timed out/i.test(error.message) ? 'timeout' : null);
}

const WRITE_CODES: Readonly<Record<string, DoctorCode>> = {
  READONLY: 'redis.readonly',
  OOM: 'redis.oom',
  MISCONF: 'redis.misconf',
  NOPERM: 'redis.noperm',
  LOADING: 'redis.loading',
  NOREPLICAS: 'redis.readonly',
  timeout: 'redis.frozen',
};

async function asking<T>(otherwise: DoctorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const word = replyWord(error) ?? errorCode(error);
    throw new Trouble(WRITE_CODES[word] ?? otherwise, `reply=${word}`, { cause: error });
  }
}

/** Where the same trial keeps the services from using it. */
async function tryAbilities(client: Redis): Promise<string> {
  const missing = await findMissingAbility(client);
  if (missing === null) return 'info, select, eval, evalsha, bzpopmin, publish, subscribe';
  const { reason, evidence } = missing;
  if (isLastingFault(reason)) throw new Trouble(`redis.${reason}`, evidence);
  throw new Trouble(reason === 'timeout' ? 'redis.frozen' : 'redis.write_failed', evidence);
}

async function writeAndRead(client: Redis): Promise<string> {
  const key = `vhm24r:doctor:${randomUUID()}`;
  const value = randomUUID();
  await asking('redis.write_failed', () => client.set(key, value, 'EX', PROBE_TTL_S));
  try {
    const read = await asking('redis.write_failed', () => client.get(key));
    if (read !== value) throw new Trouble('redis.write_failed', 'another value was read than written');
    return `set, get, del under a TTL of ${PROBE_TTL_S} s`;
  } finally {
    await client.del(key).catch(() => undefined);
  }
}

function checkSettings(info: Record<string, string>, ladder: Ladder): void {
  const policy = info['maxmemory_policy'];
  if (policy !== undefined && policy !== 'noeviction')
    ladder.note('redis.evicting_policy', `maxmemory_policy=${policy} maxmemory=${info['maxmemory'] ?? '?'}`);
  if (Number(info['evicted_keys'] ?? 0) > 0) ladder.note('redis.keys_evicted', `evicted_keys=${info['evicted_keys']}`);
  // 0 means unlimited
  const limit = Number(info['maxmemory'] ?? 0);
  const used = Number(info['used_memory'] ?? 0);
  if (limit > 0 && used > limit * MEMORY_WARN_SHARE)
    ladder.note('redis.memory_near_limit', `used_memory=${used} maxmemory=${limit}`);
}

function parseInfo(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
}
