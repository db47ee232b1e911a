import type { Messages } from '../ru/index.ts';

export const helpTexts: Pick<Messages, 'help' | 'todo' | 'fetch'> = {
  help: { title: 'Bu nimani anglatadi va nima qilish kerak', lack: 'Nima yetishmaydi' },
  /** What to do about a status or an issue. */
  todo: {
    hw_only: 'VendHub’dan shu kunni yana bir marta oling. Sotuv u yerda boʻlmasa, uni VendHub’ga kiriting.',
    vendhub_only: 'Shu kunning Happy Workers hisobotini yuklang. Buyurtma unda boʻlmasa, avtomatni tekshiring.',
    payme_only:
      'Shu kunning avtomat va VendHub hisobotlarini yuklang. Buyurtma ularda ham boʻlmasa, pulni xaridorga qaytaring.',
    click_only:
      'Shu kunning avtomat va VendHub hisobotlarini yuklang. Buyurtma ularda ham boʻlmasa, pulni xaridorga qaytaring.',
    uzum_only:
      'Shu kunning avtomat va VendHub hisobotlarini yuklang. Buyurtma ularda ham boʻlmasa, pulni xaridorga qaytaring.',
    fiscal_only:
      'Shu kunning avtomat va VendHub hisobotlarini yuklang. Sotuv boʻlmagan boʻlsa, qaytarish chekini chiqaring.',
    matched: 'Shu kunning toʻlov hisoboti hali yuklanmagan boʻlsa, uni yuklang.',
    fiscal_mismatch:
      'Chekni kassa kabinetidan qidiring. Yoʻq boʻlsa, chiqaring; summasi boshqa boʻlsa, qaytarish cheki bilan tuzating.',
    gateway_mismatch:
      'Toʻlovni toʻlov tizimi kabinetidan qidiring. Pul kelmagan boʻlsa, xaridor yoki avtomat bilan aniqlang.',
    price_mismatch: 'Avtomatdagi va VendHub’dagi narxni solishtirib, notoʻgʻrisini tuzating.',
    time_out_of_range: 'Avtomat soatini tekshiring. Bu oʻsha buyurtma boʻlsa, shundayligicha qabul qiling.',
    ambiguous_match: 'Yuqoridagi nomzodlardan toʻgʻri yozuvni tanlab, buyurtmaga bogʻlang.',
    number_conflict: 'Hisobotlarda begona qatorlar yoʻqligini tekshiring: bitta raqam ikki avtomatda boʻlmaydi.',
    delivery_failed_but_paid: 'Pulni toʻlov tizimi kabinetida yoki naqd qaytaring va qarorni yozing.',
    refund_not_executed: 'Toʻlovni toʻlov tizimi kabinetida bekor qiling va uning hisobotini yana yuklang.',
    duplicate_receipt:
      'Kassa kabinetida chek ikki marta chiqarilmaganini tekshiring; ortiqchasini qaytarish cheki bilan yoping.',
    duplicate_payment: 'Xaridor ikki marta toʻlamaganini tekshiring; ikkinchi toʻlovni qaytaring.',
    excess_receipt: 'Buyurtmaning toʻlov turini tekshiring. Chek ortiqcha boʻlsa, uni qaytarish cheki bilan yoping.',
    excess_payment: 'Buyurtmaning toʻlov turini tekshiring. Toʻlov ortiqcha boʻlsa, uni qaytaring.',
    fiscal_amount_diff: 'Chekni buyurtma bilan solishtirib, kassa kabinetida tuzating.',
    gateway_wrong: 'VendHub’dagi toʻlov tizimini tuzating yoki shundayligicha qabul qiling.',
    payment_type_conflict: 'Aslida qanday toʻlanganini aniqlab, notoʻgʻri yozuvni tuzating.',
    payment_type_unknown: 'Bu nomni administratorga yuboring; ungacha toʻlov solishtirilmaydi.',
    code_disagrees_with_number: 'Avtomat platasi almashtirilmaganini va hisobotdagi kod toʻgʻriligini tekshiring.',
    times_disagree: 'Avtomat soatini tekshiring; buyurtmaning oʻzi yaratilish vaqti boʻyicha hisobga olingan.',
  },
  /** Where each report is fetched. */
  fetch: {
    happy_workers: 'Hisobot: Happy Workers kabineti, shu kunlar buyurtmalari.',
    vendhub: 'Hisobot: VendHub kabineti, shu kunlar sotuvlari.',
    fiscal_bills: 'Hisobot: kassa kabineti, shu kunlar cheklari.',
    payme: 'Hisobot: Payme sotuvchi kabineti, shu kunlar toʻlovlari.',
    click: 'Hisobot: Click sotuvchi kabineti, shu kunlar toʻlovlari.',
    uzum: 'Hisobot: Uzum sotuvchi kabineti, shu kunlar toʻlovlari.',
  },
};
