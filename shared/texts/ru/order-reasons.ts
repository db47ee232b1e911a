import type { Texts } from '../en/index.ts';

export const orderReasons: Texts['orderReasons'] = {
  price_differs: 'В автомате {machine}, в VendHub {vendhub}',
  time_before: 'VendHub раньше на {seconds}',
  time_after: 'VendHub позже на {seconds}',
  no_receipt: 'Нет чека на {amount}',
  receipt_other_amount: 'Чек на {found} вместо {expected}',
  receipt_other_column: 'Чек выбит на другой вид оплаты: {paymentType}',
  no_payment: 'Нет платежа на {amount}',
  payment_not_live: 'Платёж {amount} отменён или не завершён',
  payment_other_amount: 'Платёж на {found} вместо {expected}',
  payment_other_gateway: 'Оплачено через {found}, в VendHub {expected}',
  waits_for_vendhub: 'Ждёт отчёта VendHub',
  not_in_vendhub: 'В отчёте VendHub такого номера нет',
  waits_for_machine: 'Ждёт отчёта автоматов',
  not_at_machine: 'В отчёте автоматов такого номера нет',
  refunded_payment_stands: 'Заказ возвращён, платёж {gateway} {amount} не отменён: верните деньги',
  refunded_at_payment_stands: 'Заказ возвращён {at}, платёж {gateway} {amount} не отменён: верните деньги',
  receipt_alone: 'Чек на {amount}, заказа нет',
  payment_alone: 'Платёж {amount}, заказа нет',
  proof_not_loaded: 'Отчёт об оплате ещё не загружен',
  ambiguous_match: 'Подходит несколько пар, ничего не связано',
};
