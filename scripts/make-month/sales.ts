import { readFileSync } from 'node:fs';
import { createRandom, type Random } from './random.ts';
import { parseWallTime, type WallSeconds } from './wall-clock.ts';

export const GATEWAYS = ['payme', 'click', 'uzum'] as const;
export type Gateway = (typeof GATEWAYS)[number];
/** How an order is paid; vip and test are not paid at all. */
export type Kind = 'cash' | Gateway | 'vip' | 'test';

/** One drink sold, before any system has written it down. */
export interface Sale {
  at: WallSeconds;
  goods: string;
  /** Whole UZS. */
  price: number;
  kind: Kind;
}

/** Sales in the order of their times; `read` may be called again and then gives the same. */
export interface SalesPlan {
  /** The day of this decides which ids are the period's own: two periods of one operator never begin on one day. */
  begins: WallSeconds;
  first: WallSeconds;
  last: WallSeconds;
  count: number;
  read(): Iterable<Sale>;
}

const DAY_S = 86_400;
const CASH_SHARE_OF_CARDLESS = 0.3;
const CASH_SHARE = 0.4;
const FREE_SHARE = 0.03;
const GOODS = [
  'Капучино',
  'Латте',
  'Американо',
  'Эспрессо',
  'Горячий шоколад',
  'MacCoffee 3in1',
  'Чай "Ахмад", лимон',
  'Flat White',
  "Qora choy o'zbekcha",
] as const;
/** How busy an hour of the day is. */
const HOUR_WEIGHTS = [1, 1, 1, 1, 1, 2, 4, 8, 11, 10, 9, 8, 9, 10, 9, 8, 8, 9, 10, 8, 6, 4, 3, 2] as const;
const MEAN_WEIGHT = HOUR_WEIGHTS.reduce((sum, weight) => sum + weight, 0) / HOUR_WEIGHTS.length;

function drawKind(random: Random, cash: boolean): Kind {
  if (cash) return 'cash';
  return random.next() < FREE_SHARE ? random.pick(['vip', 'test']) : random.pick(GATEWAYS);
}

/** `count` invented sales over about `days` days from `from` on. Memory does not grow with the count. */
export function planInventedSales(options: {
  seed: number;
  count: number;
  days: number;
  from: WallSeconds;
}): SalesPlan {
  const widestGap = Math.max(2, Math.floor((options.days * DAY_S) / options.count) * 2);
  function* read(): Iterable<Sale> {
    const random = createRandom(options.seed);
    let evenClock = 0;
    for (let i = 0; i < options.count; i++) {
      evenClock += random.int(1, widestGap);
      yield {
        at: options.from + toBusyClock(evenClock),
        goods: random.pick(GOODS),
        price: random.int(7, 60) * 1000,
        kind: drawKind(random, random.next() < CASH_SHARE),
      };
    }
  }
  return withBorders(read, options.from);
}

/** Bends evenly spread seconds so that each hour of the day gets its share of them. */
function toBusyClock(evenS: number): WallSeconds {
  let left = evenS % DAY_S;
  for (const [hour, weight] of HOUR_WEIGHTS.entries()) {
    const width = (3600 * weight) / MEAN_WEIGHT;
    if (left < width) return evenS - (evenS % DAY_S) + Math.floor((hour + left / width) * 3600);
    left -= width;
  }
  return evenS;
}

/**
 * Sales as in a file of real ones with the columns date, datetime, cash_type, card, money, coffee_name: times, products
 * and the split between cash and card are kept, prices are brought to so'm.
 */
export function planRealSales(options: { seed: number; path: string }): SalesPlan {
  const random = createRandom(options.seed);
  const lines = readFileSync(options.path, 'utf8').split(/\r?\n/).slice(1).filter(Boolean);
  const sales = lines.map((line): Sale => {
    const [, datetime = '', cashType, , money = '', goods = ''] = line.split(',');
    const cash = cashType === 'cash' || random.next() < CASH_SHARE_OF_CARDLESS;
    const price = Math.max(7000, Math.round((Number(money) * 400) / 1000) * 1000);
    return { at: parseWallTime(datetime.slice(0, 19)), goods, price, kind: drawKind(random, cash) };
  });
  sales.sort((a, b) => a.at - b.at);
  return withBorders(() => sales);
}

/**
 * One ordinary sale of every paid kind before the first and after the last: so each report covers the whole period, and
 * what is missing in between is missing, not merely outside the report.
 */
function withBorders(read: () => Iterable<Sale>, begins?: WallSeconds): SalesPlan {
  let first: WallSeconds | null = null;
  let last = 0;
  let count = 0;
  for (const sale of read()) {
    first ??= sale.at;
    last = sale.at;
    count += 1;
  }
  if (first === null) throw new Error('there is no sale to start from');
  const kinds: readonly Kind[] = ['cash', ...GATEWAYS];
  const border = (at: WallSeconds, kind: Kind): Sale => ({ at, goods: 'Латте', price: 15_000, kind });
  const start = first;
  const before = kinds.map((kind, i) => border(start - 300 * (i + 1), kind)).toReversed();
  const after = kinds.map((kind, i) => border(last + 300 * (i + 1), kind));
  return {
    begins: begins ?? start,
    first: start - 300 * kinds.length,
    last: last + 300 * kinds.length,
    count: count + before.length + after.length,
    *read() {
      yield* before;
      yield* read();
      yield* after;
    },
  };
}
