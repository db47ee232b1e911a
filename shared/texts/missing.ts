/**
 * What is missing and where to get it, one sentence per source: for notices, the bot and the command line. The page has
 * the same sentences among its texts; a test holds the two together.
 */
import { dayText } from '../tashkent-time.ts';
import type { Lang, Text } from './text.ts';

export const missingTexts: Readonly<Record<string, Text>> = {
  happy_workers: {
    ru: 'Happy Workers, {period}: выгрузите список заказов в кабинете Happy Workers',
    en: 'Happy Workers, {period}: export the list of orders in the Happy Workers cabinet',
    uz: 'Happy Workers, {period}: Happy Workers kabinetidan buyurtmalar roʻyxatini yuklab oling',
  },
  vendhub: {
    ru: 'VendHub, {period}: выгрузите отчёт о продажах в кабинете VendHub',
    en: 'VendHub, {period}: export the sales report in the VendHub cabinet',
    uz: 'VendHub, {period}: VendHub kabinetidan sotuvlar hisobotini yuklab oling',
  },
  fiscal_bills: {
    ru: 'Чеки, {period}: выгрузите чеки в кабинете кассы',
    en: 'Receipts, {period}: export the receipts in the cash register’s cabinet',
    uz: 'Cheklar, {period}: kassa kabinetidan cheklarni yuklab oling',
  },
  payme: {
    ru: 'Payme, {period}: выгрузите реестр платежей в кабинете продавца Payme',
    en: 'Payme, {period}: export the payment register in the Payme merchant cabinet',
    uz: 'Payme, {period}: Payme sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
  },
  click: {
    ru: 'Click, {period}: выгрузите реестр платежей в кабинете продавца Click',
    en: 'Click, {period}: export the payment register in the Click merchant cabinet',
    uz: 'Click, {period}: Click sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
  },
  uzum: {
    ru: 'Uzum, {period}: выгрузите реестр платежей в кабинете продавца Uzum',
    en: 'Uzum, {period}: export the payment register in the Uzum merchant cabinet',
    uz: 'Uzum, {period}: Uzum sotuvchi kabinetidan toʻlovlar reyestrini yuklab oling',
  },
};

/** Of a source that has no sentence of its own. */
const otherSource: Text = {
  ru: '{source}, {period}: выгрузите отчёт за эти дни',
  en: '{source}, {period}: export the report of these days',
  uz: '{source}, {period}: shu kunlar hisobotini yuklab oling',
};

/** Days, both included, or instants with the offset of Tashkent (api.md 4, coverage/missing). */
export interface MissingPeriod {
  from: string;
  to: string;
}

/** "Click, 02.06.2025–08.06.2025: export the payment register in the Click merchant cabinet" */
export function missingSentence(lang: Lang, item: MissingPeriod & { source: string }): string {
  const text = Object.hasOwn(missingTexts, item.source) ? missingTexts[item.source] : undefined;
  return (text ?? otherSource)[lang].replace('{period}', missingPeriod(item)).replace('{source}', item.source);
}

/** "05.06.2025", "02.06.2025–08.06.2025", "05.06.2025 14:00–16:00", "05.06.2025 23:40 – 06.06.2025 00:20" */
export function missingPeriod({ from, to }: MissingPeriod): string {
  const [first, last] = [dayText(from), dayText(to)];
  if (from.length === 10) return first === last ? first : `${first}\u2013${last}`;
  const [begins, ends] = [from.slice(11, 16), to.slice(11, 16)];
  return first === last ? `${first} ${begins}\u2013${ends}` : `${first} ${begins} \u2013 ${last} ${ends}`;
}

/** Several in one parameter of a notice: "click/2025-06-02/2025-06-08, …". */
export function missingParam(items: readonly (MissingPeriod & { source: string })[]): string {
  return items.map(({ source, from, to }) => `${source}/${from}/${to}`).join(', ');
}

/** The sentences of such a parameter, a line each. */
export function missingLines(lang: Lang, param: string): string {
  return param
    .split(', ')
    .map((part) => {
      const [source = '', from = '', to = ''] = part.split('/');
      return missingSentence(lang, { source, from, to });
    })
    .join('\n');
}
