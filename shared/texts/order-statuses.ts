import type { TextTable } from './text.ts';

/** What each status of an order or orphan is called (rules.md 5.2): one word for it everywhere. */
export const orderStatusTexts: TextTable = {
  unmatched: { ru: 'Не проверен', en: 'Not evaluated' },
  hw_only: { ru: 'Нет в VendHub', en: 'Not in VendHub' },
  vendhub_only: { ru: 'Нет в автомате', en: 'Not at the machine' },
  payme_only: { ru: 'Payme без заказа', en: 'Payme without order' },
  click_only: { ru: 'Click без заказа', en: 'Click without order' },
  uzum_only: { ru: 'Uzum без заказа', en: 'Uzum without order' },
  fiscal_only: { ru: 'Чек без заказа', en: 'Receipt without order' },
  void: { ru: 'Не учитывается', en: 'Does not count' },
  matched: { ru: 'Сошлось частично', en: 'Partly matched' },
  fully_matched: { ru: 'Сошлось', en: 'Matched' },
  fiscal_mismatch: { ru: 'Чек не сходится', en: 'Receipt does not agree' },
  gateway_mismatch: { ru: 'Платёж не сходится', en: 'Payment does not agree' },
  price_mismatch: { ru: 'Разная цена', en: 'Prices differ' },
  time_out_of_range: { ru: 'Разное время', en: 'Times differ' },
  ambiguous_match: { ru: 'Неоднозначно', en: 'Ambiguous' },
  number_conflict: { ru: 'Спорный номер', en: 'Number conflict' },
};
