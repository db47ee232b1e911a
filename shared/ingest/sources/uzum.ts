import { checkAmount, readReversal } from './amounts.ts';
import { GATEWAY_STATES, type Source } from './source.ts';

/** Payment register of Uzum (rules.md 2.6); it carries no order id at all. */
export const uzum: Source = {
  name: 'uzum',
  table: 'gateway_payments',
  timeField: 'transaction_time',
  amountField: 'amount',
  fields: [
    { name: 'service_name', column: 'service_name', type: 'text', need: 'r', headers: ['Название сервиса'] },
    { name: 'amount', column: 'amount', type: 'money', need: 'R', headers: ['Сумма', 'Amount'] },
    { name: 'commission', column: 'commission', type: 'money', need: 'r', headers: ['Комиссия', 'Commission'] },
    { name: 'card_type', column: 'card_type', type: 'text', need: 'o', headers: ['Тип карты'] },
    { name: 'card_number', column: 'card_number', type: 'text', identifier: true, need: 'o', headers: ['Номер карты', 'Masked PAN'] },
    {
      name: 'status',
      column: 'payment_status',
      type: 'gateway_state',
      need: 'r',
      headers: ['Статус', 'Status'],
      forwardOnly: GATEWAY_STATES,
      whenAbsent: { value: 'success', warning: 'no_status_column' },
    },
    {
      name: 'merchant_id',
      column: 'merchant_id',
      type: 'text',
      identifier: true,
      need: 'r',
      headers: ['merchantId', 'Merchant ID', 'ИД мерчанта'],
    },
    {
      name: 'transaction_id',
      column: 'transaction_id',
      type: 'text',
      identifier: true,
      need: 'R',
      headers: ['receiptId', 'Transaction ID', 'ИД транзакции'],
    },
    {
      name: 'transaction_time',
      column: 'transaction_time',
      type: 'timestamp',
      need: 'R',
      headers: ['Дата и время', 'Transaction time', 'Время транзакции'],
    },
    { name: 'shop_id', column: 'shop_id', type: 'text', identifier: true, need: 'o', headers: ['shop_id', 'ИД магазина'] },
    { name: 'order_id', column: 'gateway_order_id', type: 'text', identifier: true, need: 'o', headers: ['order_id', 'ИД заказа'] },
    { name: 'cashback_amount', column: 'cashback_amount', type: 'money', need: 'o', headers: ['cashback_amount', 'Сумма кэшбэка'] },
    { name: 'username', column: 'username', type: 'text', need: 'o', headers: ['username', 'Имя пользователя'] },
  ],
  exclusiveHeaders: ['receiptId', 'service_name', 'card_type', 'shop_id', 'order_id', 'cashback_amount'],
  adjustRow: (values) => readReversal(values, 'amount', 'status'),
  checkRow: (values) => checkAmount(values, 'amount', false),
  naturalKey: (values) => String(values['transaction_id']),
};
