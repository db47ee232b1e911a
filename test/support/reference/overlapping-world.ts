/** Worlds whose files say something about each other's rows, and not always the same. */
import { type Chance, createChance } from './random.ts';
import { randomWorld, type RandomWorldOptions } from './random-world.ts';
import type { World, WorldFile, WorldRecord, WorldSource } from './world.ts';

/** A later look at a record: most say the same, others another price, time, state or number. */
function lookAgain(chance: Chance, record: WorldRecord, others: readonly WorldRecord[]): WorldRecord {
  if (chance.happens(0.4)) return record;
  if (record.source === 'happy_workers') {
    if (chance.happens(0.3)) return { ...record, price: record.price + 500 };
    if (chance.happens(0.4)) return { ...record, paymentStatus: 'refunded', refundTime: record.creationTime + 40 };
    return { ...record, goodsName: `${record.goodsName} XL` };
  }
  if (record.source === 'vendhub') {
    if (chance.happens(0.3)) return { ...record, eventTime: record.eventTime + 86_400 };
    const other = chance.pick(others);
    if (chance.happens(0.4) && other.source === 'vendhub') return { ...record, orderNumber: other.orderNumber };
    return { ...record, price: record.price + 1000 };
  }
  if (record.source === 'fiscal_bills') {
    if (chance.happens(0.4)) return { ...record, time: record.time + 30 };
    return { ...record, operation: record.operation === 'sale' ? 'return' : 'sale' };
  }
  if (chance.happens(0.4)) return { ...record, time: record.time + 20 };
  return { ...record, state: chance.pick(['success', 'cancelled', 'pending'] as const), amount: record.amount };
}

/** The files of a world, with others beside them that look at some of their rows again, in any order. */
export function overlappingWorld(seed: number, options: RandomWorldOptions = {}): { world: World; files: WorldFile[] } {
  const world = randomWorld(seed, options);
  const chance = createChance(seed + 1_000_000);
  const files = [...world.files];
  for (const source of new Set(world.files.map((file) => file.source)))
    for (let n = chance.int(0, 2); n > 0; n--) {
      const all = world.files.filter((file) => file.source === source).flatMap((file) => file.records);
      const some = all.filter(() => chance.happens(0.5));
      if (some.length === 0) continue;
      const records = some.map((record) => lookAgain(chance, record, all));
      files.push({ name: `${source as WorldSource}-again-${n}.csv`, source, records });
    }
  return { world, files: files.toSorted(() => chance.next() - 0.5) };
}
