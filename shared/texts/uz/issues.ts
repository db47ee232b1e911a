import type { Texts } from '../en/index.ts';

export const issues: Texts['issues'] = {
  delivery_failed_but_paid: 'Toʻlangan, lekin berilmagan: xaridorga pulini qaytarish kerak',
  refund_not_executed: 'Buyurtma qaytarilgan, toʻlov esa qolgan: pulni xaridorga qaytaring',
  duplicate_receipt: 'Buyurtmaga yana bitta chek mos keladi',
  duplicate_payment: 'Buyurtmaga yana bitta toʻlov mos keladi: ikki marta toʻlangan boʻlishi mumkin',
  excess_receipt: 'Buyurtmada unga kerak boʻlmagan chek bor',
  excess_payment: 'Buyurtmada unga kerak boʻlmagan toʻlov bor',
  fiscal_amount_diff: 'Chek boshqa summaga yoki boshqa toʻlov turiga chiqarilgan',
  gateway_wrong: 'Pul VendHub’da koʻrsatilganidan boshqa tizim orqali kelgan',
  payment_type_conflict: 'Avtomat va VendHub har xil toʻlov turini koʻrsatadi',
  payment_type_unknown: 'Toʻlov turining bunday yozilishi dasturga nomaʼlum',
  code_disagrees_with_number: 'Buyurtma raqamida boshqa avtomat kodi yozilgan',
  times_disagree:
    'Avtomat qatoridagi vaqt orqaga ketyapti: berish, toʻlov yoki qaytarish buyurtma yaratilishidan oldin',
};
