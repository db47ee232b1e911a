import type { Texts } from '../en/index.ts';

export const rules: Texts['rules'] = {
  1: 'У одного номера заказа разные автоматы',
  2: 'Подходит несколько пар одинаково хорошо: чек или платёж один на несколько заказов, или на один заказ их несколько; ничего не связано',
  3: 'В VendHub продажа есть, в отчёте автоматов её нет',
  4: 'Ни один заказ на эту запись не претендует',
  5: 'Автомат продал; отчёт VendHub за это время загружен, такого номера в нём нет',
  6: 'Автомат продал; отчёт VendHub за это время ещё не загружен',
  7: 'Номер и автомат совпали, цена разная',
  8: 'Номер и автомат совпали, время в VendHub вне допустимого окна',
  9: 'Тестовая отгрузка или VIP: оплата не нужна',
  10: 'Заказ возвращён: подтверждение оплаты не нужно',
  11: 'Автомат, VendHub и чек согласны',
  12: 'Чека нет или он не сходится, а отчёт кассы за это время загружен',
  13: 'Автомат, VendHub и платёж согласны',
  14: 'Автомат, VendHub и платёж согласны; какая платёжная система, видно по платежу',
  15: 'Платежа нет или он не сходится, а отчёт платёжной системы за это время загружен',
  16: 'Автомат и VendHub согласны; отчёт об оплате за это время ещё не загружен',
  17: 'Автомат и VendHub согласны; вид оплаты неизвестен',
  '9a': 'Заказ не оплачен: подтверждение оплаты не нужно',
};

export const differences: Texts['differences'] = {
  machine_differs: 'Автоматы: {machines}',
  price_differs: 'Цена: автомат {happyWorkers}, VendHub {vendhub}, разница {delta}',
  time_before_window: 'Время в VendHub на {seconds} раньше создания заказа; допуск {windowS}',
  time_after_window: 'Время в VendHub на {seconds} позже конца заказа; допуск {windowS}',
  payment_type_differs: 'Вид оплаты: автомат {happyWorkers}, VendHub {vendhub}',
  number_of_other_machine: 'В номере заказа автомат {numberMachine}, в записи {machine}',
  receipt_missing: 'Нет чека на {amount} между {from} и {to}',
  payment_missing: 'Нет платежа на {amount} между {from} и {to}',
  amount_differs: '{key}: сумма {found}, ожидалось {expected}, разница {delta}',
  gateway_differs: '{key}: оплачено через {found}, а VendHub называет {expected}',
  column_differs: '{key}: в чеке {found}, а заказ оплачен: {expected}',
  refunded_payment_stands: 'Заказ возвращён, платёж {gateway} {amount} не отменён: верните деньги',
  refunded_at_payment_stands: 'Заказ возвращён {at}, платёж {gateway} {amount} не отменён: верните деньги',
  proof_not_needed: '{key}: такому заказу ({paymentType}) это не нужно',
  proof_not_live: '{key}: состояние {state}, оплатой не считается',
  no_rows_that_day: 'За {day} в отчёте «{source}» нет ни одной строки: полон ли отчёт?',
  times_run_backwards:
    'Время в строке автомата идёт назад: создан {creation}, выдан {delivery}; чек и платёж искались по времени создания',
  report_not_loaded: 'Не загружен отчёт «{source}» за {from} – {to}',
};

export const nearMisses: Texts['nearMisses'] = {
  equally_good: 'Подходит, но другая пара не хуже',
  other_amount: 'Другая сумма',
  outside_window: 'За пределами допуска {windowS}',
  other_gateway: 'Другая платёжная система',
  other_column: 'Другой вид оплаты в чеке',
  other_kind: 'Заказу такого вида оплаты это не нужно',
  not_live: 'Отменён, не завершён или возврат: оплатой не считается',
  forbidden: 'Связь запрещена вручную',
  has_proof: 'У заказа уже есть такое подтверждение',
  late_order: 'Заказ возвращён или не оплачен',
  taken_otherwise: 'Подошло бы, но досталось по общему распределению другому',
};
