import type { TextTable } from './text.ts';

/** What each status of an order or orphan is called (rules.md 5.2): one word for it everywhere. */
export const orderStatusTexts: TextTable = {
  unmatched: { ru: 'Не проверен', en: 'Not evaluated', uz: 'Tekshirilmagan' },
  hw_only: { ru: 'Нет в VendHub', en: 'Not in VendHub', uz: 'VendHub’da yoʻq' },
  vendhub_only: { ru: 'Нет в автомате', en: 'Not at the machine', uz: 'Avtomatda yoʻq' },
  payme_only: { ru: 'Payme без заказа', en: 'Payme without order', uz: 'Payme, buyurtmasiz' },
  click_only: { ru: 'Click без заказа', en: 'Click without order', uz: 'Click, buyurtmasiz' },
  uzum_only: { ru: 'Uzum без заказа', en: 'Uzum without order', uz: 'Uzum, buyurtmasiz' },
  fiscal_only: { ru: 'Чек без заказа', en: 'Receipt without order', uz: 'Chek, buyurtmasiz' },
  void: { ru: 'Не учитывается', en: 'Does not count', uz: 'Hisobga olinmaydi' },
  matched: { ru: 'Сошлось частично', en: 'Partly matched', uz: 'Qisman mos' },
  fully_matched: { ru: 'Сошлось', en: 'Matched', uz: 'Mos' },
  fiscal_mismatch: { ru: 'Чек не сходится', en: 'Receipt does not agree', uz: 'Chek mos emas' },
  gateway_mismatch: { ru: 'Платёж не сходится', en: 'Payment does not agree', uz: 'Toʻlov mos emas' },
  price_mismatch: { ru: 'Разная цена', en: 'Prices differ', uz: 'Narx har xil' },
  time_out_of_range: { ru: 'Разное время', en: 'Times differ', uz: 'Vaqt har xil' },
  ambiguous_match: { ru: 'Неоднозначно', en: 'Ambiguous', uz: 'Noaniq' },
  number_conflict: { ru: 'Спорный номер', en: 'Number conflict', uz: 'Raqam ziddiyati' },
};
