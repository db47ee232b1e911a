import type { Answered } from '../../../client/asked-path.ts';
import type { Shape } from '../../../client/shapes.ts';
import type { ApiClient } from './client.ts';
import type { CountAndSum } from './types.ts';

/** GET /analytics/*: sums as decimal text, shares in percent. */
export const TIME_GROUPS = ['day', 'week', 'month'] as const;
export type TimeGroup = (typeof TIME_GROUPS)[number];

export type Part = CountAndSum & { share: string | null };

export type GatewayTotal = Shape<'GatewayTotal'>;

type AnalyticsName =
  | 'summary'
  | 'payment-types'
  | 'machines'
  | 'products'
  | 'time-series'
  | 'hour-weekday'
  | 'gateway-totals'
  | 'machine-months';
/** What the contract says of each. */
export type Analytics = { [Name in AnalyticsName]: Answered<'get', `/analytics/${Name}`> };

export type RevenueSummary = Analytics['summary'];
export type MachineMonths = Analytics['machine-months'];

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
  // the compiler does not follow a name that is not known yet through the contract
  return api.get(`/analytics/${name}`, { query: { ...query }, signal }) as Promise<Analytics[Name]>;
}
