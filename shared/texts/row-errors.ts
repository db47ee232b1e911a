import type { TextTable } from './text.ts';

/** Why a row was refused, or loaded without one of its values; stored as code and parameters with its row, column and value. */
export const rowErrorTexts = {
  required_missing: {
    ru: 'Не заполнено обязательное поле',
    en: 'A required field is empty',
    hint: {
      ru: 'Без этого значения строку нельзя сверить. Заполните ячейку и загрузите файл ещё раз.',
      en: 'The row cannot be reconciled without this value. Fill in the cell and upload the file again.',
    },
  },
  number_unreadable: {
    ru: 'Число не удалось прочитать',
    en: 'The number cannot be read',
    hint: {
      ru: 'Запишите число одними цифрами, например 15000 или 15000.50, как в остальных строках этой колонки.',
      en: 'Write the number in digits, such as 15000 or 15000.50, the way the other rows of this column do.',
    },
  },
  number_too_large: {
    ru: 'Сумма слишком велика, чтобы быть настоящей',
    en: 'The amount is too large to be real',
    hint: {
      ru: 'Проверьте, не попал ли в колонку номер вместо суммы.',
      en: 'Check whether a number of another kind got into this column.',
    },
  },
  money_precision: {
    ru: 'У суммы больше двух знаков после запятой',
    en: 'The amount has more than two decimals',
    hint: { ru: 'Округлите сумму до тийина: не больше двух знаков.', en: 'Round the amount to two decimals at most.' },
  },
  time_unreadable: {
    ru: 'Дату или время не удалось прочитать',
    en: 'The date or time cannot be read',
    hint: {
      ru: 'Подходят виды 2025-08-04 04:01:30 и 04.08.2025 04:01:30: сначала день, потом месяц, годы с 2000 по 2100.',
      en: 'Use 2025-08-04 04:01:30 or 04.08.2025 04:01:30: the day goes before the month, years 2000 to 2100.',
    },
  },
  error_cell: {
    ru: 'В ячейке ошибка таблицы вместо значения',
    en: 'The cell holds an error of the spreadsheet instead of a value',
    hint: {
      ru: 'Выгрузите отчёт заново или впишите значение вместо формулы.',
      en: 'Export the report again or write the value instead of the formula.',
    },
  },
  id_in_scientific_notation: {
    ru: 'Номер записан как 3,12E+09: его цифры потеряны',
    en: 'The number is written like 3.12E+09: its digits are lost',
    hint: {
      ru: 'Excel сокращает длинные номера при сохранении. Загрузите файл в том виде, в каком его выгрузила система, не открывая в Excel.',
      en: 'Excel shortens long numbers when it saves. Upload the file as the system exported it, without opening it in Excel.',
    },
  },
  amount_negative: {
    ru: 'Продажа с отрицательной суммой: {amount}',
    en: 'A sale with a negative amount: {amount}',
    hint: {
      ru: 'Если это возврат, он должен быть отмечен в отчёте как возврат. Иначе исправьте сумму.',
      en: 'If it is a return, the report must say so. Otherwise correct the amount.',
    },
  },
  amount_zero: {
    ru: 'Сумма равна нулю, хотя заказ не VIP и не тестовый',
    en: 'The amount is zero, though the order is neither VIP nor a test',
    hint: {
      ru: 'Строка загружена, но нулевая сумма ни с чем не сверяется. Проверьте цену.',
      en: 'The row was loaded, but an amount of zero matches nothing. Check the price.',
    },
  },
  amount_mismatch: {
    ru: 'Сумма чека {amount} не равна наличным {cash} плюс карта {card}',
    en: 'The receipt amount {amount} is not cash {cash} plus card {card}',
    hint: {
      ru: 'Сверьте чек в кабинете кассы и исправьте строку.',
      en: 'Check the receipt in the cash register cabinet and correct the row.',
    },
  },
  row_too_wide: {
    ru: 'В строке {cells} ячеек, а в заголовке {columns}',
    en: 'The row has {cells} cells, the header {columns}',
    hint: {
      ru: 'Обычно лишний разделитель стоит внутри текста без кавычек. Возьмите текст в кавычки или выгрузите отчёт в xlsx.',
      en: 'Usually a delimiter stands inside unquoted text. Quote the text or export the report as xlsx.',
    },
  },
  quoted_lines: {
    ru: 'Ячейка в кавычках занимает {count} переносов строки, можно {max}',
    en: 'A quoted cell holds {count} line breaks, {max} are allowed',
    hint: {
      ru: 'Проверьте кавычки, начиная с этой строки, или выгрузите отчёт в xlsx.',
      en: 'Check the quotes from this line on, or export the report as xlsx.',
    },
  },
  quoted_rows: {
    ru: 'Кавычка открывает ячейку, внутри которой стоят целые строки отчёта (по {columns} ячеек)',
    en: 'A quote opens a cell that holds whole rows of the report ({columns} cells each)',
    hint: {
      ru: 'Закройте или удалите кавычку в этой строке, либо выгрузите отчёт в xlsx. Строки за ней прочитаны отдельно.',
      en: 'Close or delete the quote in this line, or export the report as xlsx. The lines behind it were read on their own.',
    },
  },
  text_too_long: {
    ru: 'Текст слишком длинный: {length} знаков, можно {max}',
    en: 'The text is too long: {length} characters, {max} are allowed',
    hint: {
      ru: 'Проверьте, не склеились ли в этой ячейке несколько строк файла.',
      en: 'Check whether several lines of the file ran into this cell.',
    },
  },
  key_too_long: {
    ru: 'Номера этой строки вместе слишком длинные: {length} знаков, можно {max}',
    en: 'The numbers that identify this row are too long together: {length} characters, {max} are allowed',
  },
  value_too_long: {
    ru: 'Значение слишком длинное, чтобы быть настоящим',
    en: 'The value is too long to be real',
    hint: {
      ru: 'Проверьте, не сдвинуты ли колонки в этой строке.',
      en: 'Check whether the columns of this row are shifted.',
    },
  },
  value_out_of_range: {
    ru: 'Значение за пределами возможного',
    en: 'The value is beyond what is possible',
    hint: { ru: 'Проверьте дату или сумму в этой строке.', en: 'Check the date or the amount in this row.' },
  },
  internal_rejected: {
    ru: 'Программа не смогла обработать строку (код {reason}); остальные строки загружены, администратору сообщено',
    en: 'The program could not work on this row (code {reason}); the other rows are loaded, the administrator was told',
    hint: {
      ru: 'Проверьте значения строки и загрузите её ещё раз; если они верны, передайте строку администратору.',
      en: 'Check the values of the row and upload it again; if they are right, hand the row to the administrator.',
    },
  },
} as const satisfies TextTable;
