import type { HwRow, PaymentType, Payment, Range, Receipt, VhRow, World, WorldFile } from './world.ts';

export interface RenderedReport {
  name: string;
  /** utf-8, as the operator would upload it. */
  text: string;
}

/** Every file of a world as csv in the shape of the real export (rules.md 2): headers, spellings, times and numbers. */
export function renderReports(world: World): RenderedReport[] {
  return world.files.map((file) => ({ name: file.name, text: renderReport(file) }));
}

export function renderReport(file: WorldFile): string {
  switch (file.source) {
    case 'happy_workers':
      return csv(',', [HW_HEADER, ...(file.records as HwRow[]).map(hwCells)]);
    case 'vendhub':
      return csv(';', [VH_HEADER, ...(file.records as VhRow[]).map(vhCells)]);
    case 'fiscal_bills':
      return csv(';', [FISCAL_HEADER, ...(file.records as Receipt[]).map(receiptCells)]);
    case 'payme':
      return csv(';', [...paymeLead(file.period), PAYME_HEADER, ...(file.records as Payment[]).map(paymeCells)]);
    case 'click':
      return csv(';', [CLICK_HEADER, ...(file.records as Payment[]).map(clickCells)]);
    case 'uzum':
      return csv(';', [UZUM_HEADER, ...(file.records as Payment[]).map(uzumCells)]);
  }
}

const HW_HEADER =
  'Номер заказа|Номер оператора|Наименование товара|Название вкуса|Ресурс заказа|Тип заказа|Статус платежа|Тип чашки|Машинный код|Адрес|Цена заказа|Статус варки|Время создания|Время оплаты|Время заваривания|Срок поставки|Время возврата денег|Платежная карта|Причина|Замечание'.split(
    '|',
  );
const VH_HEADER =
  'ID|Номер заказа|ID товара|Время|Название товара|Цена заказа|Код ИКПУ|Штрих код|Маркировка|Ресурс заказа|Тип платежа|Категория машины|Машинный код|Начисленный бонус|Имя пользователя'.split(
    '|',
  );
const FISCAL_HEADER =
  '№|Дата и время|Операция|Номер чека|Кассир|Торговый пункт|Фискальный модуль|Наличные|Карта|Сумма операции|Номер рецепта|Покупатель'.split(
    '|',
  );
/** The last letter of the second name is a Latin A, and the long one breaks its line, as in the real register. */
const PAYME_HEADER =
  '№|НАЗВАНИЕ ПОСТАВЩИКA|НАЗВАНИЕ КАССЫ|СОСТОЯНИЕ ОПЛАТЫ|ВРЕМЯ ОПЛАТЫ|ВРЕМЯ ОТМЕНЫ|СУММА БЕЗ КОМИССИИ|КОМИССИЯ С КЛИЕНТА|ИДЕНТИФИКАТОР ПЛАТЕЖА \n (ПЛАТЕЖНАЯ СИСТЕМА)|ИДЕНТИФИКАТОР ПЛАТЕЖА (ПОСТАВЩИК)|RRN|НОМЕР ЗАКАЗА'.split(
    '|',
  );
const CLICK_HEADER = 'Дата|Сервис|Клиент|Способ оплаты|Сумма|Идент-р|Касса|Click ID|Billing ID|Статус платежа'.split(
  '|',
);
const UZUM_HEADER =
  'Название сервиса|Сумма|Комиссия|Тип карты|Номер карты|Статус|merchantId|receiptId|Дата и время'.split('|');

const HW_RESOURCE: Record<PaymentType, string> = {
  cash: 'Оплата наличными',
  card: 'Оплата кредита',
  qr: 'Таможенный платеж',
  payme: 'Payme',
  click: 'Click',
  uzum: 'Uzum',
  vip: 'VIP',
  test: 'Тестовая отгрузка',
  unknown: 'Бартер',
};
const VH_TYPE: Record<PaymentType, string> = {
  ...HW_RESOURCE,
  cash: 'Наличные',
  card: 'Карта',
  qr: 'QR',
  test: 'testShipment',
};
const HW_STATUS = { paid: 'Оплачено', refunded: 'Возвращен', unpaid: 'Не оплачено', unknown: 'Неизвестно' };
const HW_BREW = { delivered: 'Доставлен', failed: 'Сбой доставки', not_delivered: 'Не доставлено' };
const OPERATION = { sale: 'Продажа', return: 'Возврат', other: 'Внесение' };
const PAYME_STATE = { success: 'ОПЛАЧЕНО', cancelled: 'ОТМЕНЕНО', pending: 'В ОБРАБОТКЕ', unknown: 'ЗАМОРОЖЕНО' };
const CLICK_STATE = {
  success: 'Успешно подтвержден',
  cancelled: 'Отменен',
  pending: 'В обработке',
  unknown: 'Заморожен',
};
const UZUM_STATE = { success: 'SUCCESS', cancelled: 'REVERSED', pending: 'PENDING', unknown: 'FROZEN' };

function hwCells(row: HwRow): string[] {
  return [
    row.orderNumber,
    'G9982401B-1',
    row.goodsName,
    '',
    row.orderResource === null ? '' : HW_RESOURCE[row.orderResource],
    row.orderType === 'cart' ? 'Shopping cart order' : 'Обычный порядок',
    HW_STATUS[row.paymentStatus],
    '1',
    row.machineCode,
    'остановка "198 школа", Ташкент',
    String(row.price),
    HW_BREW[row.brewStatus],
    dashed(row.creationTime),
    dashed(row.payingTime),
    dashed(row.payingTime),
    dashed(row.deliveryTime),
    dashed(row.refundTime),
    '',
    '',
    '',
  ];
}

function vhCells(row: VhRow): string[] {
  return [
    row.key,
    row.orderNumber,
    '380',
    dashed(row.eventTime),
    row.goodsName,
    row.price.toFixed(2),
    '02202004001000000',
    'Нет данных',
    'Нет данных',
    HW_RESOURCE[row.orderResource],
    VH_TYPE[row.paymentType],
    'Школа',
    row.machineCode,
    '0.00',
    'Не определен',
  ];
}

function receiptCells(receipt: Receipt, i: number): string[] {
  const { checkNumber, module } = receipt;
  const sums = [receipt.cashAmount, receipt.cardAmount, receipt.amount].map(String);
  return [
    String(i + 1),
    dashed(receipt.time),
    OPERATION[receipt.operation],
    checkNumber,
    'VendiHub Online',
    'Сервер',
    module,
    ...sums,
    '',
    '',
  ];
}

/** Six lines above the header, the period among them. */
function paymeLead(period: Range | undefined): string[][] {
  const stated = period ? [dayFirst(period.from), dayFirst(period.to)] : ['', ''];
  const empty = Array.from({ length: PAYME_HEADER.length }, () => '');
  const line = (...cells: string[]): string[] => [...cells, ...empty.slice(cells.length)];
  return [
    line('ТИП ОТЧЕТА', '', 'Реестр платежей'),
    line('ДАТА СОЗДАНИЯ', '', '01-07-2025 09:00:00'),
    line('ПЕРИОД', '', 'c', stated[0]!),
    line('', '', 'по', stated[1]!),
    empty,
    empty,
  ];
}

function paymeCells(payment: Payment, i: number): string[] {
  const cancelTime = payment.state === 'cancelled' ? dayFirst(payment.time + 300) : 'N/A';
  const ids = [payment.key, payment.key, '512345678901', String(17_524 + i)];
  return [
    String(i + 1),
    'HUB',
    'VendHub LLC',
    PAYME_STATE[payment.state],
    dayFirst(payment.time),
    cancelTime,
    String(payment.amount),
    'N/A',
    ...ids,
  ];
}

function clickCells(payment: Payment, i: number): string[] {
  const amount = String(payment.amount).replace(/\B(?=(\d{3})+$)/g, ' ');
  const order = String(17_529 + i);
  const card = '986000******2311';
  return [
    dashed(payment.time),
    'Vendhub',
    '99890***4588',
    card,
    amount,
    order,
    '',
    payment.key,
    '6529512530',
    CLICK_STATE[payment.state],
  ];
}

function uzumCells(payment: Payment): string[] {
  return [
    'Кофейный вендинговый аппарат',
    String(payment.amount),
    String(payment.amount * 0.02),
    'UZCARD',
    '986000******0299',
    UZUM_STATE[payment.state],
    '9011',
    payment.key,
    dotted(payment.time),
  ];
}

/** Tashkent wall clock: year, month, day, time. */
function wallClock(time: number): [string, string, string, string] {
  const text = new Date((time + 5 * 3600) * 1000).toISOString();
  return [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10), text.slice(11, 19)];
}

function dashed(time: number | null): string {
  if (time === null) return '';
  const [year, month, day, clock] = wallClock(time);
  return `${year}-${month}-${day} ${clock}`;
}

function dayFirst(time: number): string {
  const [year, month, day, clock] = wallClock(time);
  return `${day}-${month}-${year} ${clock}`;
}

function dotted(time: number): string {
  const [year, month, day, clock] = wallClock(time);
  return `${day}.${month}.${year}, ${clock}`;
}

function csv(separator: string, rows: readonly (readonly string[])[]): string {
  const quote = (cell: string): string =>
    cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((row) => row.map(quote).join(separator)).join('\r\n') + '\r\n';
}
