import assert from 'node:assert/strict';
import { findFreePort } from '../../scripts/processes/free-port.ts';
import { assertFound, assertOnly, diagnose, PLANTED } from '../support/diagnose.ts';
import {
  makeCertificate,
  openBlackHole,
  openCloser,
  openHttp,
  openPostgresError,
  openSilence,
  openSpeaker,
  openTlsPort,
  type Certificate,
  type OddServer,
} from '../support/odd-servers.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

/** Faults below the protocols, each really made on 127.0.0.1; names that do not exist are only looked up. */
describe('the doctor, on the wire', function () {
  this.timeout(60_000);
  const closers: (() => Promise<unknown>)[] = [];
  let certificate: Certificate;
  let redis: TestRedis;

  before(async () => {
    certificate = makeCertificate();
    redis = await startRedis();
  });
  after(() => redis.stop());
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function at(opening: Promise<OddServer>): Promise<number> {
    const server = await opening;
    closers.push(() => server.close());
    return server.port;
  }
  const postgres = (address: string, more: Record<string, string> = {}) =>
    diagnose({ DATABASE_URL: `postgres://vhm24r:${PLANTED}@${address}/vhm24r`, ...more }, ['postgres']);
  const redisAt = (address: string, more: Record<string, string> = {}, scheme = 'redis') =>
    diagnose({ REDIS_URL: `${scheme}://default:${PLANTED}@${address}`, ...more }, ['redis']);

  describe('addresses and names', () => {
    it('tells a missing DATABASE_URL and names the variable to set', async () => {
      const finding = assertOnly(await diagnose({}, ['postgres']), 'postgres.url_missing');
      assert.match(finding.fix.commands.join(), /DATABASE_URL/);
    });
    it('tells a missing REDIS_URL as a warning: everything works without', async () => {
      assertOnly(await diagnose({}, ['redis']), 'redis.url_missing', 'warn');
    });
    for (const [area, variable] of [
      ['postgres', 'DATABASE_URL'],
      ['redis', 'REDIS_URL'],
    ] as const) {
      it(`tells a malformed ${variable} and shows nothing of it`, async () => {
        const report = await diagnose({ [variable]: `${area}://user:${PLANTED}@:not a host:port` }, [area]);
        assert.match(assertOnly(report, `${area}.url_malformed`).evidence, /\*\*\*/);
      });
      it(`tells a reference that the platform did not fill in, in ${variable}`, async () => {
        assertOnly(await diagnose({ [variable]: `\${{${area}.${variable}}}` }, [area]), `${area}.url_unresolved`);
      });
    }
    it('tells SQLite left over from an older system', async () => {
      assertOnly(await diagnose({ DATABASE_URL: 'sqlite:///vhm24r.db' }, ['postgres']), 'postgres.url_sqlite');
    });
    it('tells the REST address of Upstash', async () => {
      assertOnly(
        await diagnose({ REDIS_URL: `https://x:${PLANTED}@eu1.upstash.invalid` }, ['redis']),
        'redis.url_rest',
      );
    });
    it('tells Upstash without TLS', async () => {
      const finding = assertFound(await redisAt('no-such-database.upstash.io:6379'), 'redis.upstash_without_tls');
      assert.match(finding.fix.text, /rediss/);
    });
    it('tells an internal Railway name used from outside, and which variable to use instead', async () => {
      const inPostgres = assertOnly(
        await postgres('postgres.railway.internal:5432'),
        'postgres.dns_internal_from_outside',
      );
      assert.match(inPostgres.fix.text, /DATABASE_PUBLIC_URL/);
      const inRedis = assertOnly(await redisAt('redis.railway.internal:6379'), 'redis.dns_internal_from_outside');
      assert.match(inRedis.fix.text, /REDIS_PUBLIC_URL/);
    });
    it('tells an internal name that does not resolve on Railway itself', async () => {
      assertOnly(
        await postgres('postgre.railway.internal:5432', { RAILWAY_ENVIRONMENT: 'production' }),
        'postgres.dns_internal_not_found',
      );
      assertOnly(
        await redisAt('redis.railway.internal:6379', { RAILWAY_ENVIRONMENT: 'production' }),
        'redis.dns_internal_not_found',
      );
    });
    it('tells a name that does not exist', async () => {
      assertOnly(await postgres('no-such-host.invalid:5432'), 'postgres.dns_not_found');
      assertOnly(await redisAt('no-such-host.invalid:6379'), 'redis.dns_not_found');
    });
  });

  describe('ports', () => {
    it('tells a refused connection', async () => {
      const port = await findFreePort();
      assertOnly(await postgres(`127.0.0.1:${port}`), 'postgres.refused');
      assertOnly(await redisAt(`127.0.0.1:${port}`), 'redis.refused');
    });
    it('tells a black hole: no answer to the connection itself', async () => {
      const port = await at(openBlackHole());
      const [inPostgres, inRedis] = await Promise.all([postgres(`127.0.0.1:${port}`), redisAt(`127.0.0.1:${port}`)]);
      assertOnly(inPostgres, 'postgres.timeout');
      assertOnly(inRedis, 'redis.timeout');
    });
    it('tells a port that accepts and never says a word', async () => {
      const port = await at(openSilence());
      const [inPostgres, inRedis] = await Promise.all([postgres(`127.0.0.1:${port}`), redisAt(`127.0.0.1:${port}`)]);
      assertOnly(inPostgres, 'postgres.frozen');
      assertOnly(inRedis, 'redis.frozen');
    });
    it('tells a server that closes at the handshake, and the variable to copy anew', async () => {
      const port = await at(openCloser());
      const finding = assertOnly(await postgres(`127.0.0.1:${port}`), 'postgres.closed_at_handshake');
      assert.match(finding.fix.text, /DATABASE_URL.*DATABASE_PUBLIC_URL/);
      assertOnly(await redisAt(`127.0.0.1:${port}`), 'redis.closed_at_handshake');
    });
    it('tells another protocol and names it: HTTP, Redis, MySQL, SSH', async () => {
      const http = await at(openHttp());
      const mysql = await at(openSpeaker(Buffer.from('J\0\0\0\n8.0.36\0', 'latin1'), true));
      const ssh = await at(openSpeaker('SSH-2.0-OpenSSH_9.2\r\n', true));
      assert.match(assertOnly(await postgres(`127.0.0.1:${http}`), 'postgres.other_protocol').evidence, /HTTP/);
      assert.match(assertOnly(await postgres(`127.0.0.1:${redis.port}`), 'postgres.other_protocol').evidence, /Redis/);
      assert.match(assertOnly(await postgres(`127.0.0.1:${mysql}`), 'postgres.other_protocol').evidence, /MySQL/);
      assert.match(assertOnly(await redisAt(`127.0.0.1:${http}`), 'redis.other_protocol').evidence, /HTTP/);
      assert.match(assertOnly(await redisAt(`127.0.0.1:${ssh}`), 'redis.other_protocol').evidence, /SSH/);
    });
  });

  describe('TLS of Redis', () => {
    it('tells a TLS-only port offered plain words', async () => {
      const port = await at(openTlsPort(certificate, redis.port));
      assert.match(assertOnly(await redisAt(`127.0.0.1:${port}`), 'redis.tls_required').fix.text, /rediss/);
    });
    it('tells a plain port offered TLS', async () => {
      assertOnly(await redisAt(`127.0.0.1:${redis.port}`, {}, 'rediss'), 'redis.tls_not_offered');
    });
    it('tells a self-signed certificate', async () => {
      const port = await at(openTlsPort(certificate, redis.port));
      assertOnly(await redisAt(`127.0.0.1:${port}`, {}, 'rediss'), 'redis.tls_self_signed');
    });
  });

  describe('what PostgreSQL answers at the login', () => {
    for (const [sqlstate, code] of [
      ['53300', 'too_many_connections'],
      ['57P03', 'starting'],
      ['08P01', 'startup_refused'],
      ['28000', 'login_refused'],
      ['XX000', 'login_failed'],
    ] as const) {
      it(`tells ${code} by ${sqlstate}`, async () => {
        const port = await at(openPostgresError(sqlstate));
        assertOnly(await postgres(`127.0.0.1:${port}`), `postgres.${code}`);
      });
    }
  });
});
