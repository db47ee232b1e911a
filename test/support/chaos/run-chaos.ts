import { setTimeout as sleep } from 'node:timers/promises';
import { checkAfterStop, checkLeaks, checkResults, openFiles, waitUntilIdle } from './check.ts';
import { signInAt, startClients } from './clients.ts';
import { drawFaults, STORAGES, type PlannedFault, type StorageKind } from './draw-faults.ts';
import { createRequests, type Requests } from './requests.ts';
import { strike } from './strike.ts';
import { openWorld, type World } from './world.ts';

export interface ChaosOptions {
  seed: number;
  /** how long faults strike; settling and checking come on top */
  lengthMs: number;
  /** mean time between two faults */
  everyMs?: number;
  /** mean pause of each of three clients between two uploads */
  paceMs?: number;
  /** how many files may wait before clients hold back; default 18 */
  backlog?: number;
  /** default: by the seed */
  storage?: StorageKind;
  /** a folder for the logs of the services; default: they are removed */
  keptLogs?: string;
  /** told of each fault as it strikes */
  onFault?: (fault: PlannedFault) => void;
}

export interface ChaosReport {
  seed: number;
  storage: StorageKind;
  /** how often each fault struck */
  faults: Record<string, number>;
  months: number;
  files: number;
  exports: number;
  abortedUploads: number;
  rows: number;
  /** answers by kind, status and code */
  answers: Record<string, number>;
  longestMs: Requests['longestMs'];
  /** from the end of the last fault until nothing was to do any more */
  idleMs: number;
  /** what was done last of all */
  lastOpen: string[];
  /** they wait for their second look */
  bytesWithoutRow: number;
  /** empty when every promise was kept */
  violations: string[];
}

const TOKEN_RENEWED_MS = 20 * 60_000;
/** Between two faults where nobody says otherwise. */
export const MEAN_PAUSE_MS = 2_500;

/** Where bytes are kept when nobody says so. */
export const storageOf = (seed: number): StorageKind => STORAGES[seed % STORAGES.length] as StorageKind;

/**
 * Uploads months with known truth while faults strike, then checks that every promise was kept. Faults are those of the
 * seed, always.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { seed, lengthMs } = options;
  const storage = options.storage ?? storageOf(seed);
  const plan = drawFaults(seed, lengthMs, options.everyMs ?? MEAN_PAUSE_MS, storage);
  const world = await openWorld(storage);
  let token: string | null = null;
  const requests = createRequests(() => token);
  const apis = world.members.filter(({ name }) => name.startsWith('api'));
  let isOver = false;
  try {
    token = await signInAt(apis, requests);
    const renewing = renewToken();
    const clients = startClients(seed, apis, requests, () => token ?? '', {
      pauseMs: options.paceMs ?? 600,
      backlog: options.backlog ?? 18,
      openFiles: () => openFiles(world),
    });
    const lastFaults = await strikeAll(world, plan, options.onFault);
    isOver = true;
    await clients.finish();
    const idle = await waitUntilIdle(world);
    const { promised } = clients;
    const violations = [
      ...lastFaults,
      ...requests.violations,
      ...idle.violations,
      ...(await checkResults(world, promised)),
    ];
    const leaks = await checkLeaks(world);
    violations.push(...leaks.violations, ...(await checkAfterStop(world)));
    await renewing;
    return {
      seed,
      storage,
      faults: countsOf(plan.map(({ name }) => name)),
      months: promised.truths.length,
      files: promised.fileIds.size,
      exports: promised.exportIds.size,
      abortedUploads: promised.abortedUploads,
      rows: promised.truths.flatMap(({ counts }) => Object.values(counts)).reduce((sum, count) => sum + count, 0),
      answers: Object.fromEntries([...requests.counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      longestMs: { page: Math.round(requests.longestMs.page), upload: Math.round(requests.longestMs.upload) },
      idleMs: idle.ms,
      lastOpen: idle.lastOpen,
      bytesWithoutRow: leaks.bytesWithoutRow,
      violations,
    };
  } finally {
    isOver = true;
    await world.close(options.keptLogs);
  }

  async function renewToken(): Promise<void> {
    let renewedAt = performance.now();
    while (!isOver) {
      await sleep(500);
      if (performance.now() - renewedAt < TOKEN_RENEWED_MS) continue;
      renewedAt = performance.now();
      token = await signInAt(apis, requests);
    }
  }
}

/** Gives what could not be mended, e.g. a service that does not start again. */
async function strikeAll(
  world: World,
  plan: readonly PlannedFault[],
  onFault?: (fault: PlannedFault) => void,
): Promise<string[]> {
  const startedAt = performance.now();
  const running: Promise<string | null>[] = [];
  for (const fault of plan) {
    await sleep(Math.max(0, fault.atMs - (performance.now() - startedAt)));
    onFault?.(fault);
    running.push(
      strike(world, fault).then(
        () => null,
        (error: unknown) =>
          `${fault.name} of ${fault.target}: ${error instanceof Error ? error.message.slice(0, 2_000) : String(error)}`,
      ),
    );
  }
  return (await Promise.all(running)).filter((line) => line !== null);
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
