import { type Lang, renderText, type TextParams, type TextTable } from './text.ts';
import { amountText } from './shown-params.ts';
import { issueTexts } from './issues.ts';
import { orderStatusTexts } from './order-statuses.ts';

/** Why an order of a list is as it is, short enough for a cell (shared/orders/reasons.ts). Amounts are decimal text. */
export const orderReasonTexts = {
  price_differs: {
    ru: 'В автомате {machine}, в VendHub {vendhub}',
    en: 'Machine {machine}, VendHub {vendhub}',
    uz: 'Avtomatda {machine}, VendHub’da {vendhub}',
  },
  time_before: { ru: 'VendHub раньше на {seconds}', en: 'VendHub is {seconds} early', uz: 'VendHub {seconds} oldin' },
  time_after: { ru: 'VendHub позже на {seconds}', en: 'VendHub is {seconds} late', uz: 'VendHub {seconds} keyin' },
  no_receipt: { ru: 'Нет чека на {amount}', en: 'No receipt of {amount}', uz: '{amount} uchun chek yoʻq' },
  receipt_other_amount: {
    ru: 'Чек на {found} вместо {expected}',
    en: 'Receipt of {found} instead of {expected}',
    uz: 'Chek {expected} oʻrniga {found}',
  },
  receipt_other_column: {
    ru: 'Чек выбит на другой вид оплаты: {paymentType}',
    en: 'The receipt says another kind of payment: {paymentType}',
    uz: 'Chekda boshqa toʻlov turi: {paymentType}',
  },
  no_payment: { ru: 'Нет платежа на {amount}', en: 'No payment of {amount}', uz: '{amount} toʻlov yoʻq' },
  payment_not_live: {
    ru: 'Платёж {amount} отменён или не завершён',
    en: 'The payment of {amount} was cancelled or not finished',
    uz: '{amount} toʻlov bekor qilingan yoki tugallanmagan',
  },
  payment_other_amount: {
    ru: 'Платёж на {found} вместо {expected}',
    en: 'Payment of {found} instead of {expected}',
    uz: 'Toʻlov {expected} oʻrniga {found}',
  },
  payment_other_gateway: {
    ru: 'Оплачено через {found}, в VendHub {expected}',
    en: 'Paid by {found}, VendHub says {expected}',
    uz: '{found} orqali toʻlangan, VendHub’da {expected}',
  },
  waits_for_vendhub: {
    ru: 'Ждёт отчёта VendHub',
    en: 'Waits for the VendHub report',
    uz: 'VendHub hisobotini kutmoqda',
  },
  not_in_vendhub: {
    ru: 'В отчёте VendHub такого номера нет',
    en: 'The VendHub report has no such number',
    uz: 'VendHub hisobotida bunday raqam yoʻq',
  },
  waits_for_machine: {
    ru: 'Ждёт отчёта автоматов',
    en: 'Waits for the machine report',
    uz: 'Avtomatlar hisobotini kutmoqda',
  },
  not_at_machine: {
    ru: 'В отчёте автоматов такого номера нет',
    en: 'The machine report has no such number',
    uz: 'Avtomatlar hisobotida bunday raqam yoʻq',
  },
  refunded_payment_stands: {
    ru: 'Заказ возвращён, платёж {gateway} {amount} не отменён: верните деньги',
    en: 'The order was refunded, yet the {gateway} payment of {amount} stands: pay it back',
    uz: 'Buyurtma qaytarilgan, {gateway} orqali {amount} toʻlov bekor qilinmagan: pulni qaytaring',
  },
  refunded_at_payment_stands: {
    ru: 'Заказ возвращён {at}, платёж {gateway} {amount} не отменён: верните деньги',
    en: 'The order was refunded {at}, yet the {gateway} payment of {amount} stands: pay it back',
    uz: 'Buyurtma {at} qaytarilgan, {gateway} orqali {amount} toʻlov bekor qilinmagan: pulni qaytaring',
  },
  receipt_alone: {
    ru: 'Чек на {amount}, заказа нет',
    en: 'Receipt of {amount}, no order',
    uz: '{amount} chek, buyurtma yoʻq',
  },
  payment_alone: {
    ru: 'Платёж {amount}, заказа нет',
    en: 'Payment of {amount}, no order',
    uz: '{amount} toʻlov, buyurtma yoʻq',
  },
  proof_not_loaded: {
    ru: 'Отчёт об оплате ещё не загружен',
    en: 'The report of payments is not loaded yet',
    uz: 'Toʻlovlar hisoboti hali yuklanmagan',
  },
} as const satisfies TextTable;

/** Reasons of their own, else the words of the status or issue that the code is. */
export function reasonText(code: string, params: TextParams, lang: Lang): string {
  const table: TextTable = orderReasonTexts;
  // every figure of a reason is an amount, the machine's price too
  const machine = params['machine'];
  if (Object.hasOwn(table, code))
    return renderText(
      table,
      code,
      machine === undefined ? params : { ...params, machine: amountText(String(machine)) },
      lang,
    );
  return renderText(Object.hasOwn(issueTexts, code) ? issueTexts : orderStatusTexts, code, params, lang);
}
