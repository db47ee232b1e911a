import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createBlacklist, type Blacklist, type BlacklistQuestion } from '../../shared/auth/blacklist/blacklist.ts';
import { insertRevocations, removeExpired, type Revocation } from '../../shared/auth/blacklist/revocations.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { execute, selectRow } from '../../shared/db/rows.ts';
import { AppError } from '../../shared/errors.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createRedis, type OpenRedis } from '../../shared/redis/breaker.ts';
import { eventually } from '../support/eventually.ts';
import { openFaultProxy, type FaultProxy } from '../support/faults.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

/** What is revoked is refused everywhere within this (api.md 6), and after it nobody trusts what he has not read. */
const EVERYWHERE_MS = 1_000;
const CLOCK_SLACK_S = 5;

/** A process, as far as revocations go: its own pool, its own line to Redis, both breakable. */
interface Instance {
  blacklist: Blacklist;
  db: Db;
  redis: OpenRedis;
  postgresLine: FaultProxy;
  redisLine: FaultProxy;
  close(): Promise<void>;
}

describe('the blacklist', () => {
  let database: TestDatabase;
  let server: TestRedis;
  let db: Db;
  const opened: Instance[] = [];
  const logger = createSilentLogger();
  const openDb = (url: string) => createDatabase({ url, poolMax: 4, applicationName: 'test-blacklist', logger });

  async function openInstance(): Promise<Instance> {
    const postgresLine = await openFaultProxy(Number(new URL(database.url).port));
    const redisLine = await openFaultProxy(server.port);
    const own = openDb(postgresLine.urlFor(database.url));
    const redis = createRedis(redisLine.urlFor(server.url), logger);
    const blacklist = createBlacklist({ db: own, redis, logger });
    await blacklist.open();
    const instance: Instance = {
      blacklist,
      db: own,
      redis,
      postgresLine,
      redisLine,
      async close() {
        await postgresLine.set('pass');
        await blacklist.close();
        await redis.close();
        await own.destroy();
        await postgresLine.close();
        await redisLine.close();
      },
    };
    opened.push(instance);
    return instance;
  }

  const usesRedis = (instance: Instance) =>
    eventually(() => assert.equal(instance.blacklist.statistics().backend, 'redis'));

  async function question(): Promise<BlacklistQuestion> {
    const person = await makePerson(db);
    return { jtis: [randomBytes(16).toString('hex')], userId: person.id, version: 1 };
  }

  const revocationOf = ({ jtis, userId }: BlacklistQuestion, lifeS = 900): Revocation => ({
    jti: jtis[0] ?? '',
    userId,
    expiresAtS: Date.now() / 1000 + lifeS,
    reason: 'logout',
  });

  /** As signing out does it: the truth first, then the copies. */
  async function revoke(by: Instance, asked: BlacklistQuestion): Promise<void> {
    const revocation = revocationOf(asked);
    await insertRevocations(by.db, [revocation]);
    await by.blacklist.learn({ revocations: [revocation] });
  }

  async function refused(by: Instance, asked: BlacklistQuestion): Promise<void> {
    assert.equal(await by.blacklist.isRevoked(asked), true);
  }

  /** As refused, when the revocation had to come here by itself. */
  const refusedInTime = (by: Instance, asked: BlacklistQuestion) =>
    eventually(() => refused(by, asked), { timeoutMs: EVERYWHERE_MS, intervalMs: 20 });

  /** Nobody can say whether it is revoked, and no stale answer stands in. */
  const refusedAsUnknown = (by: Instance, asked: BlacklistQuestion) =>
    eventually(
      () =>
        assert.rejects(
          by.blacklist.isRevoked(asked),
          (error) => error instanceof AppError && error.code === 'service_unavailable',
        ),
      { timeoutMs: EVERYWHERE_MS + 100, intervalMs: 20 },
    );

  /** It has read this many revocations of PostgreSQL. */
  const hasRead = (by: Instance, size: number) =>
    eventually(() => assert.equal(by.blacklist.statistics().size, size), { timeoutMs: 60_000 });

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    db = openDb(database.url);
  });

  beforeEach(async () => {
    server = await startRedis();
  });

  afterEach(async () => {
    for (const instance of opened.splice(0)) await instance.close();
    await server.stop();
  });

  after(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('answers from Redis in step with PostgreSQL, and counts', async () => {
    const one = await openInstance();
    await usesRedis(one);
    const asked = await question();
    assert.equal(await one.blacklist.isRevoked(asked), false);
    await revoke(one, asked);
    await refused(one, asked);
    const statistics = one.blacklist.statistics();
    assert.deepEqual([statistics.checks, statistics.hits, statistics.size], [2, 1, 1]);
    assert.deepEqual(statistics.answeredBy, { memory: 1, redis: 1, postgres: 0, nobody: 0 });
    const copy = JSON.parse(await server.cli('get', `blacklist:${asked.jtis[0]}`)) as {
      reason: string;
      revoked_at: string;
    };
    assert.equal(copy.reason, 'logout');
    assert.ok(!Number.isNaN(Date.parse(copy.revoked_at)));
    const ttl = Number(await server.cli('ttl', `blacklist:${asked.jtis[0]}`));
    // the process knows the database's clock but for the time that asking for it took
    assert.ok(ttl > 890 && ttl <= 900 + CLOCK_SLACK_S, `its life is what the token had left: ${ttl}`);
  });

  it('another process refuses at once through Redis, and without Redis within a second', async () => {
    const [one, two] = [await openInstance(), await openInstance()];
    await usesRedis(one);
    await usesRedis(two);
    const asked = await question();
    await revoke(one, asked);
    await refused(two, asked);
    await two.redisLine.set('refuse');
    const later = await question();
    await revoke(one, later);
    await refusedInTime(two, later);
  });

  it('a copy that failed in one process only is missed by nobody', async () => {
    const [one, two] = [await openInstance(), await openInstance()];
    await usesRedis(one);
    await usesRedis(two);
    const asked = await question();
    await one.redisLine.set('black-hole');
    await revoke(one, asked);
    assert.equal(await server.cli('exists', `blacklist:${asked.jtis[0]}`), '0');
    await refused(one, asked);
    await refusedInTime(two, asked);
    // a process that starts now knows nothing but PostgreSQL
    await refused(await openInstance(), asked);
    await one.redisLine.set('pass');
    await usesRedis(one);
    assert.equal(await server.cli('exists', `blacklist:${asked.jtis[0]}`), '1', 'and the copy is made good');
  });

  it('a process that could not read PostgreSQL for a second believes no miss in Redis', async () => {
    const [one, two] = [await openInstance(), await openInstance()];
    await usesRedis(one);
    await usesRedis(two);
    const asked = await question();
    await two.postgresLine.set('black-hole');
    await one.redisLine.set('black-hole');
    await revoke(one, asked);
    await refusedAsUnknown(two, asked);
    assert.equal(two.blacklist.statistics().answeredBy.nobody, 1);
  });

  it('a crowd that asks while the last reading is too old shares one', async function () {
    this.timeout(60_000);
    const one = await openInstance();
    await usesRedis(one);
    const asked = await question();
    let askedOneByOne = 0;
    one.db.on('query', ({ sql }: { sql: string }) => {
      if (sql.includes('from users where id')) askedOneByOne += 1;
    });
    // on a machine that others use too Redis may answer late, and who has no answer of it asks for himself
    await eventually(
      async () => {
        askedOneByOne = 0;
        const held = await Promise.all([1, 2, 3, 4].map(() => one.db.transaction()));
        try {
          // nothing can be read
          await eventually(() => assert.notEqual(one.blacklist.statistics().backend, 'redis'));
        } finally {
          setImmediate(() => void Promise.all(held.map((trx) => trx.rollback())));
        }
        const answers = await Promise.all(Array.from({ length: 100 }, () => one.blacklist.isRevoked(asked)));
        assert.ok(answers.every((revoked) => !revoked));
        assert.equal(askedOneByOne, 0);
      },
      { timeoutMs: 50_000 },
    );
    await revoke(one, asked);
    await refused(one, asked);
  });

  it('an emptied Redis is noticed in the very question, and filled again', async () => {
    const one = await openInstance();
    await usesRedis(one);
    const [asked, live] = [await question(), await question()];
    await insertRevocations(db, [revocationOf(asked)]);
    await server.cli('flushall');
    await refused(one, asked);
    assert.equal(await one.blacklist.isRevoked(live), false);
    assert.ok(one.blacklist.statistics().answeredBy.postgres > 0, 'PostgreSQL was asked');
    await usesRedis(one);
    assert.equal(await server.cli('exists', `blacklist:${asked.jtis[0]}`), '1');
  });

  it('an older snapshot of Redis revives nothing', async function () {
    this.timeout(60_000);
    await server.stop();
    server = await startRedis({ args: ['--dbfilename', 'dump.rdb'] });
    const one = await openInstance();
    await usesRedis(one);
    await server.cli('save');
    const asked = await question();
    await revoke(one, asked);
    // a process that was not there when it was revoked
    const two = await openInstance();
    await usesRedis(two);
    await server.cli('config', 'set', 'save', '');
    await server.kill();
    await server.restart();
    assert.equal(await server.cli('exists', `blacklist:${asked.jtis[0]}`), '0', 'the snapshot knows nothing of it');
    await refused(one, asked);
    await refused(two, asked);
    await refused(await openInstance(), asked);
    await usesRedis(one);
    await usesRedis(two);
    await refused(one, asked);
    await refused(two, asked);
  });

  it('a snapshot loaded under a standing connection revives nothing either', async function () {
    this.timeout(60_000);
    await server.stop();
    server = await startRedis({ args: ['--dbfilename', 'dump.rdb', '--enable-debug-command', 'yes'] });
    const [one, two] = [await openInstance(), await openInstance()];
    await usesRedis(one);
    await usesRedis(two);
    await server.cli('save');
    const asked = await question();
    const read = one.blacklist.statistics().size;
    await revoke(one, asked);
    await hasRead(two, read + 1);
    await server.cli('debug', 'reload', 'nosave');
    assert.equal(await server.cli('exists', `blacklist:${asked.jtis[0]}`), '0');
    await refused(one, asked);
    await refused(two, asked);
  });

  it('one write ends a thousand tokens: in every process, with Redis and without', async function () {
    this.timeout(60_000);
    const [one, two] = [await openInstance(), await openInstance()];
    await usesRedis(one);
    await usesRedis(two);
    const person = await makePerson(db);
    const tokens = Array.from({ length: 1_000 }, () => ({
      jtis: [randomBytes(16).toString('hex')],
      userId: person.id,
      version: 1,
    }));
    for (const token of tokens.slice(0, 20)) assert.equal(await two.blacklist.isRevoked(token), false);
    assert.equal(await execute(db, `update users set status = 'blocked' where id = ?`, [person.id]), 1);
    for (const by of [one, two, await openInstance()]) {
      await refusedInTime(by, tokens[0] as BlacklistQuestion);
      for (const token of tokens) await refused(by, token);
    }
    const rows = await selectRow<{ n: number }>(db, 'select count(*)::int as n from revoked_tokens where user_id = ?', [
      person.id,
    ]);
    assert.equal(rows?.n, 0, 'no row per token');
  });

  it('with the raised version copied to Redis, tokens of before are refused even by a process that reads PostgreSQL late', async () => {
    const [one, two] = [await openInstance(), await openInstance()];
    await usesRedis(one);
    await usesRedis(two);
    const asked = await question();
    await execute(db, 'update users set token_version = token_version + 1 where id = ?', [asked.userId]);
    await one.blacklist.learn({ versions: [{ userId: asked.userId, version: 2 }] });
    await refused(two, asked);
    assert.equal(await two.blacklist.isRevoked({ ...asked, version: 2 }), false);
    await refused(one, { ...asked, version: 1 });
  });

  it('nobody is refused wrongly and nobody let in while PostgreSQL is away', async () => {
    const one = await openInstance();
    await usesRedis(one);
    const [asked, live] = [await question(), await question()];
    await revoke(one, asked);
    await one.postgresLine.set('refuse');
    await refusedAsUnknown(one, live);
    await refused(one, asked);
    await one.redisLine.set('refuse');
    await assert.rejects(one.blacklist.isRevoked(live), { code: 'service_unavailable' });
    await one.postgresLine.set('pass');
    await eventually(async () => assert.equal(await one.blacklist.isRevoked(live), false));
  });

  it('misses no revocation whose transaction commits late', async () => {
    const one = await openInstance();
    await one.redisLine.set('refuse');
    const asked = await question();
    const other = await question();
    const trx = await db.transaction();
    await insertRevocations(trx, [revocationOf(asked)]);
    // others commit meanwhile, and the follower reads past them
    const before = one.blacklist.statistics().size;
    for (let n = 1; n <= 3; n++) {
      await insertRevocations(db, [revocationOf({ ...other, jtis: [randomBytes(16).toString('hex')] })]);
      await hasRead(one, before + n);
    }
    await trx.commit();
    await eventually(() => assert.equal(one.blacklist.statistics().size, before + 4), { timeoutMs: EVERYWHERE_MS });
    await one.postgresLine.set('refuse');
    await refused(one, asked);
  });

  it('throws expired revocations away, after every clock agrees that they are', async () => {
    const fresh = revocationOf(await question());
    const ended = { ...revocationOf(await question()), expiresAtS: Date.now() / 1000 - 10 };
    const old = { ...revocationOf(await question()), expiresAtS: Date.now() / 1000 - 7_200 };
    await insertRevocations(db, [fresh, ended, old]);
    assert.equal((await removeExpired(db))['revokedTokens'], 1);
    const left = await selectRow<{ n: number }>(
      db,
      'select count(*)::int as n from revoked_tokens where jti = any(?::text[])',
      [[fresh.jti, ended.jti, old.jti]],
    );
    assert.equal(left?.n, 2);
  });

  it('ends the tokens of anybody whose status, role or password changes, whoever changes it', async () => {
    for (const change of [`status = 'blocked'`, `role = 'admin'`, `password_hash = 'x'`]) {
      const person = await makePerson(db);
      await execute(db, `update users set ${change} where id = ?`, [person.id]);
      assert.equal(
        (await selectRow<{ v: number }>(db, 'select token_version as v from users where id = ?', [person.id]))?.v,
        2,
        change,
      );
    }
    const person = await makePerson(db);
    await execute(db, `update users set last_active_at = now(), username = 'x' where id = ?`, [person.id]);
    assert.equal(
      (await selectRow<{ v: number }>(db, 'select token_version as v from users where id = ?', [person.id]))?.v,
      1,
    );
  });
});
