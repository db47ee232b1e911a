import type { TextTable } from './text.ts';

/** The lines of the decision table (rules.md 5.3) in words. */
export const ruleTexts = {
  '1': { ru: 'У одного номера заказа разные автоматы', en: 'One order number, different machines' },
  '2': {
    ru: 'Подходят несколько записей одинаково хорошо: ни одна не привязана',
    en: 'Several records fit equally well: none of them is linked',
  },
  '3': { ru: 'В VendHub продажа есть, в отчёте автоматов её нет', en: 'VendHub has the sale, the machine report does not' },
  '4': { ru: 'Ни один заказ на эту запись не претендует', en: 'No order claims this record' },
  '5': {
    ru: 'Автомат продал; отчёт VendHub за это время загружен, такого номера в нём нет',
    en: 'The machine sold; the VendHub report of that time is loaded and does not have the number',
  },
  '6': {
    ru: 'Автомат продал; отчёт VendHub за это время ещё не загружен',
    en: 'The machine sold; the VendHub report of that time is not loaded yet',
  },
  '7': { ru: 'Номер и автомат совпали, цена разная', en: 'Number and machine agree, prices differ' },
  '8': {
    ru: 'Номер и автомат совпали, время в VendHub вне допустимого окна',
    en: 'Number and machine agree, the time in VendHub lies outside the window',
  },
  '9': { ru: 'Тестовая отгрузка или VIP: оплата не нужна', en: 'Test or VIP: no payment is needed' },
  '9a': { ru: 'Заказ не оплачен: подтверждение оплаты не нужно', en: 'The order is unpaid: no proof of payment is needed' },
  '10': { ru: 'Заказ возвращён: подтверждение оплаты не нужно', en: 'The order was refunded: no proof of payment is needed' },
  '11': { ru: 'Автомат, VendHub и чек согласны', en: 'Machine, VendHub and receipt agree' },
  '12': {
    ru: 'Чека нет или он не сходится, а отчёт кассы за это время загружен',
    en: 'The receipt is missing or does not agree, and the register report of that time is loaded',
  },
  '13': { ru: 'Автомат, VendHub и платёж согласны', en: 'Machine, VendHub and payment agree' },
  '14': {
    ru: 'Автомат, VendHub и платёж согласны; какая платёжная система, видно по платежу',
    en: 'Machine, VendHub and payment agree; the payment tells which gateway it was',
  },
  '15': {
    ru: 'Платежа нет или он не сходится, а отчёт платёжной системы за это время загружен',
    en: 'The payment is missing or does not agree, and the gateway report of that time is loaded',
  },
  '16': {
    ru: 'Автомат и VendHub согласны; отчёт об оплате за это время ещё не загружен',
    en: 'Machine and VendHub agree; the report of payments of that time is not loaded yet',
  },
  '17': { ru: 'Автомат и VendHub согласны; вид оплаты неизвестен', en: 'Machine and VendHub agree; the kind of payment is unknown' },
} as const satisfies TextTable;

/** What does not agree between the records of an order. */
export const differenceTexts = {
  machine_differs: { ru: 'Автоматы: {machines}', en: 'Machines: {machines}' },
  price_differs: {
    ru: 'Цена: автомат {happyWorkers}, VendHub {vendhub}, разница {delta}',
    en: 'Price: machine {happyWorkers}, VendHub {vendhub}, difference {delta}',
  },
  time_before_window: {
    ru: 'Время в VendHub на {seconds} с раньше создания заказа; допуск {windowS} с',
    en: 'The time in VendHub lies {seconds} s before the order was made; {windowS} s are allowed',
  },
  time_after_window: {
    ru: 'Время в VendHub на {seconds} с позже конца заказа; допуск {windowS} с',
    en: 'The time in VendHub lies {seconds} s after the end of the order; {windowS} s are allowed',
  },
  payment_type_differs: {
    ru: 'Вид оплаты: автомат {happyWorkers}, VendHub {vendhub}',
    en: 'Kind of payment: machine {happyWorkers}, VendHub {vendhub}',
  },
  number_of_other_machine: {
    ru: 'В номере заказа автомат {numberMachine}, в записи {machine}',
    en: 'The number says machine {numberMachine}, the record {machine}',
  },
  receipt_missing: { ru: 'Нет чека на {amount} между {from} и {to}', en: 'No receipt of {amount} between {from} and {to}' },
  payment_missing: { ru: 'Нет платежа на {amount} между {from} и {to}', en: 'No payment of {amount} between {from} and {to}' },
  amount_differs: {
    ru: '{key}: сумма {found}, ожидалось {expected}, разница {delta}',
    en: '{key}: amount {found}, expected {expected}, difference {delta}',
  },
  gateway_differs: {
    ru: '{key}: оплачено через {found}, а VendHub называет {expected}',
    en: '{key}: paid by {found}, VendHub names {expected}',
  },
  column_differs: {
    ru: '{key}: в чеке {found}, а заказ оплачен: {expected}',
    en: '{key}: the receipt says {found}, the order was paid by {expected}',
  },
  proof_not_needed: {
    ru: '{key}: такому заказу ({paymentType}) это не нужно',
    en: '{key}: an order like this ({paymentType}) does not need it',
  },
  proof_not_live: { ru: '{key}: состояние {state}, оплатой не считается', en: '{key}: its state is {state}, it counts for nothing' },
  no_rows_that_day: {
    ru: 'За {day} в отчёте {source} нет ни одной строки: полон ли отчёт?',
    en: 'The report {source} has not a single row of {day}: is it complete?',
  },
  times_run_backwards: {
    ru: 'Время в строке автомата идёт назад: создан {creation}, выдан {delivery}; чек и платёж искались по времени создания',
    en: 'The times of the machine row run backwards: created {creation}, delivered {delivery}; proofs were looked for around the creation',
  },
  report_not_loaded: { ru: 'Не загружен отчёт {source} за {from} – {to}', en: 'The report {source} is not loaded for {from} – {to}' },
} as const satisfies TextTable;

/** Why a record that lies near is not the one. */
export const nearMissTexts = {
  equally_good: { ru: 'Подходит так же хорошо, как другие', en: 'Fits as well as others do' },
  other_amount: { ru: 'Другая сумма', en: 'Another amount' },
  outside_window: { ru: 'Вне окна {windowS} с', en: 'Outside the window of {windowS} s' },
  other_gateway: { ru: 'Другая платёжная система', en: 'Another gateway' },
  other_column: { ru: 'Другой вид оплаты в чеке', en: 'The other kind of payment on the receipt' },
  other_kind: { ru: 'Заказу такого вида оплаты это не нужно', en: 'An order paid like this does not need it' },
  not_live: {
    ru: 'Отменён, не завершён или возврат: оплатой не считается',
    en: 'Cancelled, not finished or a return: it counts for nothing',
  },
  forbidden: { ru: 'Связь запрещена вручную', en: 'The link was forbidden by hand' },
  has_proof: { ru: 'У заказа уже есть такое подтверждение', en: 'The order has such a proof already' },
  late_order: { ru: 'Заказ возвращён или не оплачен', en: 'The order was refunded or is unpaid' },
  taken_otherwise: {
    ru: 'Подошло бы, но досталось по общему распределению другому',
    en: 'Would fit, but the assignment as a whole decided otherwise',
  },
} as const satisfies TextTable;

export type RuleCode = keyof typeof ruleTexts;
export type DifferenceCode = keyof typeof differenceTexts;
export type NearMissCode = keyof typeof nearMissTexts;
