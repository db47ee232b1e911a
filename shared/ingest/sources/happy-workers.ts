import { parseDigits, wallSecondsFrom, wallSecondsOf } from './wall-clock.ts';
import { checkAmount, isFreeKind } from './amounts.ts';
import type { CanonicalValues, Source } from './source.ts';

/** The device clock inside an order number runs in UTC+8, three hours ahead of Tashkent. */
const DEVICE_CLOCK_AHEAD_S = 3 * 3600;

/** Of the example. */
const MACHINE = 'a7ca181f0000';

/** Machine order table of the hardware maker's cloud, base of everything (rules.md 2.1). */
export const happyWorkers: Source = {
  name: 'happy_workers',
  table: 'happy_workers_orders',
  timeField: 'creation_time',
  amountField: null,
  fields: [
    {
      name: 'order_number',
      column: 'order_number',
      type: 'text',
      identifier: true,
      need: 'R',
      headers: ['Order number', 'Номер заказа'],
    },
    {
      name: 'operator_code',
      column: 'operator_code',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['Operator Code', 'Номер оператора'],
    },
    {
      name: 'goods_name',
      column: 'goods_name',
      type: 'text',
      need: 'R',
      headers: ['Goods name', 'Наименование товара', 'Название товара'],
    },
    {
      name: 'taste_name',
      column: 'taste_name',
      type: 'text',
      need: 'o',
      headers: ['Flavour name', 'Taste name', 'Название вкуса', 'Вкус'],
    },
    {
      name: 'order_resource',
      column: 'order_resource',
      type: 'payment_type',
      need: 'r',
      headers: ['Order resource', 'Ресурс заказа', 'Источник заказа'],
    },
    { name: 'order_type', column: 'order_type', type: 'order_type', need: 'r', headers: ['Order type', 'Тип заказа'] },
    {
      name: 'payment_status',
      column: 'payment_status',
      type: 'payment_status',
      need: 'R',
      headers: ['Order status', 'Payment status', 'Статус платежа'],
      forwardOnly: ['unknown', 'unpaid', 'paid', 'refunded'],
    },
    { name: 'cup_type', column: 'cup_type', type: 'int', need: 'o', headers: ['Cup type', 'Тип чашки'] },
    {
      name: 'machine_code',
      column: 'machine_code',
      type: 'code',
      need: 'R',
      headers: ['Machine Code', 'Машинный код', 'Код автомата'],
    },
    { name: 'address', column: 'address', type: 'text', need: 'o', headers: ['Address', 'Адрес'] },
    { name: 'order_price', column: 'order_price', type: 'money', need: 'R', headers: ['Order price', 'Цена заказа'] },
    {
      name: 'brew_status',
      column: 'brew_status',
      type: 'brew_status',
      need: 'r',
      headers: ['Brew status', 'Статус варки', 'Статус приготовления'],
    },
    {
      name: 'creation_time',
      column: 'creation_time',
      type: 'timestamp',
      need: 'R',
      headers: ['Creation time', 'Время создания'],
    },
    {
      name: 'paying_time',
      column: 'paying_time',
      type: 'timestamp',
      need: 'r',
      headers: ['Paying time', 'Время оплаты'],
    },
    {
      name: 'brewing_time',
      column: 'brewing_time',
      type: 'timestamp',
      need: 'o',
      headers: ['Brewing time', 'Время заваривания', 'Время варки', 'Время приготовления'],
    },
    {
      name: 'delivery_time',
      column: 'delivery_time',
      type: 'timestamp',
      need: 'o',
      headers: ['Delivery time', 'Срок поставки', 'Время выдачи'],
    },
    {
      name: 'refund_time',
      column: 'refund_time',
      type: 'timestamp',
      need: 'o',
      headers: ['Refund time', 'Время возврата денег', 'Время возврата'],
    },
    {
      name: 'pay_card',
      column: 'pay_card',
      type: 'text',
      identifier: true,
      need: 'o',
      headers: ['Pay Card', 'Платежная карта'],
    },
    { name: 'reason', column: 'reason', type: 'text', need: 'o', headers: ['Reason', 'Причина'] },
    { name: 'remark', column: 'remark', type: 'text', need: 'o', headers: ['Remark', 'Замечание'] },
  ],
  exclusiveHeaders: ['brew_status', 'brewing_time', 'delivery_time', 'taste_name', 'creation_time'],
  naturalKey(values) {
    const key = `${values['order_number']}:${values['machine_code']}`;
    return isCart(values) ? `${key}:${values['goods_name'] ?? ''}:${values['taste_name'] ?? ''}:` : key;
  },
  checkRow: (values) => checkAmount(values, 'order_price', isFreeKind(values['order_resource'])),
  clock: {
    shiftHours: 3,
    differenceSeconds(values) {
      const made = deviceClockSeconds(values['order_number'] ?? '');
      const created = values['creation_time'];
      return made === null || !created ? null : wallSecondsOf(created) - (made - DEVICE_CLOCK_AHEAD_S);
    },
  },
  template: {
    sheet: 'sheet1',
    header: [
      'Номер заказа',
      'Номер оператора',
      'Наименование товара',
      'Название вкуса',
      'Ресурс заказа',
      'Тип заказа',
      'Статус платежа',
      'Тип чашки',
      'Машинный код',
      'Адрес',
      'Цена заказа',
      'Статус варки',
      'Время создания',
      'Время оплаты',
      'Время заваривания',
      'Срок поставки',
      'Время возврата денег',
      'Платежная карта',
      'Причина',
      'Замечание',
    ],
    rows: [
      [
        `ff0000010120250601120005${MACHINE}`,
        'G9982401B-1',
        'Капучино',
        'Капучино',
        'Оплата наличными',
        'Обычный порядок',
        'Оплачено',
        '1',
        MACHINE,
        'Ташкент, пример',
        '15000',
        'Доставлен',
        '2025-06-01 09:00:10',
        '2025-06-01 09:00:10',
        '2025-06-01 09:00:10',
        '2025-06-01 09:00:55',
        '',
        '',
        '',
        '',
      ],
      [
        `ff0000010220250601123005${MACHINE}`,
        'G9982401B-1',
        'Американо',
        'Американо',
        'Таможенный платеж',
        'Обычный порядок',
        'Оплачено',
        '1',
        MACHINE,
        'Ташкент, пример',
        '12000',
        'Доставлен',
        '2025-06-01 09:30:10',
        '2025-06-01 09:30:10',
        '2025-06-01 09:30:10',
        '2025-06-01 09:30:52',
        '',
        '',
        '',
        '',
      ],
    ],
  },
};

function isCart(values: CanonicalValues): boolean {
  return values['order_type'] === 'cart' || values['order_number']?.slice(0, 4).toLowerCase() === 'cart';
}

/** `ff` + 8 hex counter + 14 digits of the device clock + 12 hex machine code; null for every other pattern. */
function deviceClockSeconds(orderNumber: string): number | null {
  if (!/^ff[0-9a-f]{8}\d{14}[0-9a-f]{12}$/i.test(orderNumber)) return null;
  const part = (from: number, count: number): number => parseDigits(orderNumber, from, count);
  const seconds = wallSecondsFrom(part(10, 4), part(14, 2), part(16, 2), part(18, 2), part(20, 2), part(22, 2));
  return Number.isNaN(seconds) ? null : seconds;
}
