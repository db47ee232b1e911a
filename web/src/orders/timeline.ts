import { dayOf, formatClock, formatDay } from '../i18n/format.ts';
import type { Leg, Order, SourceName } from '../api/types.ts';
import { momentsOf, presentSources, textOf, type Moment } from './legs.ts';

export interface Band {
  fromMs: number;
  toMs: number;
}

export interface Lane {
  source: SourceName;
  moments: Moment[];
  /** where this record had to lie; null = nothing is demanded of it */
  band: Band | null;
}

export interface Timeline {
  lanes: Lane[];
  fromMs: number;
  toMs: number;
  /** round instants for the scale */
  ticksMs: number[];
}

/** Seconds of tolerance per pair of sources (rules.md 5.1). */
export interface Windows {
  vendhub: number;
  fiscal: number;
  gateway: number;
}

const defaultWindows: Windows = { vendhub: 60, fiscal: 60, gateway: 60 };
/** Event time is delivery time, so without a machine row the window reaches further back. */
const lookbackMs = 100_000;
const brewingMs = 600_000;

function msOf(leg: Leg | null, ...fields: string[]): number | null {
  for (const field of fields) {
    const text = textOf(leg, field);
    const atMs = text === null ? Number.NaN : Date.parse(text);
    if (!Number.isNaN(atMs)) return atMs;
  }
  return null;
}

function bandOf(source: SourceName, order: Pick<Order, 'legs'>, windows: Windows): Band | null {
  const machine = order.legs.happy_workers;
  const server = order.legs.vendhub;
  if (source === 'happy_workers') return null;
  if (source === 'vendhub') {
    const created = msOf(machine, 'creationTime');
    if (created === null) return null;
    const end = msOf(machine, 'refundTime', 'deliveryTime') ?? created + brewingMs;
    return { fromMs: created - windows.vendhub * 1000, toMs: end + windows.vendhub * 1000 };
  }
  const time = msOf(machine, 'payingTime', 'creationTime') ?? msOf(server, 'eventTime');
  if (time === null) return null;
  const reachMs = (source === 'fiscal_bills' ? windows.fiscal : windows.gateway) * 1000;
  return { fromMs: time - reachMs - (machine ? 0 : lookbackMs), toMs: time + reachMs };
}

/** Tashkent is five hours ahead the year round: whole days on the scale begin at its midnight. */
const zoneMs = 5 * 3_600_000;
const dayMs = 86_400_000;
const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400, 604_800].map(
  (seconds) => seconds * 1000,
);

function ticksBetween(fromMs: number, toMs: number, most: number): number[] {
  const step = steps.find((one) => (toMs - fromMs) / one <= most) ?? Math.ceil((toMs - fromMs) / most / dayMs) * dayMs;
  const ticks: number[] = [];
  for (let at = Math.ceil((fromMs + zoneMs) / step) * step - zoneMs; at <= toMs; at += step) ticks.push(at);
  return ticks;
}

/** Dates where the scale spans more than a day, with the time where it is not midnight; else times of day alone. */
export function scaleLabel(atMs: number, { fromMs, toMs }: Pick<Timeline, 'fromMs' | 'toMs'>): string {
  if (dayOf(fromMs) === dayOf(toMs)) return formatClock(atMs);
  const date = formatDay(atMs).slice(0, 5);
  const time = formatClock(atMs);
  if (toMs - fromMs <= dayMs) return `${date} ${time}`;
  return time === '00:00:00' ? date : `${date} ${time.slice(0, 5)}`;
}

/**
 * All records of an order on one axis, each with the window it had to fall into. Null when no record carries a time.
 */
export function buildTimeline(
  order: Pick<Order, 'legs'>,
  windows: Windows = defaultWindows,
  mostTicks = 6,
): Timeline | null {
  const lanes = presentSources(order).map((source): Lane => ({
    source,
    moments: momentsOf(source, order.legs[source] as Leg),
    band: bandOf(source, order, windows),
  }));
  const points = lanes.flatMap((lane) => [
    ...lane.moments.map((moment) => moment.atMs),
    ...(lane.band ? [lane.band.fromMs, lane.band.toMs] : []),
  ]);
  if (points.length === 0) return null;
  const least = Math.min(...points);
  const most = Math.max(...points);
  const margin = Math.max((most - least) * 0.05, 5_000);
  const fromMs = least - margin;
  const toMs = most + margin;
  return { lanes, fromMs, toMs, ticksMs: ticksBetween(fromMs, toMs, mostTicks) };
}
