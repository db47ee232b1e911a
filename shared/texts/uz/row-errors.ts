import type { Texts } from '../en/index.ts';

export const rowErrors: Texts['rowErrors'] = {
  required_missing: {
    text: 'Majburiy maydon toʻldirilmagan',
    hint: 'Bu qiymatsiz qatorni solishtirib boʻlmaydi. Katakni toʻldirib, faylni yana yuklang.',
  },
  number_unreadable: {
    text: 'Sonni oʻqib boʻlmadi',
    hint: 'Sonni faqat raqamlar bilan yozing, masalan 15000 yoki 15000.50, ustunning boshqa qatorlaridagidek.',
  },
  number_too_large: {
    text: 'Summa haqiqiy boʻlish uchun juda katta',
    hint: 'Ustunga summa oʻrniga raqam tushib qolmaganini tekshiring.',
  },
  money_precision: {
    text: 'Summada verguldan keyin ikkitadan koʻp raqam bor',
    hint: 'Summani ikki xonagacha yaxlitlang.',
  },
  time_unreadable: {
    text: 'Sana yoki vaqtni oʻqib boʻlmadi',
    hint: 'Mos koʻrinishlar: 2025-08-04 04:01:30 va 04.08.2025 04:01:30: avval kun, keyin oy, yillar 2000–2100.',
  },
  error_cell: {
    text: 'Katakda qiymat oʻrniga jadval xatosi turibdi',
    hint: 'Hisobotni qaytadan oling yoki formula oʻrniga qiymatni yozing.',
  },
  id_in_scientific_notation: {
    text: 'Raqam 3,12E+09 koʻrinishida yozilgan: uning raqamlari yoʻqolgan',
    hint: 'Excel saqlaganda uzun raqamlarni qisqartiradi. Faylni Excelda ochmasdan, tizim bergan koʻrinishda yuklang.',
  },
  formula_without_value: {
    text: 'Katakda formula bor, uning natijasi esa saqlanmagan',
    hint: 'Faylni jadval dasturida oching, saqlang va qayta yuklang yoki formulalar oʻrniga qiymatlarni qoʻying.',
  },
  amount_negative: {
    text: 'Manfiy summali sotuv: {amount}',
    hint: 'Bu qaytarish boʻlsa, hisobotda shunday belgilangan boʻlishi kerak. Aks holda summani tuzating.',
  },
  amount_zero: {
    text: 'Summa nolga teng, buyurtma esa VIP ham, sinov ham emas',
    hint: 'Qator yuklandi, lekin nol summa hech narsa bilan solishtirilmaydi. Narxni tekshiring.',
  },
  amount_mismatch: {
    text: 'Chek summasi {amount} naqd {cash} va karta {card} yigʻindisiga teng emas',
    hint: 'Chekni kassa kabinetida tekshirib, qatorni tuzating.',
  },
  row_too_wide: {
    text: 'Qatorda {cells} ta katak, sarlavhada esa {columns} ta',
    hint: 'Odatda qoʻshtirnoqsiz matn ichida ortiqcha ajratuvchi turadi. Matnni qoʻshtirnoqqa oling yoki hisobotni xlsx koʻrinishida oling.',
  },
  cell_cut: {
    text: 'Fayl shu katakda uzilib qolgan',
    hint: 'Fayl oxirigacha yuklab olinmagan yoki nusxalanmagan. Uni qaytadan yuklab oling: yuklangani qoladi.',
  },
  other_table: {
    text: 'Qator boshqa jadval sarlavhasi ostida turibdi ({row}-qator)',
    hint: 'Ikkinchi jadvalni alohida varaq yoki fayl qilib saqlang va yuklang.',
  },
  quoted_lines: {
    text: 'Qoʻshtirnoqli katakda {count} ta satr koʻchirish bor, {max} ta mumkin',
    hint: 'Shu qatordan boshlab qoʻshtirnoqlarni tekshiring yoki hisobotni xlsx koʻrinishida oling.',
  },
  record_unreadable: {
    text: 'Yozuvni oʻqib boʻlmadi: bu notoʻgʻri JSON',
    hint: 'Uni tuzating yoki hisobotni qaytadan yuklab oling. Boshqa yozuvlar yuklandi.',
  },
  quoted_rows: {
    text: 'Qoʻshtirnoq ochgan katak ichida hisobotning butun qatorlari turibdi ({columns} tadan katak)',
    hint: 'Shu qatordagi qoʻshtirnoqni yoping yoki olib tashlang. Undan keyingi qatorlar alohida oʻqildi.',
  },
  text_too_long: {
    text: 'Matn juda uzun: {length} belgi, {max} tagacha mumkin',
    hint: 'Bu katakka faylning bir nechta qatori qoʻshilib ketmaganini tekshiring.',
  },
  key_too_long: 'Bu qatorning raqamlari birgalikda juda uzun: {length} belgi, {max} tagacha mumkin',
  value_too_long: {
    text: 'Qiymat haqiqiy boʻlish uchun juda uzun',
    hint: 'Bu qatorda ustunlar surilib ketmaganini tekshiring.',
  },
  value_out_of_range: {
    text: 'Qiymat mumkin boʻlgan chegaradan tashqarida',
    hint: 'Bu qatordagi sana yoki summani tekshiring.',
  },
  internal_rejected: {
    text: 'Dastur bu qatorni qayta ishlay olmadi (kod: {reason}); qolgan qatorlar yuklandi, administratorga xabar berildi',
    hint: 'Qator qiymatlarini tekshirib, uni yana yuklang; ular toʻgʻri boʻlsa, qatorni administratorga yuboring.',
  },
};
