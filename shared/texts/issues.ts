import type { TextTable } from './text.ts';

/**
 * What each independent issue of an order means (rules.md 5.3); statuses that come as issues are in order-statuses.ts.
 */
export const issueTexts: TextTable = {
  delivery_failed_but_paid: {
    ru: 'Оплачено, но не выдано: покупателю нужно вернуть деньги',
    en: 'Paid but not dispensed: a refund is due',
    uz: 'Toʻlangan, lekin berilmagan: xaridorga pulini qaytarish kerak',
  },
  refund_not_executed: {
    ru: 'Заказ возвращён, а платёж остался: верните деньги покупателю',
    en: 'The order was refunded, yet the payment stands: pay it back to the customer',
    uz: 'Buyurtma qaytarilgan, toʻlov esa qolgan: pulni xaridorga qaytaring',
  },
  duplicate_receipt: {
    ru: 'К заказу подходит ещё один чек',
    en: 'A second receipt fits the order',
    uz: 'Buyurtmaga yana bitta chek mos keladi',
  },
  duplicate_payment: {
    ru: 'К заказу подходит ещё один платёж: возможно, заплатили дважды',
    en: 'A second payment fits the order: it may have been paid twice',
    uz: 'Buyurtmaga yana bitta toʻlov mos keladi: ikki marta toʻlangan boʻlishi mumkin',
  },
  excess_receipt: {
    ru: 'Чек есть у заказа, которому он не нужен',
    en: 'The order has a receipt that it does not need',
    uz: 'Buyurtmada unga kerak boʻlmagan chek bor',
  },
  excess_payment: {
    ru: 'Платёж есть у заказа, которому он не нужен',
    en: 'The order has a payment that it does not need',
    uz: 'Buyurtmada unga kerak boʻlmagan toʻlov bor',
  },
  fiscal_amount_diff: {
    ru: 'Чек выбит на другую сумму или не на тот вид оплаты',
    en: 'The receipt has another amount or the other kind of payment',
    uz: 'Chek boshqa summaga yoki boshqa toʻlov turiga chiqarilgan',
  },
  gateway_wrong: {
    ru: 'Деньги пришли не через ту систему, что указана в VendHub',
    en: 'The money came through another system than VendHub names',
    uz: 'Pul VendHub’da koʻrsatilganidan boshqa tizim orqali kelgan',
  },
  payment_type_conflict: {
    ru: 'Автомат и VendHub называют разную оплату',
    en: 'Machine and VendHub name different kinds of payment',
    uz: 'Avtomat va VendHub har xil toʻlov turini koʻrsatadi',
  },
  payment_type_unknown: {
    ru: 'Такого обозначения оплаты программа не знает',
    en: 'This word for a kind of payment is not known',
    uz: 'Toʻlov turining bunday yozilishi dasturga nomaʼlum',
  },
  code_disagrees_with_number: {
    ru: 'В номере заказа записан код другого автомата',
    en: 'The order number holds the code of another machine',
    uz: 'Buyurtma raqamida boshqa avtomat kodi yozilgan',
  },
  times_disagree: {
    ru: 'Время в строке автомата идёт назад: выдача, оплата или возврат раньше создания заказа',
    en: 'The times of the machine row run backwards: delivery, payment or refund before the order was created',
    uz: 'Avtomat qatoridagi vaqt orqaga ketyapti: berish, toʻlov yoki qaytarish buyurtma yaratilishidan oldin',
  },
};
