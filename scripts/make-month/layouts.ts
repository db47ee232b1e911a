import { endingIn } from './ids.ts';
import type { Random } from './random.ts';
import type { MachineRow, PaymentRow, ReceiptRow, ServerRow } from './story.ts';
import { dashedTime, dottedTime, isoTime, serialTime, type WallSeconds } from './wall-clock.ts';

/**
 * The six reports as the real systems export them: headers, lines above the header, separators, sheet names, and the
 * way each writes times and amounts.
 */
export const REPORT_NAMES = ['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'] as const;
export type ReportName = (typeof REPORT_NAMES)[number];

/** A time is text in csv and a serial number in xlsx where the system writes it so. */
export type ReportCell = string | number | { serialOf: WallSeconds };

export interface ReportLayout {
  sheet: string;
  separator: ',' | ';';
  /** Lines above the header. */
  lead: readonly (readonly ReportCell[])[];
  header: readonly string[];
}

export interface ReportContext {
  first: WallSeconds;
  last: WallSeconds;
  /** Number of the fiscal module. */
  moduleId: string;
}

export const HEADERS: Record<ReportName, readonly string[]> = {
  happy_workers: [
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
  vendhub: [
    'ID',
    'Номер заказа',
    'ID товара',
    'Время',
    'Название товара',
    'Цена заказа',
    'Код ИКПУ',
    'Штрих код',
    'Маркировка',
    'Ресурс заказа',
    'Тип платежа',
    'Категория машины',
    'Машинный код',
    'Начисленный бонус',
    'Имя пользователя',
  ],
  fiscal_bills: [
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
  payme: [
    '№',
    // The last letter is a Latin A, as in the real report.
    'НАЗВАНИЕ ПОСТАВЩИКA',
    'НАЗВАНИЕ КАССЫ',
    'СОСТОЯНИЕ ОПЛАТЫ',
    'ВРЕМЯ ОПЛАТЫ',
    'ВРЕМЯ ОТМЕНЫ',
    'ПРОЦЕССИНГОВОЕ ВРЕМЯ ОПЕРАЦИИ',
    'ОПЕРАЦИОННОЕ ВРЕМЯ БАНКА',
    'СОСТОЯНИЕ',
    'НАЗВАНИЕ ПРОЦЕССИНГА',
    'ePos Merchant ID',
    'ePos Terminal ID',
    'НОМЕР КАРТЫ',
    'СУММА БЕЗ КОМИССИИ',
    'КОМИССИЯ С КЛИЕНТА',
    'ИДЕНТИФИКАТОР ПЛАТЕЖА \n (ПЛАТЕЖНАЯ СИСТЕМА)',
    'ИДЕНТИФИКАТОР ПЛАТЕЖА (ПОСТАВЩИК)',
    'RRN',
    'НОМЕР ЗАКАЗА',
  ],
  click: [
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
  ],
  uzum: [
    'Название сервиса',
    'Сумма',
    'Комиссия',
    'Тип карты',
    'Номер карты',
    'Статус',
    'merchantId',
    'receiptId',
    'Дата и время',
  ],
};

export function layoutOf(name: ReportName, context: ReportContext): ReportLayout {
  const header = HEADERS[name];
  switch (name) {
    case 'happy_workers':
      return { sheet: 'sheet1', separator: ',', lead: [], header };
    case 'vendhub':
      return { sheet: 'in', separator: ';', lead: [], header };
    case 'fiscal_bills':
      return { sheet: context.moduleId, separator: ';', lead: [['Отчёт по чекам'], []], header };
    case 'payme':
      return { sheet: 'Отчет', separator: ';', lead: paymeLead(context), header };
    case 'click':
      return { sheet: 'Общий отчет', separator: ';', lead: [], header };
    case 'uzum':
      return { sheet: 'Sheet1', separator: ';', lead: [], header };
  }
}

function paymeLead({ first, last }: ReportContext): ReportCell[][] {
  return [
    ['ТИП ОТЧЕТА', '', 'Реестр платежей'],
    ['ДАТА СОЗДАНИЯ', '', dashedTime(last)],
    ['ПЕРИОД', '', 'c', dashedTime(first)],
    ['', '', 'по', dashedTime(last)],
    [],
    [],
  ];
}

const machineResource: Partial<Record<MachineRow['kind'], string>> = {
  cash: 'Оплата наличными',
  vip: 'VIP',
  test: 'Тестовая отгрузка',
};
/** How the machine's report says QR: a mistranslation of "custom payment". */
const MACHINE_QR = 'Таможенный платеж';

export function machineCells(row: MachineRow): ReportCell[] {
  const failed = row.refundedAt !== null || row.brewFailed;
  return [
    row.number,
    'G9982401B-1',
    row.goods,
    '',
    machineResource[row.kind] ?? MACHINE_QR,
    'Обычный порядок',
    row.refundedAt === null ? 'Оплачено' : 'Возвращен',
    '1',
    row.machine,
    row.address,
    String(row.price),
    failed ? 'Сбой доставки' : 'Доставлен',
    isoTime(row.createdAt),
    isoTime(row.paidAt),
    isoTime(row.paidAt),
    row.deliveredAt === null ? '' : isoTime(row.deliveredAt),
    row.refundedAt === null ? '' : isoTime(row.refundedAt),
    '',
    row.brewFailed ? 'brew timeout' : '',
    '',
  ];
}

const serverResource: Record<ServerRow['kind'], string> = {
  cash: 'cash',
  payme: 'userDefined',
  click: 'userDefined',
  uzum: 'userDefined',
  vip: 'vip',
  test: 'testShipment',
};
const serverPaymentType: Record<ServerRow['kind'], string> = {
  cash: 'Наличные',
  payme: 'Payme',
  click: 'Click',
  uzum: 'Uzum',
  vip: 'VIP',
  test: 'testShipment',
};

export function serverCells(row: ServerRow): ReportCell[] {
  return [
    row.reportId,
    row.number,
    '380',
    { serialOf: row.at },
    row.goods,
    `${row.price}.00`,
    '02202004001000000',
    'Нет данных',
    'Нет данных',
    serverResource[row.kind],
    serverPaymentType[row.kind],
    row.category,
    row.machine,
    '0.00',
    'Не определен',
  ];
}

export function receiptCells(row: ReceiptRow, rowNumber: number, moduleId: string): ReportCell[] {
  return [
    rowNumber,
    isoTime(row.at),
    'Продажа',
    row.checkNumber,
    'VendiHub Online',
    'Сервер',
    moduleId,
    row.cash,
    0,
    row.cash,
    '',
    '',
  ];
}

export function paymentCells(row: PaymentRow, rowNumber: number, random: Random): ReportCell[] {
  const card = `986000******${random.digits(4)}`;
  switch (row.gateway) {
    case 'payme':
      return [
        rowNumber,
        'HUB',
        'VendHub LLC',
        row.cancelled ? 'ОТМЕНЕНО' : 'ОПЛАЧЕНО',
        dashedTime(row.at),
        row.cancelled ? dashedTime(row.at + 300) : 'N/A',
        dashedTime(row.at + 2),
        'N/A',
        'N/A',
        'UZCARD',
        '00123456',
        '00098765',
        card,
        row.amount,
        'N/A',
        row.transactionId,
        row.transactionId,
        endingIn(random.digits(12), row.merchantOrderId, 10),
        String(row.merchantOrderId),
      ];
    case 'click':
      return [
        isoTime(row.at),
        'Vendhub',
        `99890***${random.digits(4)}`,
        card,
        inGroupsOfThree(row.amount),
        String(row.merchantOrderId),
        '',
        row.transactionId,
        random.digits(10),
        row.cancelled ? 'Отменен' : 'Успешно подтвержден',
      ];
    case 'uzum':
      return [
        'Кофейный вендинговый аппарат',
        String(row.amount),
        String(Math.round(row.amount / 50)),
        'UZCARD',
        card,
        'SUCCESS',
        '9011',
        row.transactionId,
        dottedTime(row.at),
      ];
  }
}

/** `15 000` */
function inGroupsOfThree(amount: number): string {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ' ');
}

export function asText(cell: ReportCell): string {
  return typeof cell === 'object' ? isoTime(cell.serialOf) : String(cell);
}

export function asValue(cell: ReportCell): string | number {
  return typeof cell === 'object' ? serialTime(cell.serialOf) : cell;
}
