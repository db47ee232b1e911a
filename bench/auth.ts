import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../scripts/processes/free-port.ts';
import { openRedisServer } from '../scripts/redis-server.ts';
import { applyMigrations } from '../scripts/migrate/apply.ts';
import { createAuth } from '../shared/auth/auth.ts';
import { createBlacklist } from '../shared/auth/blacklist/blacklist.ts';
import { insertRevocations } from '../shared/auth/blacklist/revocations.ts';
import { createTokens, newTokenId } from '../shared/auth/tokens.ts';
import { insertUser } from '../shared/auth/users.ts';
import { createCache } from '../shared/cache/create-cache.ts';
import { createDatabase } from '../shared/db/client.ts';
import { sleep } from '../shared/lifecycle.ts';
import { createRateLimits } from '../shared/limits/rate-limits.ts';
import { createSilentLogger } from '../shared/logger.ts';
import { createRedis } from '../shared/redis/breaker.ts';
import { compareToLimit, tell, type Bench, type BenchContext, type BenchResult } from './bench.ts';
import { openBenchServer } from './stage.ts';

const SECRET = { kid: 'bench', secret: 'kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6' };
const WARM_UP = 500;
const ROUNDS = 10_000;
/** Live revocations that the blacklist holds meanwhile. */
const REVOKED = 10_000;
const READY_MS = 15_000;
const AUTH_P50_LIMIT_MS = 0.5;
const CACHE_P50_LIMIT_MS = 0.05;
/** About what a month's summary weighs. */
const SUMMARY_ROWS = 400;

/** What each request pays before its route begins, and what a cached answer costs. */
export const authBench: Bench = {
  name: 'auth',
  about: 'verify + blacklist check of one request with Redis on loopback; a cache hit from memory',
  async run(context) {
    const postgres = await openBenchServer(context);
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-bench-redis-'));
    const server = await openRedisServer({
      folder,
      port: await findFreePort(),
      settings: ['--save', '', '--appendonly', 'no'],
    });
    try {
      return await measure(postgres.databaseUrl, `redis://127.0.0.1:${server.port}`, context, () =>
        server.child.stop(),
      );
    } finally {
      await server.child.stop();
      await rm(folder, { recursive: true, force: true });
      await postgres.close();
    }
  },
};

async function measure(
  databaseUrl: string,
  redisUrl: string,
  context: BenchContext,
  stopRedis: () => Promise<unknown>,
): Promise<BenchResult[]> {
  const logger = createSilentLogger();
  const rounds = Math.max(1_000, Math.round(ROUNDS * context.scale));
  const db = createDatabase({ url: databaseUrl, poolMax: 4, applicationName: 'vhm24r-bench', logger });
  await applyMigrations(db, { databaseUrl, direction: 'up', lockWaitMs: 10_000 });
  const user = await insertUser(db, { email: 'bench@vhm24r.test', status: 'approved', role: 'operator' });
  const expiresAtS = Date.now() / 1000 + 3_600;
  const revocations = Array.from({ length: REVOKED }, () => ({
    jti: newTokenId(),
    userId: user.id,
    expiresAtS,
    reason: 'logout',
  }));
  await insertRevocations(db, revocations);
  const redis = createRedis(redisUrl, logger);
  const blacklist = createBlacklist({ db, redis, logger });
  const cache = createCache({ redis, redisUrl, logger });
  try {
    await blacklist.open();
    const limits = createRateLimits({ redis, factor: 0, logger });
    const auth = createAuth({
      db,
      doors: db,
      blacklist,
      config: { secrets: [SECRET], accessTtlS: 900, refreshTtlS: 3_600, admin: null },
      telegram: { adminIds: [] },
      limits: limits.signIn,
      logger,
    });
    const subject = { userId: user.id, username: null, role: user.role, version: user.tokenVersion };
    const { token } = createTokens([SECRET]).issue('access', subject, { ttlS: 900 });
    const request = { headers: { authorization: `Bearer ${token}` } };
    const until = performance.now() + READY_MS;
    while (blacklist.statistics().backend !== 'redis') {
      if (performance.now() > until) throw new Error('the blacklist does not come to use Redis');
      await sleep(50);
    }
    const withRedis = await timesOf(rounds, () => auth.authenticate(request));
    const { answeredBy } = blacklist.statistics();
    if (answeredBy.redis < rounds * 0.95) throw new Error(`not measured what was meant: ${JSON.stringify(answeredBy)}`);

    const summary = Array.from({ length: SUMMARY_ROWS }, (_, n) => ({
      day: `2025-01-${n}`,
      status: 'fully_matched',
      count: n,
      sum: `${n}000.00`,
    }));
    const cached = () => cache.getOrLoad('summary', { ttlMs: 600_000, tags: ['records'] }, async () => summary);
    const fromMemory = await timesOf(rounds, cached);

    await stopRedis();
    while (redis.isUp()) await sleep(20);
    const withoutRedis = await timesOf(Math.round(rounds / 5), () => auth.authenticate(request));
    return [
      compareToLimit('verify + blacklist check, p50', at(withRedis, 0.5), AUTH_P50_LIMIT_MS, 'ms'),
      tell('the same, p99', `${at(withRedis, 0.99).toFixed(3)} ms`),
      tell('with Redis away (PostgreSQL is asked), p50', `${at(withoutRedis, 0.5).toFixed(3)} ms`),
      compareToLimit(
        `cache hit from memory (${Math.round(JSON.stringify(summary).length / 1024)} KB), p50`,
        at(fromMemory, 0.5),
        CACHE_P50_LIMIT_MS,
        'ms',
      ),
      tell('the same, p99', `${at(fromMemory, 0.99).toFixed(3)} ms`),
    ];
  } finally {
    await cache.close();
    await blacklist.close();
    await redis.close();
    await db.destroy();
  }
}

/** Sorted durations of one call after the other, ms. */
async function timesOf(rounds: number, work: () => Promise<unknown>): Promise<Float64Array> {
  for (let n = 0; n < WARM_UP; n++) await work();
  const times = new Float64Array(rounds);
  for (let n = 0; n < rounds; n++) {
    const startedMs = performance.now();
    await work();
    times[n] = performance.now() - startedMs;
  }
  return times.sort();
}

function at(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? 0;
}
