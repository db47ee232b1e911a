import { CALM_STATUSES, PROBLEM_STATUSES } from '../../../client/vocabulary.ts';
import type { LocationQuery } from 'vue-router';

/** The list's filter, name for name as GET /orders takes it, so that the page's address is the filter. */
export interface OrderFilter {
  status: string[];
  issue: string[];
  machine: string;
  paymentType: string[];
  source: string[];
  from: string;
  to: string;
  amountFrom: string;
  amountTo: string;
  q: string;
  changeType: string[];
  pending: '' | 'true' | 'false';
  settled: '' | 'true' | 'false';
  /** A proof that is missing, apart from one that is there and differs. */
  reason: string[];
  /** What took a sale out of the revenue. */
  sale: string[];
  /** A column, downwards with a minus before it; empty: newest first. No condition: it narrows nothing. */
  sort: string;
  /** Only orders in which this file filled or changed something. */
  file: string;
  /** The same for a whole upload. */
  session: string;
}

export const LIST_FIELDS = ['status', 'issue', 'paymentType', 'source', 'changeType', 'reason', 'sale'] as const;
export const TEXT_FIELDS = ['machine', 'from', 'to', 'amountFrom', 'amountTo', 'q'] as const;
export const IMPORT_FIELDS = ['file', 'session'] as const;
export const FLAG_FIELDS = ['pending', 'settled'] as const;
/** What is left to settle first. */
export const ORDER_STATUSES = [...PROBLEM_STATUSES, ...CALM_STATUSES] as const;

export function emptyFilter(): OrderFilter {
  return {
    status: [],
    issue: [],
    machine: '',
    paymentType: [],
    source: [],
    from: '',
    to: '',
    amountFrom: '',
    amountTo: '',
    q: '',
    changeType: [],
    pending: '',
    settled: '',
    reason: [],
    sale: [],
    sort: '',
    file: '',
    session: '',
  };
}

function textOf(value: LocationQuery[string] | undefined): string {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === 'string' ? one.trim() : '';
}

/** Reads a filter out of an address; what does not belong there is left out. */
export function filterFromQuery(query: LocationQuery): OrderFilter {
  const filter = emptyFilter();
  for (const name of LIST_FIELDS)
    filter[name] = textOf(query[name])
      .split(',')
      .filter((part) => /^[a-z0-9_]+$/.test(part));
  for (const name of TEXT_FIELDS) filter[name] = textOf(query[name]);
  for (const name of ['from', 'to'] as const) if (!/^\d{4}-\d{2}-\d{2}$/.test(filter[name])) filter[name] = '';
  for (const name of ['amountFrom', 'amountTo'] as const)
    if (!/^\d+(\.\d{1,2})?$/.test(filter[name])) filter[name] = '';
  for (const name of IMPORT_FIELDS) {
    const text = textOf(query[name]).toLowerCase();
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) filter[name] = text;
  }
  const sort = textOf(query['sort']);
  if (/^-?[a-z]+$/.test(sort)) filter.sort = sort;
  for (const name of FLAG_FIELDS) {
    const text = textOf(query[name]);
    filter[name] = text === 'true' || text === 'false' ? text : '';
  }
  return filter;
}

/** The conditions alone: what totals, counts and exports are asked for. */
export function conditionsOf(filter: OrderFilter): Record<string, string> {
  return queryFromFilter({ ...filter, sort: '' });
}

/** The filter as address and as request; empty parts are left out. */
export function queryFromFilter(filter: OrderFilter): Record<string, string> {
  const query: Record<string, string> = {};
  for (const name of LIST_FIELDS) if (filter[name].length > 0) query[name] = filter[name].join(',');
  for (const name of [...TEXT_FIELDS, ...FLAG_FIELDS, ...IMPORT_FIELDS])
    if (filter[name] !== '') query[name] = filter[name];
  if (filter.sort !== '') query['sort'] = filter.sort;
  return query;
}

/** How many kinds of condition are set, the search apart. */
export function conditionCount(filter: OrderFilter): number {
  const lists = LIST_FIELDS.filter((name) => filter[name].length > 0).length;
  const flags = [...FLAG_FIELDS, ...IMPORT_FIELDS].filter((name) => filter[name] !== '').length;
  return (
    lists +
    flags +
    (filter.machine ? 1 : 0) +
    (filter.from || filter.to ? 1 : 0) +
    (filter.amountFrom || filter.amountTo ? 1 : 0)
  );
}

export function isProblemsFilter(status: readonly string[]): boolean {
  return status.length === PROBLEM_STATUSES.length && PROBLEM_STATUSES.every((one) => status.includes(one));
}

/** A day out of an address, or empty. */
export function dayText(value: LocationQuery[string] | undefined): string {
  const text = textOf(value);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : '';
}
