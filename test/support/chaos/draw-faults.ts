import { createRandom, type Random } from '../../../scripts/make-month/random.ts';

/** Whom a fault strikes: nobody is struck by two at a time. */
export type Target = 'api-1' | 'api-2' | 'worker-1' | 'worker-2' | 'worker-3' | 'redis' | 'postgres' | 'storage';

export interface PlannedFault {
  /** since the run began */
  atMs: number;
  name: FaultName;
  target: Target;
  /** how long it lasts; 0 for a blow */
  holdMs: number;
  /** which lines are meant, where a fault strikes the lines of some services: one bit each, never none */
  lines: number;
  /** for aimed faults: the how manyth commit, and the like */
  nth: number;
}

export const SERVICES = ['api-1', 'api-2', 'worker-1', 'worker-2', 'worker-3'] as const satisfies readonly Target[];
const EVERY_LINE = 2 ** SERVICES.length - 1;

/** Each fault with its targets and the shortest and longest time it lasts, ms. */
const CATALOGUE = {
  'process killed': { targets: SERVICES, holdMs: [100, 3_000] },
  'process told to stop': { targets: SERVICES, holdMs: [100, 2_000] },
  'process paused': { targets: SERVICES, holdMs: [500, 9_000] },
  'redis killed': { targets: ['redis'], holdMs: [500, 6_000] },
  'redis frozen': { targets: ['redis'], holdMs: [500, 8_000] },
  'redis emptied': { targets: ['redis'], holdMs: [0, 0] },
  'redis read-only': { targets: ['redis'], holdMs: [1_000, 6_000] },
  'redis full': { targets: ['redis'], holdMs: [1_000, 6_000] },
  'redis half open': { targets: ['redis'], holdMs: [0, 0] },
  'redis silent to some': { targets: ['redis'], holdMs: [2_000, 12_000] },
  'postgres backends terminated': { targets: ['postgres'], holdMs: [0, 0] },
  'postgres restarted hard': { targets: ['postgres'], holdMs: [100, 2_000] },
  'postgres half open': { targets: ['postgres'], holdMs: [0, 0] },
  'postgres silent': { targets: ['postgres'], holdMs: [1_000, 8_000] },
  'postgres away': { targets: ['postgres'], holdMs: [1_000, 20_000] },
  'postgres slow': { targets: ['postgres'], holdMs: [1_000, 5_000] },
  'answer of a commit lost': { targets: ['postgres'], holdMs: [2_000, 4_000] },
  'line cut before a commit': { targets: ['postgres'], holdMs: [2_000, 4_000] },
  'line cut at a message': { targets: ['postgres'], holdMs: [1_000, 3_000] },
  'connections exhausted': { targets: ['postgres'], holdMs: [1_000, 5_000] },
  'storage away': { targets: ['storage'], holdMs: [1_000, 10_000] },
  'storage slow': { targets: ['storage'], holdMs: [1_000, 5_000] },
  'storage full': { targets: ['storage'], holdMs: [1_000, 5_000] },
} as const satisfies Record<string, { targets: readonly [Target, ...Target[]]; holdMs: readonly [number, number] }>;

export type FaultName = keyof typeof CATALOGUE;
const NAMES = Object.keys(CATALOGUE) as [FaultName, ...FaultName[]];

/** Where the services keep bytes. */
export const STORAGES = ['s3', 'postgres', 'file'] as const;
export type StorageKind = (typeof STORAGES)[number];

/**
 * What can be done to each kind of storage while services run; nothing is counted that strikes nobody. Bytes in
 * PostgreSQL are away and slow when PostgreSQL is, and disks that are slow or full have tests of their own
 * (storage-full, upload-abort-storm).
 */
const STRIKES_NOBODY: Record<StorageKind, readonly FaultName[]> = {
  s3: [],
  postgres: ['storage away', 'storage slow'],
  file: ['storage slow', 'storage full'],
};
/** Time that a target is left alone after a fault, so that something can get on. */
const REST_MS = 1_500;
/** Of a process that was told to stop or has to start again. */
const RESTART_MS = 4_000;

/**
 * The faults of a run, by their times: the same seed always gives the same ones. Every fault of the list comes once
 * before any comes twice.
 * @param everyMs the mean time between two faults
 */
export function drawFaults(seed: number, lengthMs: number, everyMs: number, storage: StorageKind): PlannedFault[] {
  const names = NAMES.filter((name) => !STRIKES_NOBODY[storage].includes(name));
  const random = createRandom(seed);
  const freeAt = new Map<Target, number>();
  const planned: PlannedFault[] = [];
  let bag: FaultName[] = [];
  for (
    let atMs = random.int(200, everyMs);
    atMs < lengthMs;
    atMs += random.int(Math.ceil(everyMs / 4), Math.ceil(everyMs * 1.75))
  ) {
    if (bag.length === 0) bag = shuffled(names, random);
    const name = bag.pop() as FaultName;
    const { targets, holdMs: range } = CATALOGUE[name];
    const drawn = { target: random.pick<Target>(targets), holdMs: random.int(range[0], range[1]) };
    const startMs = Math.max(atMs, freeAt.get(drawn.target) ?? 0);
    const fault = { atMs: startMs, name, ...drawn, lines: random.int(1, EVERY_LINE), nth: random.int(1, 12) };
    if (startMs + fault.holdMs > lengthMs) continue;
    freeAt.set(fault.target, startMs + fault.holdMs + REST_MS + (name.startsWith('process') ? RESTART_MS : 0));
    planned.push(fault);
  }
  return planned.toSorted((a, b) => a.atMs - b.atMs);
}

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const rest = [...values];
  return values.map(() => rest.splice(random.int(0, rest.length - 1), 1)[0] as T);
}
