import { type Chance, createChance } from './random.ts';
import { addAnchors, addOrder, addStrayProofs, createDraft } from './random-orders.ts';
import type { WorldDraft } from './world-draft.ts';
import {
  DEFAULT_WORLD_CONFIG,
  type Range,
  type World,
  type WorldFile,
  type WorldRecord,
  type WorldSource,
  recordTime,
} from './world.ts';

export interface RandomWorldOptions {
  /** Default: 3 to 25. */
  orderCount?: number;
  /** Over how many seconds the orders lie; default: minutes to days. */
  spreadS?: number;
  /** Leave the windows and the tolerance at their defaults, as a server has them that was started without settings. */
  defaultConfig?: boolean;
}

/** 10 June 2025, 08:00 in Tashkent. */
const START = Date.UTC(2025, 5, 10, 3, 0, 0) / 1000;

/**
 * A small dense world: few prices and machines, overlapping windows, equal times, every payment type, state and
 * disagreement that rules.md 5 speaks of, reports that are missing or end too early. The same seed gives the same
 * world.
 */
export function randomWorld(seed: number, options: RandomWorldOptions = {}): World {
  const chance = createChance(seed);
  const spreadS = options.spreadS ?? chance.pick([120, 300, 900, 3600, 6 * 3600, 3 * 86_400]);
  const draft = createDraft(chance, { from: START, to: START + spreadS });
  const orderCount = options.orderCount ?? chance.int(3, 25);
  for (let i = 0; i < orderCount; i++) addOrder(draft);
  addStrayProofs(draft);
  if (chance.happens(0.7)) addAnchors(draft);
  const config =
    options.defaultConfig || chance.happens(0.7)
      ? DEFAULT_WORLD_CONFIG
      : {
          hwVendhubWindowS: chance.pick([20, 60, 120]),
          fiscalWindowS: chance.pick([20, 60, 180]),
          gatewayWindowS: chance.pick([20, 60, 180]),
          amountTolerance: chance.pick([0.01, 500]),
        };
  return { files: filesOf(chance, draft), config };
}

/** Every source in one to three files, by time or at random; sometimes one is lost, or a record is in two. */
function filesOf(chance: Chance, draft: WorldDraft): WorldFile[] {
  const files: WorldFile[] = [];
  const sources = Object.keys(draft.records) as WorldSource[];
  for (const source of sources) {
    const records = draft.records[source].toSorted((a, b) => recordTime(a) - recordTime(b));
    const parts = split(chance, records, chance.pick([1, 1, 2, 3]));
    for (const [i, part] of parts.entries()) {
      const file: WorldFile = { name: `${source}-${i + 1}.csv`, source, records: part };
      if (source === 'payme' && chance.happens(0.6)) file.period = statedPeriod(chance, part, draft.span);
      // Without a row a report says something only by its period
      if (part.length > 0 || file.period) files.push(file);
    }
  }
  if (chance.happens(0.25)) files.splice(chance.int(0, files.length - 1), 1);
  return files;
}

function split(chance: Chance, records: readonly WorldRecord[], count: number): WorldRecord[][] {
  const parts: WorldRecord[][] = Array.from({ length: count }, () => []);
  const byTime = chance.happens(0.7);
  // The cups of a cart are told apart by counting equals within one file, so they stay together
  const partOf = new Map<string, number>();
  records.forEach((record, i) => {
    const together = 'orderType' in record ? `${record.orderNumber}:${record.machineCode}` : `${i}`;
    const part = partOf.get(together) ?? (byTime ? Math.floor((i * count) / records.length) : chance.int(0, count - 1));
    partOf.set(together, part);
    parts[part]!.push(record);
    // The same sale in two exports whose periods overlap
    const isCartCup = 'orderType' in record && record.orderType === 'cart';
    if (count > 1 && !isCartCup && chance.happens(0.06)) parts[(part + 1) % count]!.push(record);
  });
  return parts;
}

/** Holds all of the file's rows, as every real register's period does. */
function statedPeriod(chance: Chance, records: readonly WorldRecord[], span: Range): Range {
  const times = records.length > 0 ? records.map(recordTime) : [span.from, span.to];
  return { from: Math.min(...times) - chance.int(0, 600), to: Math.max(...times) + chance.int(0, 600) };
}
