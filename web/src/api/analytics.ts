import type { Shape } from '../../../client/shapes.ts';
import type { ApiClient } from './client.ts';
import type { CountAndSum } from './types.ts';

/** GET /analytics/*: sums as decimal text, shares in percent. */
export const TIME_GROUPS = ['day', 'week', 'month'] as const;
export type TimeGroup = (typeof TIME_GROUPS)[number];

export interface RevenueSummary {
  revenue: CountAndSum & { average: string | null };
  refunded: CountAndSum;
  unpaid: CountAndSum;
  test: CountAndSum;
  vip: CountAndSum;
  refundDue: CountAndSum;
  fiscal: { sales: CountAndSum; receipts: CountAndSum; returns: CountAndSum; difference: string };
  machines: number;
}

export type Part = CountAndSum & { share: string | null };

export interface Ranking<Item> {
  items: Item[];
  rest: CountAndSum & { items: number };
  total: CountAndSum;
}

export type GatewayTotal = Shape<'GatewayTotal'>;

export interface MachineMonths {
  /** YYYY-MM */
  months: string[];
  items: { machineCode: string | null; machineName: string | null; months: CountAndSum[]; total: CountAndSum }[];
  totals: CountAndSum[];
}

export interface Analytics {
  summary: RevenueSummary;
  'payment-types': { items: (Part & { paymentType: string })[]; total: CountAndSum };
  machines: Ranking<Part & { machineCode: string | null; machineName: string | null }>;
  products: Ranking<Part & { goodsName: string | null }>;
  'time-series': { group: string; items: (CountAndSum & { from: string })[]; complete: boolean; total: CountAndSum };
  'hour-weekday': { items: (CountAndSum & { weekday: number; hour: number })[]; total: CountAndSum };
  'gateway-totals': { items: GatewayTotal[] };
  'machine-months': MachineMonths;
}

export interface AnalyticsQuery {
  from: string;
  to: string;
  group: TimeGroup;
  /** of machines and products */
  limit?: number;
}

export function analyticsOf<Name extends keyof Analytics>(
  api: ApiClient,
  name: Name,
  query: AnalyticsQuery,
  signal: AbortSignal,
): Promise<Analytics[Name]> {
  return api.get<Analytics[Name]>(`/analytics/${name}`, { query: { ...query }, signal });
}
