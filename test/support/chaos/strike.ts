import { rename, writeFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { FaultProxy } from '../faults.ts';
import { descendantsOf } from './children.ts';
import type { PlannedFault } from './draw-faults.ts';
import type { Member, World } from './world.ts';

/** How a member was met, so that requests to it are judged fairly. */
function struckWhile(members: readonly Member[]): () => void {
  const periods = members.map((member) => {
    const period = { from: performance.now(), to: Number.POSITIVE_INFINITY };
    member.struck.push(period);
    return period;
  });
  return () => periods.forEach((period) => (period.to = performance.now()));
}

/** Makes one fault, waits as long as it lasts, and mends it. How the services get over it is their business. */
export async function strike(world: World, fault: PlannedFault): Promise<void> {
  const { holdMs, nth } = fault;
  const lines = world.members.filter((_, index) => (fault.lines >> index) & 1);
  const member = world.members.find(({ name }) => name === fault.target);
  const postgres = lines.map((line) => line.postgres);
  const all = world.members.map((line) => line.postgres);
  switch (fault.name) {
    case 'process killed':
      return inTurn(member as Member, () => restart(world, member as Member, 'SIGKILL', holdMs));
    case 'process told to stop':
      return inTurn(member as Member, () => restart(world, member as Member, 'SIGTERM', holdMs));
    case 'process paused':
      return inTurn(member as Member, () => paused(member as Member, holdMs));
    case 'redis killed':
      await world.redis.kill();
      await sleep(holdMs);
      return world.redis.restart();
    case 'redis frozen':
      world.redis.freeze();
      await sleep(holdMs);
      return world.redis.thaw();
    case 'redis emptied':
      return void (await world.redis.cli('flushall'));
    case 'redis read-only':
      await world.redis.cli('replicaof', '127.0.0.1', '1');
      await sleep(holdMs);
      return void (await world.redis.cli('replicaof', 'no', 'one'));
    case 'redis full':
      await world.redis.cli('config', 'set', 'maxmemory', '1');
      await sleep(holdMs);
      return void (await world.redis.cli('config', 'set', 'maxmemory', '0'));
    case 'redis half open':
      for (const { redis } of lines) redis.freezeOpen();
      return;
    case 'redis silent to some':
      return during(
        lines.map(({ redis }) => redis),
        'black-hole',
        holdMs,
      );
    case 'postgres backends terminated':
      return void (await world.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'vhm24r%'`,
      ));
    case 'postgres restarted hard':
      await world.postgresKilled();
      await sleep(holdMs);
      return world.postgresStarted();
    case 'postgres half open':
      for (const proxy of postgres) proxy.freezeOpen();
      return;
    case 'postgres silent':
      return during(postgres, 'black-hole', holdMs);
    case 'postgres away':
      return during(all, 'refuse', holdMs);
    case 'postgres slow':
      return during(postgres, 'delay', holdMs);
    case 'answer of a commit lost':
      return aimed(all, 'COMMIT', nth, 'lose-answer', holdMs);
    case 'line cut before a commit':
      return aimed(all, 'COMMIT', nth, 'cut', holdMs);
    case 'line cut at a message':
      return aimed(all, null, nth * 3, nth % 2 === 0 ? 'cut' : 'lose-answer', holdMs);
    case 'connections exhausted':
      return exhausted(world, holdMs);
    case 'storage away':
      return storageFault(world, nth, holdMs, 'away');
    case 'storage slow':
      return storageFault(world, nth, holdMs, 'slow');
    case 'storage full':
      return storageFault(world, nth, holdMs, 'full');
  }
}

/** On a busy machine one that was struck is still starting when it is struck again: one after the other. */
const lastStrikes = new WeakMap<Member, Promise<void>>();

function inTurn(member: Member, blow: () => Promise<void>): Promise<void> {
  const turn = (lastStrikes.get(member) ?? Promise.resolve()).then(blow, blow);
  lastStrikes.set(member, turn);
  return turn;
}

async function restart(world: World, member: Member, signal: NodeJS.Signals, holdMs: number): Promise<void> {
  const over = struckWhile([member]);
  const child = member.service?.child;
  if (child) world.children.push(...descendantsOf(child.pid));
  child?.signal(signal);
  await child?.exited;
  member.service = null;
  await sleep(holdMs);
  await member.start();
  over();
}

async function paused(member: Member, holdMs: number): Promise<void> {
  const over = struckWhile([member]);
  member.service?.child.signal('SIGSTOP');
  await sleep(holdMs);
  member.service?.child.signal('SIGCONT');
  over();
}

async function during(
  proxies: readonly FaultProxy[],
  mode: 'black-hole' | 'refuse' | 'delay',
  holdMs: number,
): Promise<void> {
  await Promise.all(proxies.map((proxy) => proxy.set(mode, { delayMs: 60 })));
  await sleep(holdMs);
  await Promise.all(proxies.map((proxy) => proxy.set('pass')));
}

/** Meets the nth piece of bytes from a service that holds `text` (any piece where it is null), once. */
async function aimed(
  proxies: readonly FaultProxy[],
  text: string | null,
  nth: number,
  verdict: 'cut' | 'lose-answer',
  holdMs: number,
) {
  let seen = 0;
  for (const proxy of proxies)
    proxy.intercept(({ from, bytes }) => {
      if (from !== 'client' || (text !== null && !bytes.includes(text))) return 'pass';
      seen += 1;
      return seen === nth ? verdict : 'pass';
    });
  await sleep(holdMs);
  for (const proxy of proxies) proxy.intercept(null);
}

async function exhausted(world: World, holdMs: number): Promise<void> {
  const held: pg.Client[] = [];
  const until = performance.now() + holdMs;
  while (performance.now() < until) {
    const client = new pg.Client({ connectionString: world.databaseUrl, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    // no more to be had: those of the services are taken as they let go of them
    if (
      await client.connect().then(
        () => true,
        () => false,
      )
    )
      held.push(client);
    else await sleep(50);
  }
  await Promise.all(held.map((client) => client.end()));
}

/** What PostgreSQL answers when its disk is full, to the bytes of uploads. */
const FULL = `create or replace function storage_full() returns trigger language plpgsql as
  $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
  create or replace trigger storage_full before insert on file_chunks
      for each statement execute function storage_full()`;

/** A folder that is away is a file in its place. */
async function storageFault(world: World, nth: number, holdMs: number, kind: 'away' | 'slow' | 'full'): Promise<void> {
  const { storageKind, storageFolder, s3, s3Proxy } = world;
  if (storageKind === 'postgres' && kind === 'full') {
    await world.query(FULL);
    await sleep(holdMs);
    await world.query('drop trigger if exists storage_full on file_chunks');
  }
  if (storageKind === 'file' && kind === 'away') {
    await rename(storageFolder, `${storageFolder}.away`);
    await writeFile(storageFolder, '');
    await sleep(holdMs);
    await rm(storageFolder);
    await rename(`${storageFolder}.away`, storageFolder);
  }
  if (s3 === null || s3Proxy === null) return;
  if (kind === 'slow') return during([s3Proxy], 'delay', holdMs);
  if (kind === 'away' && nth % 3 !== 0) return during([s3Proxy], nth % 3 === 1 ? 'black-hole' : 'refuse', holdMs);
  s3.failWith(
    kind === 'full'
      ? { status: 507, code: 'InsufficientStorage', methods: ['PUT', 'POST'] }
      : { status: 503, code: 'SlowDown' },
  );
  await sleep(holdMs);
  s3.failWith(null);
}
