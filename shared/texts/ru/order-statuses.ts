import type { Texts } from '../en/index.ts';

export const orderStatuses: Texts['orderStatuses'] = {
  unmatched: 'Не проверен',
  hw_only: 'Нет в VendHub',
  vendhub_only: 'Нет в автомате',
  payme_only: 'Payme без заказа',
  click_only: 'Click без заказа',
  uzum_only: 'Uzum без заказа',
  fiscal_only: 'Чек без заказа',
  void: 'Не учитывается',
  matched: 'Сошлось частично',
  fully_matched: 'Сошлось',
  fiscal_mismatch: 'Чек не сходится',
  gateway_mismatch: 'Платёж не сходится',
  price_mismatch: 'Разная цена',
  time_out_of_range: 'Разное время',
  ambiguous_match: 'Неоднозначно',
  number_conflict: 'Спорный номер',
};
