/**
 * Watches PostgreSQL, Redis and the workers every 30 s and keeps 24 hours. Several apis watch; of each half minute the
 * first one's sample is stored, and only whoever stored it tells a change: once in the audit log and once by Telegram.
 * While PostgreSQL is away samples wait in memory, and the news goes straight to Telegram.
 */
import type { Redis } from 'ioredis';
import { recordAudit } from '../audit/audit.ts';
import type { Db } from '../db/client.ts';
import { execute, selectRow, selectRows } from '../db/rows.ts';
import { withDeadline } from '../lifecycle.ts';
import type { Logger } from '../logger.ts';
import { addNotice, type NoticeSender } from '../notices/notices.ts';
import { stateOf, UPTIME_WINDOW, type MonitorState, type Sample } from './states.ts';

export const MONITOR_TARGETS = ['postgres', 'redis', 'worker'] as const;
export type MonitorTarget = (typeof MONITOR_TARGETS)[number];

const INTERVAL_MS = 30_000;
/** A worker that is started together with this process is up by then, and its start no outage. */
const FIRST_LOOK_MS = 8_000;
const PROBE_LIMIT_MS = 6_000;
const STORE_LIMIT_MS = 5_000;
const KEPT_MS = 24 * 3_600_000;
const KEPT_COUNT = KEPT_MS / INTERVAL_MS;
const WORKER_ALIVE_S = 20;

export interface MonitorDeps {
  db: Db;
  redis: {
    run<T>(work: (client: Redis) => Promise<T>, limitMs?: number): Promise<T>;
    state(): { reason: string | null };
  };
  redisConfigured: boolean;
  logger: Logger;
  notices: Pick<NoticeSender, 'deliverNow'>;
  intervalMs?: number;
  now?: () => number;
}

interface StoredSample extends Sample {
  target: MonitorTarget;
  state: MonitorState;
  details: Record<string, unknown>;
}

export interface MonitorView {
  target: MonitorTarget;
  state: MonitorState;
  since: string | null;
  uptimePercent: number;
  samples: { at: string; state: MonitorState; ms: number | null }[];
  details: Record<string, unknown>;
}

export interface Monitor {
  start(): void;
  /** Looks now; returns what changed. */
  tick(): Promise<{ target: MonitorTarget; from: MonitorState; to: MonitorState }[]>;
  /** The last 24 hours, also while PostgreSQL is away. */
  view(): Promise<MonitorView[]>;
  stop(): Promise<void>;
}

export function createMonitor(deps: MonitorDeps): Monitor {
  const { db, redis, logger, notices, intervalMs = INTERVAL_MS, now = Date.now } = deps;
  const targets = MONITOR_TARGETS.filter((target) => target === 'postgres' || deps.redisConfigured);
  const history = new Map<MonitorTarget, StoredSample[]>(targets.map((target) => [target, []]));
  let unstored: StoredSample[] = [];
  let undelivered: { key: string; params: { target: string; from: string; to: string; reason: string } }[] = [];
  let loaded = false;
  let timers: NodeJS.Timeout[] = [];
  let current: Promise<{ target: MonitorTarget; from: MonitorState; to: MonitorState }[]> | null = null;

  const probes: Record<MonitorTarget, () => Promise<Record<string, unknown>>> = {
    postgres: async () => ({
      ...(await selectRow<Record<string, unknown>>(
        db,
        `select (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
          current_setting('max_connections')::int as "maxConnections",
           pg_database_size(current_database())::float8 as "sizeBytes"`,
      )),
    }),
    redis: async () => {
      const info = await redis.run((client) => client.info(), 2_000);
      const read = (name: string) => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? null;
      return {
        version: read('redis_version'),
        clients: Number(read('connected_clients')),
        usedMemoryBytes: Number(read('used_memory')),
        maxMemoryBytes: Number(read('maxmemory')),
        hits: Number(read('keyspace_hits')),
        misses: Number(read('keyspace_misses')),
      };
    },
    worker: async () => {
      const row = await selectRow<{ alive: number }>(
        db,
        `select count(*)::int as alive from service_instances
          where service = 'worker' and seen_at > clock_timestamp() - interval '${WORKER_ALIVE_S} s'`,
      );
      if ((row?.alive ?? 0) === 0) throw new Error('none_alive');
      return { alive: row?.alive };
    },
  };

  async function load(): Promise<void> {
    if (loaded) return;
    const rows = await withDeadline(
      selectRows<{
        target: MonitorTarget;
        at: Date;
        ok: boolean;
        ms: number | null;
        state: MonitorState;
        details: Record<string, unknown>;
      }>(db, `select target, at, ok, ms, state, details from monitor_samples where at > ? order by at`, [
        new Date(now() - KEPT_MS),
      ]),
      STORE_LIMIT_MS,
      'reading samples',
    );
    for (const [target, samples] of history)
      history.set(target, [...rows.filter((row) => row.target === target), ...samples]);
    loaded = true;
  }

  async function sample(
    target: MonitorTarget,
    at: Date,
  ): Promise<{ sample: StoredSample; from: MonitorState; reason: string }> {
    const startedAt = performance.now();
    let ok = true;
    let details: Record<string, unknown> = {};
    let reason = 'ok';
    try {
      details = await withDeadline(probes[target](), PROBE_LIMIT_MS, target);
    } catch (error) {
      ok = false;
      reason =
        target === 'redis'
          ? (redis.state().reason ?? 'error')
          : error instanceof Error && error.message === 'none_alive'
            ? 'none_alive'
            : 'no_answer';
      details = { reason };
    }
    const ms = Math.round(performance.now() - startedAt);
    const before = history.get(target) ?? [];
    const state = stateOf([...before.slice(-UPTIME_WINDOW), { at, ok, ms }]);
    return {
      sample: { target, at, ok, ms: ok ? ms : null, state, details },
      from: before.at(-1)?.state ?? 'healthy',
      reason,
    };
  }

  /** True when this process was the first to store it. */
  async function store(one: StoredSample): Promise<boolean> {
    const count = await withDeadline(
      execute(
        db,
        `insert into monitor_samples (target, at, state, ok, ms, details) values (?, ?, ?, ?, ?, ?::jsonb)
          on conflict (target, at) do nothing`,
        [one.target, one.at, one.state, one.ok, one.ms, JSON.stringify(one.details)],
      ),
      STORE_LIMIT_MS,
      'storing a sample',
    );
    return count === 1;
  }

  async function tell(
    change: { target: MonitorTarget; from: MonitorState; to: MonitorState; reason: string; at: Date },
    first: boolean,
  ): Promise<void> {
    const { target, from, to, reason, at } = change;
    logger.log(to === 'healthy' ? 'info' : 'warn', `${target} is ${to}`, {
      event: 'monitor_changed',
      target,
      from,
      to,
      reason,
    });
    if (first)
      undelivered.push({ key: `monitor:${target}:${to}:${at.toISOString()}`, params: { target, from, to, reason } });
  }

  async function tellWaiting(): Promise<void> {
    const waiting = undelivered;
    undelivered = [];
    for (const one of waiting) {
      try {
        await withDeadline(
          db.transaction(async (trx) => {
            if (!(await addNotice(trx, one.key, 'monitor_changed', one.params))) return;
            await recordAudit(trx, {
              actorId: null,
              action: 'monitor.changed',
              subject: `service:${one.params.target}`,
              details: one.params,
            });
          }),
          STORE_LIMIT_MS,
          'telling a change',
        );
      } catch {
        // PostgreSQL is away: straight to Telegram; what cannot be sent either waits for the next look
        await notices.deliverNow('monitor_changed', one.params).catch(() => undelivered.push(one));
      }
    }
  }

  async function look() {
    const at = new Date(Math.floor(now() / intervalMs) * intervalMs);
    await load().catch(() => undefined);
    const changes: { target: MonitorTarget; from: MonitorState; to: MonitorState }[] = [];
    for (const { sample: one, from, reason } of await Promise.all(targets.map((target) => sample(target, at)))) {
      const samples = history.get(one.target) ?? [];
      if (samples.at(-1)?.at.getTime() === at.getTime()) continue;
      samples.push(one);
      history.set(one.target, samples.slice(-KEPT_COUNT));
      // while it cannot be stored this process takes itself for the first
      const first = await store(one).catch(() => {
        unstored.push(one);
        unstored = unstored.slice(-KEPT_COUNT);
        return true;
      });
      if (one.state !== from) {
        await tell({ target: one.target, from, to: one.state, reason, at }, first);
        changes.push({ target: one.target, from, to: one.state });
      }
    }
    await flush();
    await tellWaiting();
    return changes;
  }

  async function flush(): Promise<void> {
    const waiting = unstored;
    unstored = [];
    for (const [index, one] of waiting.entries()) {
      try {
        await store(one);
      } catch {
        unstored = waiting.slice(index);
        return;
      }
    }
    // by the database's clock, as a process that is days ahead would delete them all
    await execute(db, `delete from monitor_samples where at < clock_timestamp() - make_interval(secs => ?)`, [
      KEPT_MS / 1000,
    ]).catch(() => undefined);
  }

  function tick() {
    current ??= look().finally(() => {
      current = null;
    });
    return current;
  }

  return {
    tick,
    async view() {
      await load().catch(() => undefined);
      return targets.map((target) => {
        const samples = history.get(target) ?? [];
        const last = samples.at(-1);
        const changedAt = samples.findLastIndex(({ state }, index) => index > 0 && state !== samples[index - 1]?.state);
        return {
          target,
          state: last?.state ?? 'healthy',
          since: samples[Math.max(0, changedAt)]?.at.toISOString() ?? null,
          uptimePercent:
            samples.length === 0
              ? 100
              : Math.round((samples.filter(({ ok }) => ok).length / samples.length) * 10_000) / 100,
          samples: samples.map(({ at, state, ms }) => ({ at: at.toISOString(), state, ms })),
          details: last?.details ?? {},
        };
      });
    },
    start() {
      if (timers.length > 0) return;
      const lookNow = () => void tick().catch((error: unknown) => logger.warn('the monitor failed', { error }));
      timers = [setTimeout(lookNow, Math.min(FIRST_LOOK_MS, intervalMs)), setInterval(lookNow, intervalMs)];
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await current?.catch(() => undefined);
    },
  };
}
