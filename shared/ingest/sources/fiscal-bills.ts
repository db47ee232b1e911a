import { checkAmount, isNegative, moneyToCents } from './amounts.ts';
import type { Source } from './source.ts';

/** A return may carry them with a minus: they are read without it. */
const AMOUNTS = ['amount', 'cash_amount', 'card_amount'] as const;

/** Receipts of the virtual cash register (rules.md 2.3). */
export const fiscalBills: Source = {
  name: 'fiscal_bills',
  table: 'fiscal_receipts',
  timeField: 'fiscal_time',
  amountField: 'amount',
  fields: [
    { name: 'row_no', column: null, type: 'int', need: 'o', headers: ['№'] },
    {
      name: 'fiscal_time',
      column: 'fiscal_time',
      type: 'timestamp',
      need: 'R',
      headers: ['Дата и время', 'Fiscal time', 'Время фискализации', 'Дата'],
    },
    {
      name: 'operation_type',
      column: 'operation_type',
      type: 'receipt_operation',
      need: 'r',
      headers: ['Операция', 'Receipt type', 'Тип чека'],
      whenAbsent: { value: 'sale', warning: 'no_operation_column' },
    },
    {
      name: 'fiscal_check_number',
      column: 'fiscal_check_number',
      type: 'text',
      identifier: true,
      need: 'R',
      headers: ['Номер чека', 'Fiscal check number', 'Fiscal ID', 'Receipt number'],
    },
    { name: 'cashier', column: 'cashier', type: 'text', need: 'o', headers: ['Кассир', 'Cashier'] },
    { name: 'trade_point', column: 'trade_point', type: 'text', need: 'o', headers: ['Торговый пункт', 'Trade point'] },
    {
      name: 'fiscal_module',
      column: 'fiscal_module',
      type: 'text',
      identifier: true,
      need: 'r',
      headers: ['Фискальный модуль', 'Fiscal module'],
    },
    { name: 'cash_amount', column: 'cash_amount', type: 'money', need: 'r', headers: ['Наличные', 'Cash'] },
    { name: 'card_amount', column: 'card_amount', type: 'money', need: 'r', headers: ['Карта', 'Card'] },
    { name: 'amount', column: 'amount', type: 'money', need: 'R', headers: ['Сумма операции', 'Amount', 'Сумма'] },
    {
      name: 'recipe_number',
      column: 'recipe_number',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['Номер рецепта', 'Recipe number'],
    },
    { name: 'customer', column: 'customer', type: 'text', need: 'o', headers: ['Покупатель', 'Customer'] },
    {
      name: 'taxpayer_id',
      column: 'taxpayer_id',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ИНН', 'Taxpayer ID'],
    },
    {
      name: 'cash_register_id',
      column: 'cash_register_id',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ИД кассы', 'Cash register ID'],
    },
    {
      name: 'shift_number',
      column: 'shift_number',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['Номер смены', 'Shift number'],
    },
  ],
  exclusiveHeaders: [
    'fiscal_module',
    'fiscal_check_number',
    'cashier',
    'trade_point',
    'Сумма операции',
    'taxpayer_id',
    'shift_number',
    'cash_register_id',
    'Receipt type',
    'Тип чека',
  ],
  naturalKey(values) {
    const module = values['fiscal_module'];
    const number = values['fiscal_check_number'];
    return module === null ? `${number}:${values['fiscal_time']}:${values['amount']}` : `${module}:${number}`;
  },
  adjustRow(values) {
    if (values['operation_type'] === 'sale') return;
    for (const field of AMOUNTS) if (isNegative(values[field])) values[field] = values[field]!.slice(1);
  },
  checkRow(values, unreadable) {
    const negative = AMOUNTS.find((field) => isNegative(values[field]));
    if (negative !== undefined) return checkAmount(values, negative, false);
    const cash = values['cash_amount'];
    const card = values['card_amount'];
    const amount = values['amount'];
    if (!cash && !card) return checkAmount(values, 'amount', false);
    if (!amount || unreadable.has('cash_amount') || unreadable.has('card_amount')) return null;
    if (moneyToCents(amount) === moneyToCents(cash ?? '0') + moneyToCents(card ?? '0'))
      return checkAmount(values, 'amount', false);
    return {
      field: 'amount',
      code: 'amount_mismatch',
      severity: 'error',
      params: { amount, cash: cash ?? '0', card: card ?? '0' },
    };
  },
  template: {
    sheet: 'сервер',
    header: [
      '№',
      'Дата и время',
      'Операция',
      'Номер чека',
      'Кассир',
      'Торговый пункт',
      'Фискальный модуль',
      'Наличные',
      'Карта',
      'Сумма операции',
      'Номер рецепта',
      'Покупатель',
    ],
    rows: [
      [
        '1',
        '2025-06-01 09:00:15',
        'Продажа',
        '885',
        'VendiHub Online',
        'Сервер',
        'LG000000000001',
        '15000',
        '0',
        '15000',
        '',
        '',
      ],
      [
        '2',
        '2025-06-01 10:15:02',
        'Продажа',
        '886',
        'VendiHub Online',
        'Сервер',
        'LG000000000001',
        '10000',
        '0',
        '10000',
        '',
        '',
      ],
    ],
  },
};
