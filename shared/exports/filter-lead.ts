/** What stands above a table for people: what it is, of which period, under which conditions. */
import type { OrderFilter } from '../orders/order-filter.ts';
import type { Labels } from './labels.ts';
import { localDayText } from './sheet.ts';

const MINUTE_MS = 60_000;

/** The title, the period and, where there are any, the conditions; each a line. */
export function filterLead(labels: Labels, title: string, filter: OrderFilter): string[] {
  const conditions = conditionsOf(labels, filter);
  return [
    title,
    `${labels.figure('periodLine')}: ${periodOf(labels, filter)}`,
    ...(conditions.length === 0 ? [] : [`${labels.figure('conditions')}: ${conditions.join('; ')}`]),
  ];
}

/** `to` is exclusive and as a rule a midnight: the day before it is the last of the period. */
function periodOf(labels: Labels, { from, to }: OrderFilter): string {
  if (from === undefined && to === undefined) return labels.figure('wholePeriod');
  const last = to === undefined ? '…' : localDayText(new Date(to.getTime() - MINUTE_MS));
  return `${from === undefined ? '…' : localDayText(from)} – ${last}`;
}

/** The words of the figure that counts these. */
const FIGURE_OF = { unpaid: 'unpaid', refunded: 'refunded', refund_due: 'refundDue' } as const;

function conditionsOf(labels: Labels, filter: OrderFilter): string[] {
  const named = (word: Parameters<Labels['column']>[0], text: string): string =>
    `${labels.column(word, 0).header}: ${text}`;
  const list = (values: readonly string[], word: (code: string) => string): string => values.map(word).join(', ');
  const yesNo = (flag: boolean): string => labels.value(flag ? 'yes' : 'no');
  const found: string[] = [];
  if (filter.status !== undefined) found.push(named('status', list(filter.status, labels.status)));
  if (filter.issue !== undefined) found.push(named('issues', list(filter.issue, labels.issue)));
  if (filter.reason !== undefined) found.push(named('why', list(filter.reason, labels.value)));
  if (filter.sale !== undefined) found.push(filter.sale.map((outcome) => labels.figure(FIGURE_OF[outcome])).join(', '));
  if (filter.machine !== undefined) found.push(named('machineName', filter.machine));
  if (filter.paymentType !== undefined) found.push(named('paymentType', list(filter.paymentType, labels.value)));
  if (filter.source !== undefined) found.push(named('source', list(filter.source, labels.value)));
  if (filter.changeType !== undefined) found.push(named('changeType', list(filter.changeType, labels.value)));
  if (filter.amountFrom !== undefined) found.push(named('price', `≥ ${filter.amountFrom}`));
  if (filter.amountTo !== undefined) found.push(named('price', `≤ ${filter.amountTo}`));
  if (filter.q !== undefined) found.push(`“${filter.q}”`);
  if (filter.pending !== undefined) found.push(named('pending', yesNo(filter.pending)));
  if (filter.settled !== undefined) found.push(named('settled', yesNo(filter.settled)));
  return found;
}
