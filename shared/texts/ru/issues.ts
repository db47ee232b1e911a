import type { Texts } from '../en/index.ts';

export const issues: Texts['issues'] = {
  delivery_failed_but_paid: 'Оплачено, но не выдано: покупателю нужно вернуть деньги',
  refund_not_executed: 'Заказ возвращён, а платёж остался: верните деньги покупателю',
  duplicate_receipt: 'К заказу подходит ещё один чек',
  duplicate_payment: 'К заказу подходит ещё один платёж: возможно, заплатили дважды',
  excess_receipt: 'Чек есть у заказа, которому он не нужен',
  excess_payment: 'Платёж есть у заказа, которому он не нужен',
  fiscal_amount_diff: 'Чек выбит на другую сумму или не на тот вид оплаты',
  gateway_wrong: 'Деньги пришли не через ту систему, что указана в VendHub',
  payment_type_conflict: 'Автомат и VendHub называют разную оплату',
  payment_type_unknown: 'Такого обозначения оплаты программа не знает',
  code_disagrees_with_number: 'В номере заказа записан код другого автомата',
  times_disagree: 'Время в строке автомата идёт назад: выдача, оплата или возврат раньше создания заказа',
};
