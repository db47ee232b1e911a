import type { TextTable } from './text.ts';

/** The lines of the decision table (rules.md 5.3) in words. */
export const ruleTexts = {
  '1': {
    ru: 'У одного номера заказа разные автоматы',
    en: 'One order number, different machines',
    uz: 'Bitta buyurtma raqamida turli avtomatlar',
  },
  '2': {
    ru: 'Подходят несколько записей одинаково хорошо: ни одна не привязана',
    en: 'Several records fit equally well: none of them is linked',
    uz: 'Bir nechta yozuv birdek mos keladi: hech biri bogʻlanmagan',
  },
  '3': {
    ru: 'В VendHub продажа есть, в отчёте автоматов её нет',
    en: 'VendHub has the sale, the machine report does not',
    uz: 'VendHub’da sotuv bor, avtomatlar hisobotida yoʻq',
  },
  '4': {
    ru: 'Ни один заказ на эту запись не претендует',
    en: 'No order claims this record',
    uz: 'Bu yozuvga birorta buyurtma daʼvo qilmaydi',
  },
  '5': {
    ru: 'Автомат продал; отчёт VendHub за это время загружен, такого номера в нём нет',
    en: 'The machine sold; the VendHub report of that time is loaded and does not have the number',
    uz: 'Avtomat sotgan; shu vaqtdagi VendHub hisoboti yuklangan, unda bunday raqam yoʻq',
  },
  '6': {
    ru: 'Автомат продал; отчёт VendHub за это время ещё не загружен',
    en: 'The machine sold; the VendHub report of that time is not loaded yet',
    uz: 'Avtomat sotgan; shu vaqtdagi VendHub hisoboti hali yuklanmagan',
  },
  '7': {
    ru: 'Номер и автомат совпали, цена разная',
    en: 'Number and machine agree, prices differ',
    uz: 'Raqam va avtomat mos, narx har xil',
  },
  '8': {
    ru: 'Номер и автомат совпали, время в VendHub вне допустимого окна',
    en: 'Number and machine agree, the time in VendHub lies outside the window',
    uz: 'Raqam va avtomat mos, VendHub’dagi vaqt ruxsat etilgan oraliqdan tashqarida',
  },
  '9': {
    ru: 'Тестовая отгрузка или VIP: оплата не нужна',
    en: 'Test or VIP: no payment is needed',
    uz: 'Sinov yoki VIP: toʻlov kerak emas',
  },
  '9a': {
    ru: 'Заказ не оплачен: подтверждение оплаты не нужно',
    en: 'The order is unpaid: no proof of payment is needed',
    uz: 'Buyurtma toʻlanmagan: toʻlov tasdigʻi kerak emas',
  },
  '10': {
    ru: 'Заказ возвращён: подтверждение оплаты не нужно',
    en: 'The order was refunded: no proof of payment is needed',
    uz: 'Buyurtma qaytarilgan: toʻlov tasdigʻi kerak emas',
  },
  '11': {
    ru: 'Автомат, VendHub и чек согласны',
    en: 'Machine, VendHub and receipt agree',
    uz: 'Avtomat, VendHub va chek mos',
  },
  '12': {
    ru: 'Чека нет или он не сходится, а отчёт кассы за это время загружен',
    en: 'The receipt is missing or does not agree, and the register report of that time is loaded',
    uz: 'Chek yoʻq yoki mos emas, shu vaqtdagi kassa hisoboti esa yuklangan',
  },
  '13': {
    ru: 'Автомат, VendHub и платёж согласны',
    en: 'Machine, VendHub and payment agree',
    uz: 'Avtomat, VendHub va toʻlov mos',
  },
  '14': {
    ru: 'Автомат, VendHub и платёж согласны; какая платёжная система, видно по платежу',
    en: 'Machine, VendHub and payment agree; the payment tells which gateway it was',
    uz: 'Avtomat, VendHub va toʻlov mos; qaysi toʻlov tizimi ekani toʻlovdan koʻrinadi',
  },
  '15': {
    ru: 'Платежа нет или он не сходится, а отчёт платёжной системы за это время загружен',
    en: 'The payment is missing or does not agree, and the gateway report of that time is loaded',
    uz: 'Toʻlov yoʻq yoki mos emas, shu vaqtdagi toʻlov tizimi hisoboti esa yuklangan',
  },
  '16': {
    ru: 'Автомат и VendHub согласны; отчёт об оплате за это время ещё не загружен',
    en: 'Machine and VendHub agree; the report of payments of that time is not loaded yet',
    uz: 'Avtomat va VendHub mos; shu vaqtdagi toʻlov hisoboti hali yuklanmagan',
  },
  '17': {
    ru: 'Автомат и VendHub согласны; вид оплаты неизвестен',
    en: 'Machine and VendHub agree; the kind of payment is unknown',
    uz: 'Avtomat va VendHub mos; toʻlov turi nomaʼlum',
  },
} as const satisfies TextTable;

/** What does not agree between the records of an order. */
export const differenceTexts = {
  machine_differs: { ru: 'Автоматы: {machines}', en: 'Machines: {machines}', uz: 'Avtomatlar: {machines}' },
  price_differs: {
    ru: 'Цена: автомат {happyWorkers}, VendHub {vendhub}, разница {delta}',
    en: 'Price: machine {happyWorkers}, VendHub {vendhub}, difference {delta}',
    uz: 'Narx: avtomatda {happyWorkers}, VendHub’da {vendhub}, farq {delta}',
  },
  time_before_window: {
    ru: 'Время в VendHub на {seconds} раньше создания заказа; допуск {windowS}',
    en: 'The time in VendHub lies {seconds} before the order was made; up to {windowS} is allowed',
    uz: 'VendHub vaqti buyurtma yaratilishidan {seconds} oldin, {windowS} gacha ruxsat etiladi',
  },
  time_after_window: {
    ru: 'Время в VendHub на {seconds} позже конца заказа; допуск {windowS}',
    en: 'The time in VendHub lies {seconds} after the end of the order; up to {windowS} is allowed',
    uz: 'VendHub vaqti buyurtma oxiridan {seconds} keyin, {windowS} gacha ruxsat etiladi',
  },
  payment_type_differs: {
    ru: 'Вид оплаты: автомат {happyWorkers}, VendHub {vendhub}',
    en: 'Kind of payment: machine {happyWorkers}, VendHub {vendhub}',
    uz: 'Toʻlov: avtomatda “{happyWorkers}”, VendHub’da “{vendhub}”',
  },
  number_of_other_machine: {
    ru: 'В номере заказа автомат {numberMachine}, в записи {machine}',
    en: 'The number says machine {numberMachine}, the record {machine}',
    uz: 'Buyurtma raqamida {numberMachine} avtomati yozilgan, hisobotda esa {machine}',
  },
  receipt_missing: {
    ru: 'Нет чека на {amount} между {from} и {to}',
    en: 'No receipt of {amount} between {from} and {to}',
    uz: '{from} — {to} oraligʻida {amount} lik chek yoʻq',
  },
  payment_missing: {
    ru: 'Нет платежа на {amount} между {from} и {to}',
    en: 'No payment of {amount} between {from} and {to}',
    uz: '{from} — {to} oraligʻida {amount} lik toʻlov yoʻq',
  },
  amount_differs: {
    ru: '{key}: сумма {found}, ожидалось {expected}, разница {delta}',
    en: '{key}: amount {found}, expected {expected}, difference {delta}',
    uz: '{key}: summa {found}, kutilgan {expected}, farq {delta}',
  },
  gateway_differs: {
    ru: '{key}: оплачено через {found}, а VendHub называет {expected}',
    en: '{key}: paid by {found}, VendHub names {expected}',
    uz: '{key}: {found} orqali toʻlangan, VendHub esa {expected} deydi',
  },
  column_differs: {
    ru: '{key}: в чеке {found}, а заказ оплачен: {expected}',
    en: '{key}: the receipt says {found}, the order was paid by {expected}',
    uz: '{key}: chekda “{found}”, buyurtma esa “{expected}” bilan toʻlangan',
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
  proof_not_needed: {
    ru: '{key}: такому заказу ({paymentType}) это не нужно',
    en: '{key}: an order like this ({paymentType}) does not need it',
    uz: '{key}: “{paymentType}” toʻlovli buyurtmaga bu kerak emas',
  },
  proof_not_live: {
    ru: '{key}: состояние {state}, оплатой не считается',
    en: '{key}: its state is {state}, it counts for nothing',
    uz: '{key}: {state}, toʻlov hisoblanmaydi',
  },
  no_rows_that_day: {
    ru: 'За {day} в отчёте «{source}» нет ни одной строки: полон ли отчёт?',
    en: 'The report “{source}” has not a single row of {day}: is it complete?',
    uz: '“{source}” hisobotida {day} kuni birorta ham qator yoʻq: hisobot toʻliqmi?',
  },
  times_run_backwards: {
    ru: 'Время в строке автомата идёт назад: создан {creation}, выдан {delivery}; чек и платёж искались по времени создания',
    en: 'The times of the machine row run backwards: created {creation}, delivered {delivery}; proofs were looked for around the creation',
    uz: 'Avtomat qatoridagi vaqt orqaga ketyapti: yaratilgan {creation}, berilgan {delivery}',
  },
  report_not_loaded: {
    ru: 'Не загружен отчёт «{source}» за {from} – {to}',
    en: 'The report “{source}” is not loaded for {from} – {to}',
    uz: '“{source}” hisoboti {from} — {to} uchun yuklanmagan',
  },
} as const satisfies TextTable;

/** Why a record that lies near is not the one. */
export const nearMissTexts = {
  equally_good: {
    ru: 'Подходит так же хорошо, как другие',
    en: 'Fits as well as others do',
    uz: 'Boshqalar kabi mos keladi',
  },
  other_amount: { ru: 'Другая сумма', en: 'Another amount', uz: 'Boshqa summa' },
  outside_window: {
    ru: 'За пределами допуска {windowS}',
    en: 'Outside the window of {windowS}',
    uz: '{windowS}lik oraliqdan tashqarida',
  },
  other_gateway: { ru: 'Другая платёжная система', en: 'Another gateway', uz: 'Boshqa toʻlov tizimi' },
  other_column: {
    ru: 'Другой вид оплаты в чеке',
    en: 'The other kind of payment on the receipt',
    uz: 'Chekda toʻlovning boshqa turi',
  },
  other_kind: {
    ru: 'Заказу такого вида оплаты это не нужно',
    en: 'An order paid like this does not need it',
    uz: 'Bunday toʻlovli buyurtmaga bu kerak emas',
  },
  not_live: {
    ru: 'Отменён, не завершён или возврат: оплатой не считается',
    en: 'Cancelled, not finished or a return: it counts for nothing',
    uz: 'Bekor qilingan, tugallanmagan yoki qaytarilgan: toʻlov hisoblanmaydi',
  },
  forbidden: {
    ru: 'Связь запрещена вручную',
    en: 'The link was forbidden by hand',
    uz: 'Bogʻlanish qoʻlda taqiqlangan',
  },
  has_proof: {
    ru: 'У заказа уже есть такое подтверждение',
    en: 'The order has such a proof already',
    uz: 'Buyurtmada bunday tasdiq bor',
  },
  late_order: {
    ru: 'Заказ возвращён или не оплачен',
    en: 'The order was refunded or is unpaid',
    uz: 'Buyurtma qaytarilgan yoki toʻlanmagan',
  },
  taken_otherwise: {
    ru: 'Подошло бы, но досталось по общему распределению другому',
    en: 'Would fit, but the assignment as a whole decided otherwise',
    uz: 'Mos kelardi, lekin umumiy taqsimotda boshqasiga tegdi',
  },
} as const satisfies TextTable;

export type RuleCode = keyof typeof ruleTexts;
export type DifferenceCode = keyof typeof differenceTexts;
export type NearMissCode = keyof typeof nearMissTexts;
