/** The filters of lists and exports of orders, as options of the command line. */
import type { paths } from '../client/contract.ts';
import { ATTENTION } from './attention.ts';
import { type Run, textOf } from './command.ts';
import { UsageError } from './usage-error.ts';
import { worded } from './texts.ts';

type OrdersQuery = NonNullable<paths['/api/v1/orders']['get']['parameters']['query']>;
export type OrderFilter = Omit<OrdersQuery, 'cursor' | 'limit' | 'sort'>;

const YES_NO = ['true', 'false'] as const;
const OPTIONS = {
  from: 'from',
  to: 'to',
  q: 'q',
  status: 'status',
  issue: 'issue',
  reason: 'reason',
  sale: 'sale',
  machine: 'machine',
  payment: 'paymentType',
  source: 'source',
  'amount-from': 'amountFrom',
  'amount-to': 'amountTo',
  change: 'changeType',
  session: 'session',
  file: 'file',
  pending: 'pending',
  settled: 'settled',
} as const satisfies Record<string, keyof OrderFilter>;

export const filterOptions = {
  ...Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, { type: 'string' as const }])),
  attention: { type: 'boolean' as const },
};

export const FILTER_USAGE =
  '[--attention] [--from DAY] [--to DAY] [--status S,…] [--issue I,…] [--machine M] [--payment P] [--q TEXT] …';

/** @throws UsageError */
export function filterOf({ values, lang }: Pick<Run, 'values' | 'lang'>): OrderFilter {
  const filter: Record<string, string> = values['attention'] === true ? { ...ATTENTION } : {};
  for (const [option, parameter] of Object.entries(OPTIONS)) {
    const value = textOf(values, option);
    if (value !== undefined) filter[parameter] = value;
  }
  for (const name of ['pending', 'settled'] as const) {
    if (filter[name] !== undefined && !YES_NO.some((one) => one === filter[name]))
      throw new UsageError(worded('oneOf', lang, { option: `--${name}`, values: YES_NO.join(', ') }));
  }
  return filter as OrderFilter;
}
