import type { Texts } from '../en/index.ts';

export const rules: Texts['rules'] = {
  1: 'Bitta buyurtma raqamida turli avtomatlar',
  2: 'Bir nechta juftlik birdek mos keladi: bitta chek yoki toʻlov bir nechta buyurtmaga yoki bir nechtasi bitta buyurtmaga; hech narsa bogʻlanmagan',
  3: 'VendHub’da sotuv bor, avtomatlar hisobotida yoʻq',
  4: 'Bu yozuvga birorta buyurtma daʼvo qilmaydi',
  5: 'Avtomat sotgan; shu vaqtdagi VendHub hisoboti yuklangan, unda bunday raqam yoʻq',
  6: 'Avtomat sotgan; shu vaqtdagi VendHub hisoboti hali yuklanmagan',
  7: 'Raqam va avtomat mos, narx har xil',
  8: 'Raqam va avtomat mos, VendHub’dagi vaqt ruxsat etilgan oraliqdan tashqarida',
  9: 'Sinov yoki VIP: toʻlov kerak emas',
  10: 'Buyurtma qaytarilgan: toʻlov tasdigʻi kerak emas',
  11: 'Avtomat, VendHub va chek mos',
  12: 'Chek yoʻq yoki mos emas, shu vaqtdagi kassa hisoboti esa yuklangan',
  13: 'Avtomat, VendHub va toʻlov mos',
  14: 'Avtomat, VendHub va toʻlov mos; qaysi toʻlov tizimi ekani toʻlovdan koʻrinadi',
  15: 'Toʻlov yoʻq yoki mos emas, shu vaqtdagi toʻlov tizimi hisoboti esa yuklangan',
  16: 'Avtomat va VendHub mos; shu vaqtdagi toʻlov hisoboti hali yuklanmagan',
  17: 'Avtomat va VendHub mos; toʻlov turi nomaʼlum',
  '9a': 'Buyurtma toʻlanmagan: toʻlov tasdigʻi kerak emas',
};

export const differences: Texts['differences'] = {
  machine_differs: 'Avtomatlar: {machines}',
  price_differs: 'Narx: avtomatda {happyWorkers}, VendHub’da {vendhub}, farq {delta}',
  time_before_window: 'VendHub vaqti buyurtma yaratilishidan {seconds} oldin, {windowS} gacha ruxsat etiladi',
  time_after_window: 'VendHub vaqti buyurtma oxiridan {seconds} keyin, {windowS} gacha ruxsat etiladi',
  payment_type_differs: 'Toʻlov: avtomatda “{happyWorkers}”, VendHub’da “{vendhub}”',
  number_of_other_machine: 'Buyurtma raqamida {numberMachine} avtomati yozilgan, hisobotda esa {machine}',
  receipt_missing: '{from} — {to} oraligʻida {amount}lik chek yoʻq',
  payment_missing: '{from} — {to} oraligʻida {amount}lik toʻlov yoʻq',
  amount_differs: '{key}: summa {found}, kutilgan {expected}, farq {delta}',
  gateway_differs: '{key}: {found} orqali toʻlangan, VendHub esa {expected} deydi',
  column_differs: '{key}: chekda “{found}”, buyurtma esa “{expected}” bilan toʻlangan',
  refunded_payment_stands: 'Buyurtma qaytarilgan, {gateway} orqali {amount} toʻlov bekor qilinmagan: pulni qaytaring',
  refunded_at_payment_stands:
    'Buyurtma {at} qaytarilgan, {gateway} orqali {amount} toʻlov bekor qilinmagan: pulni qaytaring',
  proof_not_needed: '{key}: “{paymentType}” toʻlovli buyurtmaga bu kerak emas',
  proof_not_live: '{key}: {state}, toʻlov hisoblanmaydi',
  no_rows_that_day: '“{source}” hisobotida {day} kuni birorta ham qator yoʻq: hisobot toʻliqmi?',
  times_run_backwards: 'Avtomat qatoridagi vaqt orqaga ketyapti: yaratilgan {creation}, berilgan {delivery}',
  report_not_loaded: '“{source}” hisoboti {from} — {to} uchun yuklanmagan',
};

export const nearMisses: Texts['nearMisses'] = {
  equally_good: 'Mos keladi, lekin boshqa juftlik ham xuddi shunday mos',
  other_amount: 'Boshqa summa',
  outside_window: '{windowS}lik oraliqdan tashqarida',
  other_gateway: 'Boshqa toʻlov tizimi',
  other_column: 'Chekda toʻlovning boshqa turi',
  other_kind: 'Bunday toʻlovli buyurtmaga bu kerak emas',
  not_live: 'Bekor qilingan, tugallanmagan yoki qaytarilgan: toʻlov hisoblanmaydi',
  forbidden: 'Bogʻlanish qoʻlda taqiqlangan',
  has_proof: 'Buyurtmada bunday tasdiq bor',
  late_order: 'Buyurtma qaytarilgan yoki toʻlanmagan',
  taken_otherwise: 'Mos kelardi, lekin umumiy taqsimotda boshqasiga tegdi',
};
