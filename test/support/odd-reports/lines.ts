/** Small reports as csv, one line a row, for what differs from a plain one. */

/** A column is left out of the header where its value is undefined in the first row. */
function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => row.join(';')).join('\n') + '\n';
}

const CLICK = [
  'Дата',
  'Сервис',
  'Клиент',
  'Способ оплаты',
  'Сумма',
  'Идент-р',
  'Касса',
  'Click ID',
  'Billing ID',
  'Статус платежа',
];
const FISCAL = [
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
];
const HW = [
  'Номер заказа',
  'Наименование товара',
  'Ресурс заказа',
  'Тип заказа',
  'Статус платежа',
  'Машинный код',
  'Цена заказа',
  'Статус варки',
  'Время создания',
  'Время оплаты',
  'Срок поставки',
  'Время возврата денег',
];
const VH = [
  'ID',
  'Номер заказа',
  'ID товара',
  'Время',
  'Название товара',
  'Цена заказа',
  'Код ИКПУ',
  'Штрих код',
  'Тип платежа',
  'Машинный код',
];

type Values = Record<string, string>;

function report(header: readonly string[], plain: (index: number) => Values, rows: readonly Values[]): string {
  return csv(
    header,
    rows.map((row, index) => header.map((name) => row[name] ?? plain(index)[name] ?? '')),
  );
}

const two = (value: number): string => String(value).padStart(2, '0');

export const clickCsv = (rows: readonly Values[]): string =>
  report(
    CLICK,
    (index) => ({
      Дата: `2025-01-06 10:${two(index)}:00`,
      Сервис: 'Vendhub',
      Сумма: '15000',
      'Идент-р': '40001',
      'Click ID': String(3_100_000_001 + index),
      'Статус платежа': 'Успешно подтвержден',
    }),
    rows,
  );

export const fiscalCsv = (rows: readonly Values[]): string =>
  report(
    FISCAL,
    (index) => ({
      '№': String(index + 1),
      'Дата и время': `2025-02-10 10:${two(index)}:20`,
      Операция: 'Продажа',
      'Номер чека': String(index + 1),
      'Фискальный модуль': 'LG1',
      Наличные: '15000',
      Карта: '0',
      'Сумма операции': '15000',
    }),
    rows,
  );

export const hwCsv = (rows: readonly Values[]): string =>
  report(
    HW,
    (index) => ({
      'Номер заказа': `A${index + 1}`,
      'Наименование товара': 'Капучино',
      'Ресурс заказа': 'Оплата наличными',
      'Тип заказа': 'Обычный порядок',
      'Статус платежа': 'Оплачено',
      'Машинный код': 'c9a5181f0000',
      'Цена заказа': '15000',
      'Статус варки': 'Доставлен',
      'Время создания': `2025-01-07 10:${two(index)}:00`,
      'Время оплаты': `2025-01-07 10:${two(index)}:00`,
      'Срок поставки': `2025-01-07 10:${two(index)}:40`,
    }),
    rows,
  );

export const vhCsv = (rows: readonly Values[]): string =>
  report(
    VH,
    (index) => ({
      ID: String(1_001 + index),
      'Номер заказа': `A${index + 1}`,
      Время: `2025-01-07 10:${two(index)}:40`,
      'Название товара': 'Капучино',
      'Цена заказа': '15000',
      'Код ИКПУ': '02202004001000000',
      'Тип платежа': 'Наличные',
      'Машинный код': 'c9a5181f0000',
    }),
    rows,
  );

/** The same report without one of its columns. */
export function withoutColumn(report: string, name: string): string {
  const rows = report.split('\n').map((line) => line.split(';'));
  const column = rows[0]?.indexOf(name) ?? -1;
  return rows.map((row) => row.filter((_, at) => at !== column).join(';')).join('\n');
}
