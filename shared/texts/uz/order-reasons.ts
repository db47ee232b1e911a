import type { Texts } from '../en/index.ts';

export const orderReasons: Texts['orderReasons'] = {
  price_differs: 'Avtomatda {machine}, VendHub’da {vendhub}',
  time_before: 'VendHub {seconds} oldin',
  time_after: 'VendHub {seconds} keyin',
  no_receipt: '{amount} uchun chek yoʻq',
  receipt_other_amount: 'Chek {expected} oʻrniga {found}',
  receipt_other_column: 'Chekda boshqa toʻlov turi: {paymentType}',
  no_payment: '{amount} toʻlov yoʻq',
  payment_not_live: '{amount} toʻlov bekor qilingan yoki tugallanmagan',
  payment_other_amount: 'Toʻlov {expected} oʻrniga {found}',
  payment_other_gateway: '{found} orqali toʻlangan, VendHub’da {expected}',
  waits_for_vendhub: 'VendHub hisobotini kutmoqda',
  not_in_vendhub: 'VendHub hisobotida bunday raqam yoʻq',
  waits_for_machine: 'Avtomatlar hisobotini kutmoqda',
  not_at_machine: 'Avtomatlar hisobotida bunday raqam yoʻq',
  refunded_payment_stands: 'Buyurtma qaytarilgan, {gateway} orqali {amount} toʻlov bekor qilinmagan: pulni qaytaring',
  refunded_at_payment_stands:
    'Buyurtma {at} qaytarilgan, {gateway} orqali {amount} toʻlov bekor qilinmagan: pulni qaytaring',
  receipt_alone: '{amount} chek, buyurtma yoʻq',
  payment_alone: '{amount} toʻlov, buyurtma yoʻq',
  proof_not_loaded: 'Toʻlovlar hisoboti hali yuklanmagan',
  ambiguous_match: 'Bir nechta juftlik mos, hech narsa bogʻlanmagan',
};
