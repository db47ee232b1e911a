import type { TextTable } from './text.ts';

/**
 * Why a row was refused, or loaded without one of its values; stored as code and parameters with its row, column and
 * value.
 */
export const rowErrorTexts = {
  required_missing: {
    ru: 'Не заполнено обязательное поле',
    en: 'A required field is empty',
    uz: 'Majburiy maydon toʻldirilmagan',
    hint: {
      ru: 'Без этого значения строку нельзя сверить. Заполните ячейку и загрузите файл ещё раз.',
      en: 'The row cannot be reconciled without this value. Fill in the cell and upload the file again.',
      uz: 'Bu qiymatsiz qatorni solishtirib boʻlmaydi. Katakni toʻldirib, faylni yana yuklang.',
    },
  },
  number_unreadable: {
    ru: 'Число не удалось прочитать',
    en: 'The number cannot be read',
    uz: 'Sonni oʻqib boʻlmadi',
    hint: {
      ru: 'Запишите число одними цифрами, например 15000 или 15000.50, как в остальных строках этого столбца.',
      en: 'Write the number in digits, such as 15000 or 15000.50, the way the other rows of this column do.',
      uz: 'Sonni faqat raqamlar bilan yozing, masalan 15000 yoki 15000.50, ustunning boshqa qatorlaridagidek.',
    },
  },
  number_too_large: {
    ru: 'Сумма слишком велика, чтобы быть настоящей',
    en: 'The amount is too large to be real',
    uz: 'Summa haqiqiy boʻlish uchun juda katta',
    hint: {
      ru: 'Проверьте, не попал ли в столбец номер вместо суммы.',
      en: 'Check whether a number of another kind got into this column.',
      uz: 'Ustunga summa oʻrniga raqam tushib qolmaganini tekshiring.',
    },
  },
  money_precision: {
    ru: 'У суммы больше двух знаков после запятой',
    en: 'The amount has more than two decimals',
    uz: 'Summada verguldan keyin ikkitadan koʻp raqam bor',
    hint: {
      ru: 'Округлите сумму до тийина: не больше двух знаков.',
      en: 'Round the amount to two decimals at most.',
      uz: 'Summani ikki xonagacha yaxlitlang.',
    },
  },
  time_unreadable: {
    ru: 'Дату или время не удалось прочитать',
    en: 'The date or time cannot be read',
    uz: 'Sana yoki vaqtni oʻqib boʻlmadi',
    hint: {
      ru: 'Подходят виды 2025-08-04 04:01:30 и 04.08.2025 04:01:30: сначала день, потом месяц, годы с 2000 по 2100.',
      en: 'Use 2025-08-04 04:01:30 or 04.08.2025 04:01:30: the day goes before the month, years 2000 to 2100.',
      uz: 'Mos koʻrinishlar: 2025-08-04 04:01:30 va 04.08.2025 04:01:30: avval kun, keyin oy, yillar 2000–2100.',
    },
  },
  error_cell: {
    ru: 'В ячейке ошибка таблицы вместо значения',
    en: 'The cell holds an error of the spreadsheet instead of a value',
    uz: 'Katakda qiymat oʻrniga jadval xatosi turibdi',
    hint: {
      ru: 'Выгрузите отчёт заново или впишите значение вместо формулы.',
      en: 'Export the report again or write the value instead of the formula.',
      uz: 'Hisobotni qaytadan oling yoki formula oʻrniga qiymatni yozing.',
    },
  },
  id_in_scientific_notation: {
    ru: 'Номер записан как 3,12E+09: его цифры потеряны',
    en: 'The number is written like 3.12E+09: its digits are lost',
    uz: 'Raqam 3,12E+09 koʻrinishida yozilgan: uning raqamlari yoʻqolgan',
    hint: {
      ru: 'Excel сокращает длинные номера при сохранении. Загрузите файл в том виде, в каком его выгрузила система, не открывая в Excel.',
      en: 'Excel shortens long numbers when it saves. Upload the file as the system exported it, without opening it in Excel.',
      uz: 'Excel saqlaganda uzun raqamlarni qisqartiradi. Faylni Excelda ochmasdan, tizim bergan koʻrinishda yuklang.',
    },
  },
  amount_negative: {
    ru: 'Продажа с отрицательной суммой: {amount}',
    en: 'A sale with a negative amount: {amount}',
    uz: 'Manfiy summali sotuv: {amount}',
    hint: {
      ru: 'Если это возврат, он должен быть отмечен в отчёте как возврат. Иначе исправьте сумму.',
      en: 'If it is a return, the report must say so. Otherwise correct the amount.',
      uz: 'Bu qaytarish boʻlsa, hisobotda shunday belgilangan boʻlishi kerak. Aks holda summani tuzating.',
    },
  },
  amount_zero: {
    ru: 'Сумма равна нулю, хотя заказ не VIP и не тестовый',
    en: 'The amount is zero, though the order is neither VIP nor a test',
    uz: 'Summa nolga teng, buyurtma esa VIP ham, sinov ham emas',
    hint: {
      ru: 'Строка загружена, но нулевая сумма ни с чем не сверяется. Проверьте цену.',
      en: 'The row was loaded, but an amount of zero matches nothing. Check the price.',
      uz: 'Qator yuklandi, lekin nol summa hech narsa bilan solishtirilmaydi. Narxni tekshiring.',
    },
  },
  amount_mismatch: {
    ru: 'Сумма чека {amount} не равна наличным {cash} плюс карта {card}',
    en: 'The receipt amount {amount} is not cash {cash} plus card {card}',
    uz: 'Chek summasi {amount} naqd {cash} va karta {card} yigʻindisiga teng emas',
    hint: {
      ru: 'Сверьте чек в кабинете кассы и исправьте строку.',
      en: 'Check the receipt in the cash register cabinet and correct the row.',
      uz: 'Chekni kassa kabinetida tekshirib, qatorni tuzating.',
    },
  },
  row_too_wide: {
    ru: 'В строке {cells} ячеек, а в заголовке {columns}',
    en: 'The row has {cells} cells, the header {columns}',
    uz: 'Qatorda {cells} ta katak, sarlavhada esa {columns} ta',
    hint: {
      ru: 'Обычно лишний разделитель стоит внутри текста без кавычек. Возьмите текст в кавычки или выгрузите отчёт в xlsx.',
      en: 'Usually a delimiter stands inside unquoted text. Quote the text or export the report as xlsx.',
      uz: 'Odatda qoʻshtirnoqsiz matn ichida ortiqcha ajratuvchi turadi. Matnni qoʻshtirnoqqa oling yoki hisobotni xlsx koʻrinishida oling.',
    },
  },
  other_table: {
    ru: 'Строка стоит под заголовком другой таблицы (строка {row})',
    en: 'The row stands below the header of another table (line {row})',
    uz: 'Qator boshqa jadval sarlavhasi ostida turibdi ({row}-qator)',
    hint: {
      ru: 'Сохраните вторую таблицу отдельным листом или файлом и загрузите его.',
      en: 'Save the second table as a sheet or a file of its own and upload that.',
      uz: 'Ikkinchi jadvalni alohida varaq yoki fayl qilib saqlang va yuklang.',
    },
  },
  quoted_lines: {
    ru: 'Ячейка в кавычках занимает {count} переносов строки, можно {max}',
    en: 'A quoted cell holds {count} line breaks, {max} are allowed',
    uz: 'Qoʻshtirnoqli katakda {count} ta satr koʻchirish bor, {max} ta mumkin',
    hint: {
      ru: 'Проверьте кавычки, начиная с этой строки, или выгрузите отчёт в xlsx.',
      en: 'Check the quotes from this line on, or export the report as xlsx.',
      uz: 'Shu qatordan boshlab qoʻshtirnoqlarni tekshiring yoki hisobotni xlsx koʻrinishida oling.',
    },
  },
  quoted_rows: {
    ru: 'Кавычка открывает ячейку, внутри которой стоят целые строки отчёта (по {columns} ячеек)',
    en: 'A quote opens a cell that holds whole rows of the report ({columns} cells each)',
    uz: 'Qoʻshtirnoq ochgan katak ichida hisobotning butun qatorlari turibdi ({columns} tadan katak)',
    hint: {
      ru: 'Закройте или удалите кавычку в этой строке, либо выгрузите отчёт в xlsx. Строки за ней прочитаны отдельно.',
      en: 'Close or delete the quote in this line, or export the report as xlsx. The lines behind it were read on their own.',
      uz: 'Shu qatordagi qoʻshtirnoqni yoping yoki olib tashlang. Undan keyingi qatorlar alohida oʻqildi.',
    },
  },
  text_too_long: {
    ru: 'Текст слишком длинный: {length} знаков, можно {max}',
    en: 'The text is too long: {length} characters, {max} are allowed',
    uz: 'Matn juda uzun: {length} belgi, {max} tagacha mumkin',
    hint: {
      ru: 'Проверьте, не склеились ли в этой ячейке несколько строк файла.',
      en: 'Check whether several lines of the file ran into this cell.',
      uz: 'Bu katakka faylning bir nechta qatori qoʻshilib ketmaganini tekshiring.',
    },
  },
  key_too_long: {
    ru: 'Номера этой строки вместе слишком длинные: {length} знаков, можно {max}',
    en: 'The numbers that identify this row are too long together: {length} characters, {max} are allowed',
    uz: 'Bu qatorning raqamlari birgalikda juda uzun: {length} belgi, {max} tagacha mumkin',
  },
  value_too_long: {
    ru: 'Значение слишком длинное, чтобы быть настоящим',
    en: 'The value is too long to be real',
    uz: 'Qiymat haqiqiy boʻlish uchun juda uzun',
    hint: {
      ru: 'Проверьте, не сдвинуты ли столбцы в этой строке.',
      en: 'Check whether the columns of this row are shifted.',
      uz: 'Bu qatorda ustunlar surilib ketmaganini tekshiring.',
    },
  },
  value_out_of_range: {
    ru: 'Значение за пределами возможного',
    en: 'The value is beyond what is possible',
    uz: 'Qiymat mumkin boʻlgan chegaradan tashqarida',
    hint: {
      ru: 'Проверьте дату или сумму в этой строке.',
      en: 'Check the date or the amount in this row.',
      uz: 'Bu qatordagi sana yoki summani tekshiring.',
    },
  },
  internal_rejected: {
    ru: 'Программа не смогла обработать строку (код {reason}); остальные строки загружены, администратору сообщено',
    en: 'The program could not work on this row (code {reason}); the other rows are loaded, the administrator was told',
    uz: 'Dastur bu qatorni qayta ishlay olmadi (kod: {reason}); qolgan qatorlar yuklandi, administratorga xabar berildi',
    hint: {
      ru: 'Проверьте значения строки и загрузите её ещё раз; если они верны, передайте строку администратору.',
      en: 'Check the values of the row and upload it again; if they are right, hand the row to the administrator.',
      uz: 'Qator qiymatlarini tekshirib, uni yana yuklang; ular toʻgʻri boʻlsa, qatorni administratorga yuboring.',
    },
  },
} as const satisfies TextTable;
