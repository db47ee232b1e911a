import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedPostgres } from '../../scripts/embedded-postgres.ts';
import { ensureDatabase } from '../../scripts/embedded-postgres.ts';
import { ask, signIn, type TestSignIn } from '../support/ask.ts';
import { startWorkerBlacklist, type WorkerBlacklist } from '../support/ask-worker.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { migrateTestDatabase, openTestServer } from '../support/postgres.ts';
import { startApi, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { isLong } from '../support/long.ts';
import { ownTimeMs } from '../support/own-time.ts';

/** What is promised from then on. */
const REVOKED_EVERYWHERE_MS = 1_000;

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    jti: string;
    sub: string;
    ver: number;
  };

describe('a revoked token, over processes', function () {
  this.timeout(isLong ? 1_200_000 : 240_000);

  let postgres: EmbeddedPostgres & { close(): Promise<void> };
  let redis: TestRedis;
  let toPostgres: FaultProxy;
  let redisOfTwo: FaultProxy;
  let env: { DATABASE_URL: string; REDIS_URL: string };
  let one: TestService;
  let two: TestService;
  let worker: WorkerBlacklist;

  const startOne = () => startApi(env);
  const startTwo = () => startApi({ ...env, REDIS_URL: redisOfTwo.urlFor(redis.url) });
  const startThird = () => startWorkerBlacklist(env);
  const enter = (service: TestService) =>
    eventually(() => signIn(service.url, TEST_ADMIN.email, TEST_ADMIN.password), { timeoutMs: 15_000 });
  const me = async (service: TestService, token: string) =>
    (await ask(`${service.url}/api/v1/auth/me`, { token })).status;
  const askWorker = (token: string) => {
    const { jti, sub, ver } = claimsOf(token);
    return worker.isRevoked({ jtis: [jti], userId: sub, version: ver });
  };
  const usesRedis = (service: TestService) =>
    eventually(
      async () => {
        const { token } = await enter(service);
        const { body } = await ask(`${service.url}/api/v1/system/blacklist`, { token });
        assert.equal((body as unknown as { backend: string }).backend, 'redis');
      },
      { timeoutMs: 15_000, intervalMs: 300 },
    );

  before(async () => {
    postgres = await openTestServer();
    await ensureDatabase(postgres, 'vhm24r');
    await migrateTestDatabase(postgres.urlFor('vhm24r'));
    // one snapshot, made when the test says so
    redis = await startRedis({ args: ['--dbfilename', 'dump.rdb'] });
    toPostgres = await openFaultProxy(postgres.port);
    redisOfTwo = await openFaultProxy(redis.port);
    env = { DATABASE_URL: toPostgres.urlFor(postgres.urlFor('vhm24r')), REDIS_URL: redis.url };
    [one, two, worker] = await Promise.all([startOne(), startTwo(), startThird()]);
  });

  after(async () => {
    await toPostgres?.set('pass');
    await Promise.all([one?.stop(), two?.stop(), worker?.stop()]);
    await redis?.stop();
    await toPostgres?.close();
    await redisOfTwo?.close();
    await postgres?.close();
  });

  it('is refused in twenty ways of trying again', async () => {
    await usesRedis(one);
    await usesRedis(two);
    await redis.cli('save');
    const live = await enter(one);
    const gone = await enter(one);
    const ops = await ask(`${one.url}/api/v1/auth/ops`, { method: 'POST', token: gone.token });
    const apiToken = await ask(`${one.url}/api/v1/tokens`, { token: gone.token, body: { name: 'x' } });
    assert.equal(apiToken.status, 201);
    assert.equal(await me(two, gone.token), 200);
    assert.equal(await askWorker(gone.token), 'false');
    assert.equal((await ask(`${one.url}/api/v1/auth/logout`, { method: 'POST', token: gone.token })).status, 204);
    await sleep(REVOKED_EVERYWHERE_MS);

    const tried: string[] = [];
    /** Refused everywhere; and where PostgreSQL can be asked, somebody who is not revoked still comes in. */
    const tryAll = async (way: string, { lives = true }: { lives?: boolean } = {}) => {
      tried.push(way);
      for (const [name, service] of [
        ['api 1', one],
        ['api 2', two],
      ] as const) {
        const status = await me(service, gone.token);
        assert.ok(status === 401 || (!lives && status === 503), `${way}: ${name} answered ${status}`);
        if (lives)
          assert.equal(await me(service, live.token), 200, `${way}: ${name} refuses somebody who is not revoked`);
      }
      const answer = await askWorker(gone.token);
      assert.ok(answer === 'true' || (!lives && answer === 'service_unavailable'), `${way}: the worker says ${answer}`);
      if (lives)
        assert.equal(await askWorker(live.token), 'false', `${way}: the worker refuses somebody who is not revoked`);
    };

    await tryAll('same process, another process, worker');
    for (const service of [one, two]) {
      assert.equal(
        (await ask(`${service.url}/api/v1/auth/refresh`, { method: 'POST', cookie: gone.cookie })).status,
        401,
      );
      assert.equal(
        (await ask(`${service.url}/ops/queues`, { cookie: `vhm24r_ops=${ops.cookies['vhm24r_ops']}` })).status,
        401,
      );
      assert.equal((await ask(`${service.url}/api/v1/auth/logout`, { method: 'POST', token: gone.token })).status, 401);
    }
    tried.push('refresh', 'refresh elsewhere', 'dashboard cookie', 'dashboard cookie elsewhere');

    await one.kill();
    await one.stop();
    one = await startOne();
    await tryAll('api 1 killed and started again');
    await two.stop();
    two = await startTwo();
    await tryAll('api 2 restarted in order');
    await worker.stop();
    worker = await startThird();
    await tryAll('worker restarted');

    await redis.cli('flushall');
    await tryAll('Redis emptied');
    redis.freeze();
    await tryAll('Redis frozen');
    await one.stop();
    one = await startOne();
    await tryAll('api 1 started while Redis is frozen');
    redis.thaw();
    await usesRedis(one);
    await tryAll('Redis thawed');

    await redis.cli('config', 'set', 'save', '');
    await redis.kill();
    await tryAll('Redis killed');
    await two.kill();
    await two.stop();
    two = await startTwo();
    await worker.stop();
    worker = await startThird();
    await tryAll('api 2 and worker started without Redis');
    await redis.restart();
    assert.equal(
      await redis.cli('exists', `blacklist:${claimsOf(gone.token).jti}`),
      '0',
      'the snapshot is older than the revocation',
    );
    await tryAll('Redis back from an older snapshot');
    await usesRedis(one);
    await usesRedis(two);
    await tryAll('Redis back and in use again');

    // the copy fails in one process only
    await redisOfTwo.set('black-hole');
    const second = await enter(two);
    assert.equal((await ask(`${two.url}/api/v1/auth/logout`, { method: 'POST', token: second.token })).status, 204);
    await sleep(REVOKED_EVERYWHERE_MS);
    for (const service of [one, two]) assert.equal(await me(service, second.token), 401);
    assert.equal(await askWorker(second.token), 'true');
    await redisOfTwo.set('pass');
    tried.push('copy failed in one process');

    await toPostgres.set('black-hole');
    const startedMs = ownTimeMs();
    const away = await ask(`${one.url}/api/v1/auth/logout`, { method: 'POST', token: live.token });
    assert.equal(away.status, 503, 'nobody is told "signed out" without the durable write');
    assert.ok(ownTimeMs() - startedMs < 1_500, `${ownTimeMs() - startedMs} ms`);
    await sleep(1_200);
    await tryAll('PostgreSQL frozen', { lives: false });
    assert.equal(await me(one, live.token), 503, 'whoever cannot be checked is not let in');
    await toPostgres.set('refuse');
    await tryAll('PostgreSQL gone', { lives: false });
    await redis.kill();
    await tryAll('PostgreSQL and Redis gone', { lives: false });
    await redis.restart();
    await one.kill();
    await one.stop();
    one = await startOne();
    await tryAll('api 1 started without PostgreSQL', { lives: false });
    await toPostgres.set('pass');
    for (const service of [one, two]) {
      await eventually(async () => assert.equal(await me(service, (await enter(service)).token), 200), {
        timeoutMs: 15_000,
      });
    }
    await eventually(async () => assert.equal(await askWorker((await enter(one)).token), 'false'), {
      timeoutMs: 15_000,
    });
    tried.push('PostgreSQL back');
    for (const service of [one, two]) assert.equal(await me(service, gone.token), 401);

    const all = await enter(one);
    const secret = (await ask(`${one.url}/api/v1/tokens`, { token: all.token, body: { name: 'y' } }))
      .body as unknown as { token: string };
    assert.equal((await ask(`${two.url}/api/v1/auth/logout-all`, { method: 'POST', token: all.token })).status, 204);
    await sleep(REVOKED_EVERYWHERE_MS);
    for (const service of [one, two])
      for (const token of [all.token, secret.token]) assert.equal(await me(service, token), 401);
    assert.equal(
      await worker.isRevoked({
        jtis: ['0'.repeat(32)],
        userId: claimsOf(all.token).sub,
        version: claimsOf(all.token).ver,
      }),
      'true',
    );
    tried.push('signed out everywhere', 'personal token after it', 'worker by sub and ver');
    assert.ok(tried.length >= 20, tried.join(', '));
  });

  it(`is never accepted in ${isLong ? '10 000' : '200'} tries while Redis comes and goes`, async () => {
    await eventually(async () => assert.equal(await me(two, (await enter(two)).token), 200), { timeoutMs: 15_000 });
    const wanted = isLong ? 10_000 : 200;
    let flapping = true;
    let faults = 0;
    const flap = (async () => {
      const acts: (() => Promise<unknown>)[] = [
        async () => {
          await redis.kill();
          await sleep(300);
          await redis.restart();
        },
        () => redis.cli('flushall'),
        async () => {
          redis.freeze();
          await sleep(700);
          redis.thaw();
        },
        async () => {
          await redisOfTwo.set('reset');
          await sleep(200);
          await redisOfTwo.set('pass');
        },
      ];
      for (let n = 0; flapping; n++) {
        await acts[n % acts.length]?.();
        faults++;
        await sleep(400);
      }
    })();
    const counts = { tries: 0, refused: 0, unavailable: 0, accepted: 0, liveRefused: 0, liveAccepted: 0 };
    const live = await enter(one);
    const revoked: TestSignIn[] = [];
    try {
      while (counts.tries < wanted) {
        const fresh = await Promise.all([enter(one), enter(two)]);
        for (const [index, { token }] of fresh.entries()) {
          const answer = await ask(`${(index === 0 ? one : two).url}/api/v1/auth/logout`, { method: 'POST', token });
          assert.equal(answer.status, 204, answer.text);
        }
        await sleep(REVOKED_EVERYWHERE_MS);
        revoked.push(...fresh);
        for (let n = 0; n < 100; n++) {
          const token = (n % 4 === 0 ? fresh[n % 2] : revoked[Math.floor(Math.random() * revoked.length)])?.token ?? '';
          const status = await me(n % 2 === 0 ? one : two, token);
          counts.tries++;
          if (status === 401) counts.refused++;
          else if (status === 503) counts.unavailable++;
          else counts.accepted++;
          if (n % 10 !== 0) continue;
          const liveStatus = await me(n % 20 === 0 ? one : two, live.token);
          if (liveStatus === 200) counts.liveAccepted++;
          else counts.liveRefused++;
        }
      }
    } finally {
      flapping = false;
      await flap;
    }
    assert.equal(counts.accepted, 0, JSON.stringify(counts));
    assert.equal(counts.liveRefused, 0, `PostgreSQL was there all the time: ${JSON.stringify(counts)}`);
    assert.ok(faults >= 2, `${faults} faults`);
  });
});
