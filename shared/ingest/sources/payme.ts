import { WALL_CLOCK_AHEAD_S, wallSecondsOf } from './wall-clock.ts';
import { checkAmount, readReversal } from './amounts.ts';
import { GATEWAY_STATES, type Source } from './source.ts';

/** Payment register of Payme (rules.md 2.4). НОМЕР ЗАКАЗА is VendHub's own sequence, never the machine's order number. */
export const payme: Source = {
  name: 'payme',
  table: 'gateway_payments',
  timeField: 'transaction_time',
  amountField: 'amount',
  fields: [
    { name: 'row_no', column: null, type: 'int', need: 'o', headers: ['№'] },
    { name: 'provider_name', column: 'provider_name', type: 'text', need: 'r', headers: ['НАЗВАНИЕ ПОСТАВЩИКА'] },
    { name: 'cashbox_name', column: 'cashbox_name', type: 'text', need: 'r', headers: ['НАЗВАНИЕ КАССЫ'] },
    {
      name: 'payment_state',
      column: 'payment_status',
      type: 'gateway_state',
      need: 'r',
      headers: ['СОСТОЯНИЕ ОПЛАТЫ', 'Status', 'Статус'],
      forwardOnly: GATEWAY_STATES,
      whenAbsent: { value: 'success', warning: 'no_status_column' },
    },
    {
      name: 'transaction_time',
      column: 'transaction_time',
      type: 'timestamp',
      need: 'R',
      headers: ['ВРЕМЯ ОПЛАТЫ', 'Transaction time', 'Время транзакции'],
    },
    { name: 'cancel_time', column: 'cancel_time', type: 'timestamp', need: 'r', headers: ['ВРЕМЯ ОТМЕНЫ'] },
    { name: 'processing_time', column: 'processing_time', type: 'timestamp', need: 'o', headers: ['ПРОЦЕССИНГОВОЕ ВРЕМЯ ОПЕРАЦИИ'] },
    { name: 'bank_time', column: 'bank_time', type: 'timestamp', need: 'o', headers: ['ОПЕРАЦИОННОЕ ВРЕМЯ БАНКА'] },
    { name: 'state', column: 'state', type: 'text', need: 'o', headers: ['СОСТОЯНИЕ'] },
    { name: 'processing_name', column: 'processing_name', type: 'text', need: 'o', headers: ['НАЗВАНИЕ ПРОЦЕССИНГА'] },
    {
      name: 'merchant_id',
      column: 'merchant_id',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ePos Merchant ID', 'Merchant ID', 'ИД мерчанта'],
    },
    {
      name: 'terminal_id',
      column: 'terminal_id',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ePos Terminal ID', 'Terminal ID', 'ИД терминала'],
    },
    { name: 'card_number', column: 'card_number', type: 'text', identifier: true, need: 'o', headers: ['НОМЕР КАРТЫ', 'Masked PAN'] },
    { name: 'amount', column: 'amount', type: 'money', need: 'R', headers: ['СУММА БЕЗ КОМИССИИ', 'Amount', 'Сумма'] },
    { name: 'commission', column: 'commission', type: 'money', need: 'o', headers: ['КОМИССИЯ С КЛИЕНТА', 'Commission', 'Комиссия'] },
    {
      name: 'transaction_id',
      column: 'transaction_id',
      type: 'text',
      identifier: true,
      need: 'R',
      headers: ['ИДЕНТИФИКАТОР ПЛАТЕЖА (ПЛАТЕЖНАЯ СИСТЕМА)', 'Transaction ID', 'ИД транзакции'],
    },
    {
      name: 'provider_payment_id',
      column: 'provider_payment_id',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ИДЕНТИФИКАТОР ПЛАТЕЖА (ПОСТАВЩИК)'],
    },
    { name: 'rrn', column: 'rrn', type: 'text', identifier: true, need: 'o', headers: ['RRN', 'Reference number', 'Референс номер'] },
    {
      name: 'cashbox_identifier',
      column: 'cashbox_identifier',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ИДЕНТИФИКАТОР КЕШБОКСА'],
    },
    { name: 'cash_register_id', column: 'cash_register_id', type: 'text', identifier: true, need: 'o', headers: ['ИДЕНТИФИКАТОР КАССЫ'] },
    { name: 'bank_receipt_date', column: 'bank_receipt_date', type: 'date', need: 'o', headers: ['ДАТА БАНКОВСКОГО ПОСТУПЛЕНИЯ'] },
    { name: 'fiscal_sign', column: 'fiscal_sign', type: 'text', identifier: true, need: 'o', headers: ['ФИСКАЛЬНЫЙ ПРИЗНАК'] },
    {
      name: 'fiscal_receipt_id',
      column: 'fiscal_receipt_id',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['ИДЕНТИФИКАТОР ФИСКАЛЬНОГО ЧЕКА'],
    },
    { name: 'external_id', column: 'external_id', type: 'text', identifier: true, need: 'o', headers: ['EXTERNAL ID'] },
    { name: 'payment_description', column: 'payment_description', type: 'text', need: 'o', headers: ['ОПИСАНИЕ ПЛАТЕЖА'] },
    { name: 'merchant_order_id', column: 'merchant_order_id', type: 'text', identifier: true, need: 'r', headers: ['НОМЕР ЗАКАЗА'] },
    { name: 'username', column: 'username', type: 'text', need: 'o', headers: ['Username', 'Имя пользователя'] },
    {
      name: 'phone_number',
      column: 'phone_number',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['Phone number', 'Номер телефона'],
    },
  ],
  exclusiveHeaders: [
    'ИДЕНТИФИКАТОР ПЛАТЕЖА (ПЛАТЕЖНАЯ СИСТЕМА)',
    'provider_payment_id',
    'СУММА БЕЗ КОМИССИИ',
    'СОСТОЯНИЕ ОПЛАТЫ',
    'rrn',
    'ePos Merchant ID',
    'terminal_id',
    'phone_number',
  ],
  naturalKey: (values) => String(values['transaction_id']),
  adjustRow(values) {
    readReversal(values, 'amount', 'payment_state');
    if (values['cancel_time'] !== null) values['payment_state'] = 'cancelled';
  },
  checkRow: (values) => checkAmount(values, 'amount', false),
  clock: {
    shiftHours: null,
    differenceSeconds(values) {
      const id = values['transaction_id'] ?? '';
      const paid = values['transaction_time'];
      if (!paid || !/^[0-9a-f]{24}$/i.test(id)) return null;
      return wallSecondsOf(paid) - (Number.parseInt(id.slice(0, 8), 16) + WALL_CLOCK_AHEAD_S);
    },
  },
};
