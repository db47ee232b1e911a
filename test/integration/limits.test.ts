import assert from 'node:assert/strict';
import {
  ALARMING_FAILURES,
  createRateLimits,
  SIGN_IN_FAILURES,
  type RateLimits,
} from '../../shared/limits/rate-limits.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createRedis, type OpenRedis } from '../../shared/redis/breaker.ts';
import { AppError } from '../../shared/errors.ts';
import { ask } from '../support/ask.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { ownTimeMs } from '../support/own-time.ts';

describe('rate limits', () => {
  let server: TestRedis;
  const handles: OpenRedis[] = [];
  const logger = createSilentLogger();

  async function openLimits(factor = 1, url: string | null = server.url): Promise<RateLimits> {
    const redis = createRedis(url, logger);
    handles.push(redis);
    if (url !== null) await eventually(() => assert.ok(redis.isUp()));
    return createRateLimits({ redis, factor, logger });
  }

  beforeEach(async () => {
    server = await startRedis();
  });

  afterEach(async () => {
    for (const handle of handles.splice(0)) await handle.close();
    await server.stop();
  });

  const limited = (error: unknown): boolean =>
    error instanceof AppError && error.code === 'rate_limited' && Number(error.params['retryAfterS']) > 0;

  it('count over all processes while Redis is there, and go on in memory while it is not', async () => {
    const [one, two] = [await openLimits(), await openLimits()];
    for (let n = 0; n < 30; n++) {
      assert.equal((await one.takeAnonymous('10.0.0.1'))?.allowed, true);
      assert.equal((await two.takeAnonymous('10.0.0.1'))?.allowed, true);
    }
    const state = await one.takeAnonymous('10.0.0.1');
    assert.deepEqual([state?.allowed, state?.limit, state?.remaining], [false, 60, 0]);
    assert.ok((state?.resetMs ?? 0) > 0 && (state?.resetMs ?? 0) <= 60_000);
    assert.equal((await one.takeAnonymous('10.0.0.2'))?.allowed, true);
    await server.kill();
    for (let n = 0; n < 60; n++) assert.equal((await one.takeAnonymous('10.0.0.3'))?.allowed, true);
    const startedMs = ownTimeMs();
    assert.equal((await one.takeAnonymous('10.0.0.3'))?.allowed, false);
    assert.ok(ownTimeMs() - startedMs < 100);
  });

  it('of a person: the tightest of a thousand a minute, 250 in ten seconds, sixty uploads', async () => {
    const limits = await openLimits();
    assert.equal((await limits.takeUser('7', { upload: false }))?.limit, 250);
    assert.equal((await limits.takeUser('7', { upload: true }))?.limit, 60);
    for (let n = 0; n < 248; n++) assert.equal((await limits.takeUser('7', { upload: false }))?.allowed, true);
    assert.equal((await limits.takeUser('7', { upload: false }))?.allowed, false);
    assert.equal((await limits.takeUser('8', { upload: false }))?.allowed, true);
  });

  it('are multiplied by the factor, and none at 0', async () => {
    assert.equal((await (await openLimits(10)).takeAnonymous('10.0.0.1'))?.limit, 600);
    assert.equal((await (await openLimits(0.1)).takeAnonymous('10.0.0.2'))?.limit, 6);
    assert.equal(await (await openLimits(0)).takeAnonymous('10.0.0.1'), null);
  });

  const wrong = async () => false;
  const right = async () => true;

  it('five wrong passwords lock this account for this address, whether it exists or not, and nobody else', async () => {
    for (const url of [server.url, null]) {
      const limits = (await openLimits(0, url)).signIn;
      for (const account of ['anna@vhm24r.test', 'nobody@vhm24r.test']) {
        for (let n = 1; n <= SIGN_IN_FAILURES; n++) {
          assert.equal((await limits.attempt(account, '10.0.0.1', wrong)).locked, n === SIGN_IN_FAILURES);
        }
        await assert.rejects(limits.attempt(account, '10.0.0.1', right), limited);
        await assert.rejects(limits.attempt(account.toUpperCase(), '10.0.0.1', right), limited);
        assert.equal((await limits.attempt(account, '10.0.0.2', right)).matches, true);
      }
      assert.equal((await limits.attempt('olim@vhm24r.test', '10.0.0.1', right)).matches, true);
    }
  });

  it('a hundred guesses at once are five, without other limits and through two processes', async () => {
    const limits = [(await openLimits(0)).signIn, (await openLimits(0)).signIn] as const;
    let looked = 0;
    const slowly = async () => {
      looked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return false;
    };
    const tries = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) =>
        (limits[n % 2] ?? limits[0]).attempt('anna@vhm24r.test', '10.0.0.1', slowly),
      ),
    );
    assert.equal(looked, SIGN_IN_FAILURES);
    assert.equal(tries.filter(({ status }) => status === 'rejected').length, 95);
  });

  it('and forty people at once who know the password all come in', async () => {
    const limits = (await openLimits(0)).signIn;
    const tries = await Promise.all(
      Array.from({ length: 40 }, () => limits.attempt('anna@vhm24r.test', '10.0.0.1', right)),
    );
    assert.ok(tries.every(({ matches }) => matches));
  });

  it('the hundredth wrong password of an account within an hour is told, whatever the addresses', async () => {
    const limits = (await openLimits(0)).signIn;
    const told: number[] = [];
    for (let n = 1; n <= ALARMING_FAILURES + 5; n++) {
      if ((await limits.attempt('anna@vhm24r.test', `10.0.${n}.1`, wrong)).guessedOften) told.push(n);
    }
    assert.deepEqual(told, [ALARMING_FAILURES]);
  });

  it('an emptied Redis unlocks nobody in the process that saw the failures', async () => {
    const limits = (await openLimits()).signIn;
    for (let n = 0; n < SIGN_IN_FAILURES; n++) await limits.attempt('anna@vhm24r.test', '10.0.0.1', wrong);
    await server.cli('flushall');
    await assert.rejects(limits.attempt('anna@vhm24r.test', '10.0.0.1', right), limited);
  });

  it('the right password clears the failures and costs nothing', async () => {
    const limits = (await openLimits()).signIn;
    for (let n = 0; n < 12; n++) await limits.attempt('anna@vhm24r.test', '10.0.0.1', right);
    for (let n = 0; n < SIGN_IN_FAILURES - 1; n++) await limits.attempt('anna@vhm24r.test', '10.0.0.1', wrong);
    await limits.attempt('anna@vhm24r.test', '10.0.0.1', right);
    assert.equal((await limits.attempt('anna@vhm24r.test', '10.0.0.2', wrong)).locked, false);
  });

  it('a check that could not be made is no guess', async () => {
    const limits = (await openLimits(0)).signIn;
    const away = async () => {
      throw new Error('the database is away');
    };
    for (let n = 0; n < 12; n++) await assert.rejects(limits.attempt('anna@vhm24r.test', '10.0.0.1', away), /away/);
    assert.equal((await limits.attempt('anna@vhm24r.test', '10.0.0.1', right)).matches, true);
  });

  it('an IPv6 client is its /64, an IPv4 one the same in both spellings', async () => {
    const limits = await openLimits();
    const remaining = async (address: string) => (await limits.takeAnonymous(address))?.remaining;
    assert.equal(await remaining('2001:db8:1:2::1'), 59);
    assert.equal(await remaining('2001:0db8:0001:0002:ffff::2'), 58);
    assert.equal(await remaining('2001:db8:1:3::1'), 59);
    assert.equal(await remaining('10.1.1.1'), 59);
    assert.equal(await remaining('::ffff:10.1.1.1'), 58);
  });
});

describe('limits over HTTP', () => {
  let database: TestDatabase;
  const opened: InProcessApi[] = [];

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
  });

  after(async () => {
    for (const api of opened) await api.close();
    await database?.drop();
  });

  async function open(env: Record<string, string>): Promise<InProcessApi> {
    const api = await openTestApi({ DATABASE_URL: database.url, ...env });
    opened.push(api);
    return api;
  }

  it('tell how much is left, and end in 429 with Retry-After', async () => {
    const api = await open({ RATE_LIMIT_FACTOR: '0.1' });
    const me = (token: string) => ask(`${api.url}/api/v1/auth/me`, { token });
    const person = await (await makePerson(api.opened.resources.db)).signIn(api.url);
    const first = await me(person.token);
    assert.equal(first.headers.get('x-ratelimit-limit'), '25');
    assert.equal(first.headers.get('x-ratelimit-remaining'), '24');
    assert.ok(Math.abs(Number(first.headers.get('x-ratelimit-reset')) - Date.now() / 1000) < 70);
    const answers = await Promise.all(Array.from({ length: 30 }, () => me(person.token)));
    const refused = answers.filter(({ status }) => status === 429);
    assert.equal(refused.length, 6);
    assert.equal(refused[0]?.code, 'rate_limited');
    assert.ok(Number(refused[0]?.headers.get('retry-after')) > 0);
    assert.equal((await ask(`${api.url}/livez`)).status, 200, 'only what lies below /api/v1 is limited');
  });

  it('guessing tokens ends in 429', async () => {
    const api = await open({ RATE_LIMIT_FACTOR: '0.1' });
    const statuses: number[] = [];
    for (let n = 0; n < 10; n++) statuses.push((await ask(`${api.url}/api/v1/limits`, { token: `x.y.${n}` })).status);
    assert.ok(
      statuses.slice(0, 3).every((status) => status === 401),
      statuses.join(),
    );
    assert.equal(statuses.at(-1), 429, statuses.join());
  });

  it('a forwarded address counts only as far as TRUST_PROXY goes', async () => {
    const trusting = await open({ RATE_LIMIT_FACTOR: '0.1', TRUST_PROXY: '1' });
    const plain = await open({ RATE_LIMIT_FACTOR: '0.1' });
    const login = (api: InProcessApi, forwarded: string) =>
      ask(`${api.url}/api/v1/auth/login`, {
        body: { email: 'x', password: 'y' },
        headers: { 'x-forwarded-for': forwarded },
      });
    // what the client claims stands left of what the proxy has seen
    const seen = new Set<number>();
    for (let n = 0; n < 10; n++) seen.add((await login(trusting, `10.9.9.${n}, 203.0.113.7`)).status);
    assert.ok(seen.has(429), 'one client however it names itself');
    assert.equal((await login(trusting, '203.0.113.8')).status, 400, 'another client');
    const forged: number[] = [];
    for (let n = 0; n < 10; n++) forged.push((await login(plain, `10.9.9.${n}`)).status);
    assert.equal(forged.at(-1), 429, 'without a proxy the header says nothing');
  });

  it('a locked account says so without saying whether it exists', async () => {
    const api = await open({});
    const who = await makePerson(api.opened.resources.db);
    const login = (email: string, password: string) =>
      ask(`${api.url}/api/v1/auth/login`, { body: { email, password } });
    for (const email of [who.email, 'nobody@vhm24r.test']) {
      for (let n = 0; n < SIGN_IN_FAILURES; n++) assert.equal((await login(email, 'wrong')).status, 401);
      const locked = await login(email, who.password);
      assert.deepEqual([locked.status, locked.code], [429, 'rate_limited']);
      assert.ok(Number(locked.headers.get('retry-after')) > 800);
    }
    const { items } = (await ask(`${api.url}/api/v1/audit?action=auth.locked_out`, { token: api.client.token ?? '' }))
      .body as never as {
      items: object[];
    };
    assert.equal(items.length, 2);
  });
});
