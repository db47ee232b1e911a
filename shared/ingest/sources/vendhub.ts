import { checkAmount, isFreeKind } from './amounts.ts';
import type { Source } from './source.ts';

/** Sales report of the owner's server (rules.md 2.2); it names the gateway, which the machine table does not. */
export const vendhub: Source = {
  name: 'vendhub',
  table: 'vendhub_sales',
  timeField: 'event_time',
  amountField: null,
  fields: [
    { name: 'report_id', column: 'report_id', type: 'int', need: 'r', headers: ['ID'] },
    { name: 'order_number', column: 'order_number', type: 'text', identifier: true, need: 'R', headers: ['Order number', 'Номер заказа'] },
    { name: 'goods_id', column: 'goods_id', type: 'int', need: 'o', headers: ['Goods ID', 'ID товара'] },
    { name: 'event_time', column: 'event_time', type: 'timestamp', need: 'R', headers: ['Time', 'Время'] },
    {
      name: 'goods_name',
      column: 'goods_name',
      type: 'text',
      need: 'r',
      headers: ['Goods name', 'Наименование товара', 'Название товара'],
    },
    { name: 'order_price', column: 'order_price', type: 'money', need: 'R', headers: ['Order price', 'Цена заказа'] },
    { name: 'ikpu', column: 'ikpu', type: 'text', identifier: true, need: 'r', headers: ['ИКПУ', 'Код ИКПУ'], digits: 17 },
    { name: 'barcode', column: 'barcode', type: 'text', identifier: true, need: 'r', headers: ['Штрихкод', 'Barcode', 'Штрих код'] },
    { name: 'marking', column: 'marking', type: 'text', identifier: true, need: 'r', headers: ['Маркировка', 'Marking'] },
    { name: 'packaging', column: 'packaging', type: 'text', need: 'o', headers: ['Упаковка', 'Packaging'] },
    { name: 'order_resource', column: 'order_resource', type: 'payment_type', need: 'r', headers: ['Order resource', 'Ресурс заказа'] },
    { name: 'payment_type', column: 'payment_type', type: 'payment_type', need: 'R', headers: ['Payment type', 'Тип платежа'] },
    {
      name: 'machine_category',
      column: 'machine_category',
      type: 'text',
      need: 'o',
      headers: ['Machine category', 'Категория машины', 'Категория автомата'],
    },
    { name: 'machine_code', column: 'machine_code', type: 'code', need: 'R', headers: ['Machine Code', 'Машинный код', 'Код автомата'] },
    {
      name: 'bonus_amount',
      column: 'bonus_amount',
      type: 'money',
      need: 'r',
      headers: ['Amount of accrued bonus', 'Начисленный бонус', 'Размер бонуса'],
    },
    { name: 'username', column: 'username', type: 'text', need: 'o', headers: ['Username', 'Имя пользователя'] },
  ],
  exclusiveHeaders: ['ikpu', 'barcode', 'marking', 'packaging', 'bonus_amount', 'machine_category', 'goods_id', 'payment_type'],
  checkRow: (values) => checkAmount(values, 'order_price', isFreeKind(values['payment_type']) || isFreeKind(values['order_resource'])),
  naturalKey(values) {
    return values['report_id'] ?? `${values['order_number']}:${values['goods_id'] ?? ''}:${values['event_time']}`;
  },
};
