import type { Texts } from '../en/index.ts';

export const orderStatuses: Texts['orderStatuses'] = {
  unmatched: 'Tekshirilmagan',
  hw_only: 'VendHub’da yoʻq',
  vendhub_only: 'Avtomatda yoʻq',
  payme_only: 'Payme, buyurtmasiz',
  click_only: 'Click, buyurtmasiz',
  uzum_only: 'Uzum, buyurtmasiz',
  fiscal_only: 'Chek, buyurtmasiz',
  void: 'Hisobga olinmaydi',
  matched: 'Qisman mos',
  fully_matched: 'Mos',
  fiscal_mismatch: 'Chek mos emas',
  gateway_mismatch: 'Toʻlov mos emas',
  price_mismatch: 'Narx har xil',
  time_out_of_range: 'Vaqt har xil',
  ambiguous_match: 'Noaniq',
  number_conflict: 'Raqam ziddiyati',
};
