import type { Texts } from '../en/index.ts';

export const missing: Texts['missing'] = {
  happy_workers: 'Happy Workers, {period}: выгрузите список заказов в кабинете Happy Workers',
  vendhub: 'VendHub, {period}: выгрузите отчёт о продажах в кабинете VendHub',
  fiscal_bills: 'Чеки, {period}: выгрузите чеки в кабинете кассы',
  payme: 'Payme, {period}: выгрузите реестр платежей в кабинете продавца Payme',
  click: 'Click, {period}: выгрузите реестр платежей в кабинете продавца Click',
  uzum: 'Uzum, {period}: выгрузите реестр платежей в кабинете продавца Uzum',
  other: '{source}, {period}: выгрузите отчёт за эти дни',
};
