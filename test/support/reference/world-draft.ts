import type { Chance } from './random.ts';
import type { PaymentType, Range, WorldRecord, WorldSource } from './world.ts';

/** A world while it is being made up. */
export interface WorldDraft {
  chance: Chance;
  span: Range;
  records: Record<WorldSource, WorldRecord[]>;
  machines: string[];
  prices: number[];
  modules: string[];
  /** Rises through the world: counters of order numbers, report ids and receipts. */
  counter: number;
  lastTime: number;
  /** Everything happens at multiples of so many seconds; 10 makes equal distances, and with them ambiguity, common. */
  gridS: number;
}

/** An order as it really happened, before the systems wrote it down each in its own way. */
export interface TrueOrder {
  type: PaymentType;
  price: number;
  payingTime: number;
  state: 'paid' | 'refunded' | 'unpaid' | 'unknown';
}
