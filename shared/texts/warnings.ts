import type { TextTable } from './text.ts';

/** What a file that was loaded should make the operator look at; stored as code and parameters on the file. */
export const warningTexts = {
  tiyin_suspect: {
    ru: 'Суммы похожи на тийины: медиана {median}, ожидалось не больше {limit}',
    en: 'The amounts look like tiyin: the median is {median}, at most {limit} was expected',
    uz: 'Summalar tiyinga oʻxshaydi: mediana {median}, {limit} dan oshmasligi kutilgan edi',
    hint: {
      ru: 'Отчёты загружаются в сумах. Выгрузите отчёт в сумах или проверьте, тот ли это отчёт.',
      en: 'Reports are loaded in UZS. Export the report in UZS or check that it is the right one.',
      uz: 'Hisobotlar soʻmda yuklanadi. Hisobotni soʻmda oling yoki bu oʻsha hisobot ekanini tekshiring.',
    },
  },
  zone_suspect: {
    ru: 'Время в файле, похоже, записано в другом часовом поясе: расхождение {minutes} мин (по {rows} строкам)',
    en: 'The times seem to be in another time zone: {minutes} min off (over {rows} rows)',
    uz: 'Fayldagi vaqt boshqa vaqt mintaqasida yozilganga oʻxshaydi: farq {minutes} daqiqa ({rows} ta qator boʻyicha)',
    hint: {
      ru: 'Время загружено как ташкентское. Проверьте пояс в настройках выгрузки.',
      en: 'The times were loaded as Tashkent time. Check the zone in the export settings.',
      uz: 'Vaqt Toshkent vaqti sifatida yuklandi. Hisobot sozlamalarida vaqt mintaqasini tekshiring.',
    },
  },
  zone_shifted: {
    ru: 'Файл выгружен по времени Китая: всё время в нём сдвинуто на {hours} ч назад (медиана расхождения {minutes} мин по {rows} строкам)',
    en: 'The file was exported in China time: all its times were moved back by {hours} h (median difference {minutes} min over {rows} rows)',
    uz: 'Fayl Xitoy vaqti bilan olingan: hamma vaqt {hours} soat orqaga surildi (farq medianasi {minutes} daqiqa, {rows} ta qator)',
  },
  dates_in_future: {
    ru: 'Строк с датой в будущем: {count}, последняя {latest}',
    en: 'Rows dated in the future: {count}, the last one {latest}',
    uz: 'Kelajak sanali qatorlar: {count}, oxirgisi {latest}',
    hint: {
      ru: 'Проверьте порядок дня и месяца и часы того, кто сделал отчёт.',
      en: 'Check the order of day and month and the clock of whoever made the report.',
      uz: 'Kun va oy tartibini hamda hisobotni tuzganning soatini tekshiring.',
    },
  },
  outlying_dates: {
    ru: 'Даты далеко от остальных ({from} … {to}), строк: {count} (строки {rows})',
    en: 'Dates far from all others ({from} … {to}), rows: {count} (rows {rows})',
    uz: 'Boshqalaridan uzoq sanalar ({from} … {to}), qatorlar: {count} ({rows})',
    hint: {
      ru: 'Строки загружены, но период файла считается без них. Проверьте год и месяц.',
      en: 'The rows were loaded, but do not count for the period of the file. Check year and month.',
      uz: 'Qatorlar yuklandi, lekin fayl davri ularsiz hisoblanadi. Yil va oyni tekshiring.',
    },
  },
  date_time_joined: {
    ru: 'Дата и время стоят в разных столбцах («{date}» и «{time}»): они соединены',
    en: 'Date and time stand in different columns (“{date}” and “{time}”): they were joined',
    uz: 'Sana va vaqt turli ustunlarda (“{date}” va “{time}”): ular birlashtirildi',
  },
  cells_unreadable: {
    ru: 'Ячеек без пригодного значения: {cells}, в строках: {count} (строки {rows}). Строки загружены без этих значений',
    en: 'Cells without a usable value: {cells}, in rows: {count} (rows {rows}). The rows were loaded without these values',
    uz: 'Yaroqli qiymatsiz kataklar: {cells}, qatorlar: {count} ({rows}). Qatorlar bu qiymatlarsiz yuklandi',
    hint: {
      ru: 'Что именно не прочиталось, видно в списке строк с ошибками.',
      en: 'The list of row errors says what could not be read.',
      uz: 'Aynan nima oʻqilmagani xatoli qatorlar roʻyxatida koʻrinadi.',
    },
  },
  cells_beyond_header: {
    ru: 'В строках {rows} есть ячейки в столбцах без заголовка (строк: {count}): они сохранены как дополнительные данные',
    en: 'The rows {rows} have cells in columns without a header (rows: {count}): they were kept as extra data',
    uz: '{rows} qatorlarda sarlavhasiz ustunlarda kataklar bor (qatorlar: {count}): ular qoʻshimcha maʼlumot sifatida saqlandi',
    hint: {
      ru: 'Обычно это заметки рядом с таблицей. Если это данные, подпишите столбец.',
      en: 'Usually these are notes beside the table. If they are data, give the column a header.',
      uz: 'Odatda bu jadval yonidagi izohlar. Maʼlumot boʻlsa, ustunga sarlavha qoʻying.',
    },
  },
  table_beside_skipped: {
    ru: 'На листе «{sheet}» справа от отчёта стоит ещё один ({source}, с колонки {column}): он не загружен',
    en: 'On the sheet “{sheet}” another report ({source}, from column {column}) stands to the right: it was not loaded',
    uz: '“{sheet}” varagʻida hisobotning oʻng tomonida yana biri bor ({source}, {column}-ustundan): u yuklanmadi',
    hint: {
      ru: 'Сохраните его отдельным листом или файлом и загрузите.',
      en: 'Save it as a sheet or a file of its own and upload that.',
      uz: 'Uni alohida varaq yoki fayl qilib saqlang va yuklang.',
    },
  },
  zero_amounts: {
    ru: 'Строк с нулевой суммой, где она не ожидается: {count} (строки {rows})',
    en: 'Rows with an amount of zero where none is expected: {count} (rows {rows})',
    uz: 'Kutilmagan nol summali qatorlar: {count} ({rows})',
    hint: {
      ru: 'Нулевая сумма допустима у VIP и тестовых заказов. Такие строки загружены, но ни с чем не сверяются.',
      en: 'VIP and test orders may cost nothing. These rows were loaded, but match nothing.',
      uz: 'Nol summa VIP va sinov buyurtmalarida mumkin. Bunday qatorlar yuklandi, lekin hech narsa bilan solishtirilmaydi.',
    },
  },
  coarser_values: {
    ru: 'Значения записаны грубее, чем уже известно (строк: {count}, строки {rows}): точные сохранены',
    en: 'Values are written more coarsely than what is known (rows: {count}, rows {rows}): the exact ones were kept',
    uz: 'Qiymatlar maʼlum boʻlganidan qoʻpolroq yozilgan (qatorlar: {count}, {rows}): aniqlari saqlandi',
    hint: {
      ru: 'Обычно файл пересохранён в Excel: пропали секунды или нули в начале номеров. Загружайте отчёт в том виде, в каком его выгрузила система.',
      en: 'Usually the file was saved again in Excel: seconds or zeros in front of numbers are gone. Upload the report as the system exported it.',
      uz: 'Odatda fayl Excelda qayta saqlangan: soniyalar yoki raqamlar boshidagi nollar yoʻqolgan. Hisobotni tizim bergan koʻrinishda yuklang.',
    },
  },
  records_twice: {
    ru: 'Эти записи уже загружены из отчёта, где номера записей были, а здесь их нет, или наоборот (строк: {count}, строки {rows}): они учтены дважды',
    en: 'These records are there already, from a report that had ids where this one has none, or the other way round (rows: {count}, rows {rows}): they count twice',
    uz: 'Bu yozuvlar boshqa hisobotdan allaqachon yuklangan, faqat ulardan birida yozuv raqamlari bor, birida yoʻq (qatorlar: {count}, {rows}): ular ikki marta hisoblangan',
    hint: {
      ru: 'Оставьте отчёт с номерами записей (ID, фискальный модуль), а загрузку другого отмените.',
      en: 'Keep the report with ids (ID, fiscal module) and undo the import of the other one.',
      uz: 'Yozuv raqamlari (ID, fiskal modul) bor hisobotni qoldiring, boshqasining yuklanishini bekor qiling.',
    },
  },
  key_repeated: {
    ru: 'Записей, которые в файле встречаются несколько раз с разными значениями: {count} ({keys}; строки {rows})',
    en: 'Records that occur several times in the file with different values: {count} ({keys}; rows {rows})',
    uz: 'Faylda turli qiymatlar bilan bir necha marta uchraydigan yozuvlar: {count} ({keys}; qatorlar {rows})',
    hint: {
      ru: 'Действует последняя строка, прежние значения видны в истории.',
      en: 'The last row holds; the values before it are in the history.',
      uz: 'Oxirgi qator amal qiladi, oldingi qiymatlar tarixda koʻrinadi.',
    },
  },
  period_overlap: {
    ru: 'За {period} данные уже были, из «{file}». Повторы не удваиваются',
    en: 'Data of {period} was there already, from “{file}”. Repeated rows count once',
    uz: '{period} uchun maʼlumot avval ham bor edi, “{file}” faylidan. Takroriy qatorlar ikki marta hisoblanmaydi',
    hint: {
      ru: 'Если загружали другой период, проверьте, тот ли это файл.',
      en: 'If you meant another period, check that this is the right file.',
      uz: 'Boshqa davrni yuklamoqchi boʻlsangiz, oʻsha fayl ekanini tekshiring.',
    },
  },
  'period_overlap.several': {
    ru: 'За {period} данные уже были, из «{file}» и других файлов (всего {files}). Повторы не удваиваются',
    en: 'Data of {period} was there already, from “{file}” and others ({files} files in all). Repeated rows count once',
    uz: '{period} uchun maʼlumot avval ham bor edi, “{file}” va boshqa fayllardan (jami {files} ta). Takroriy qatorlar ikki marta hisoblanmaydi',
    hint: {
      ru: 'Если загружали другой период, проверьте, тот ли это файл.',
      en: 'If you meant another period, check that this is the right file.',
      uz: 'Boshqa davrni yuklamoqchi boʻlsangiz, oʻsha fayl ekanini tekshiring.',
    },
  },
  number_style_ambiguous: {
    ru: 'Столбец «{column}» можно прочитать двояко, например {value}: знак принят за разделитель тысяч',
    en: 'The column “{column}” can be read in two ways, for example {value}: the sign was taken as thousands separator',
    uz: '“{column}” ustunini ikki xil oʻqish mumkin, masalan {value}: belgi minglik ajratuvchi deb olindi',
    hint: {
      ru: 'Если это дробная часть, укажите вид чисел для этого столбца и загрузите файл ещё раз.',
      en: 'If it is the decimal sign, set the number style of this column and load the file again.',
      uz: 'Agar bu kasr qismi boʻlsa, shu ustun uchun son yozuvini koʻrsatib, faylni yana yuklang.',
    },
  },
  no_status_column: {
    ru: 'В отчёте нет столбца со статусом: все платежи приняты как успешные',
    en: 'The report has no status column: all payments were taken as successful',
    uz: 'Hisobotda status ustuni yoʻq: hamma toʻlov muvaffaqiyatli deb olindi',
    hint: {
      ru: 'Отменённые платежи в таком отчёте не видны. Выгрузите его со статусом.',
      en: 'Cancelled payments do not show in it. Export it with the status.',
      uz: 'Bunday hisobotda bekor qilingan toʻlovlar koʻrinmaydi. Uni status bilan oling.',
    },
  },
  no_operation_column: {
    ru: 'В отчёте нет столбца с операцией: все чеки приняты как продажи',
    en: 'The report has no operation column: all receipts were taken as sales',
    uz: 'Hisobotda amal ustuni yoʻq: hamma chek sotuv deb olindi',
    hint: {
      ru: 'Возвраты в таком отчёте не видны. Выгрузите его с операцией.',
      en: 'Returns do not show in it. Export it with the operation.',
      uz: 'Bunday hisobotda qaytarishlar koʻrinmaydi. Uni amal ustuni bilan oling.',
    },
  },
  unknown_status_values: {
    ru: 'Незнакомые значения в столбце «{column}»: {values} (строк: {count})',
    en: 'Unknown values in the column “{column}”: {values} (rows: {count})',
    uz: '“{column}” ustunida notanish qiymatlar: {values} (qatorlar: {count})',
    hint: {
      ru: 'Такие строки сохранены и показаны, но ни оплатой, ни продажей не считаются.',
      en: 'These rows are kept and shown, but count neither as a payment nor as a sale.',
      uz: 'Bunday qatorlar saqlanadi va koʻrsatiladi, lekin toʻlov ham, sotuv ham hisoblanmaydi.',
    },
  },
  encoding_damaged: {
    ru: 'В файле есть повреждённые знаки ({encoding}): они заменены на �',
    en: 'The file holds damaged characters ({encoding}): they were replaced by �',
    uz: 'Faylda buzilgan belgilar bor ({encoding}): ular � bilan almashtirildi',
    hint: {
      ru: 'Выгрузите отчёт ещё раз, если имена прочитались неверно.',
      en: 'Export the report again if names were read wrongly.',
      uz: 'Nomlar notoʻgʻri oʻqilgan boʻlsa, hisobotni qaytadan oling.',
    },
  },
  hidden_sheet_skipped: {
    ru: 'Скрытый лист «{sheet}» не прочитан',
    en: 'The hidden sheet “{sheet}” was not read',
    uz: '“{sheet}” yashirin varagʻi oʻqilmadi',
    hint: {
      ru: 'Если он нужен, покажите его в Excel и загрузите файл снова.',
      en: 'If it is needed, unhide it in Excel and upload the file again.',
      uz: 'Kerak boʻlsa, uni Excelda koʻrsating va faylni qaytadan yuklang.',
    },
  },
  small_sheets_skipped: {
    ru: 'Кроме отчёта в файле есть ещё листы или таблицы, слишком маленькие для отчёта ({count}): {sheets}. Они не прочитаны',
    en: 'Beside the report the file holds sheets or tables too small for a report ({count}): {sheets}. They were not read',
    uz: 'Faylda hisobotdan tashqari hisobot uchun juda kichik varaq yoki jadvallar bor ({count}): {sheets}. Ular oʻqilmadi',
    hint: {
      ru: 'Если там есть продажи или платежи, загрузите этот лист отдельным файлом.',
      en: 'If they hold sales or payments, upload that sheet as a file of its own.',
      uz: 'Agar ularda savdo yoki toʻlovlar boʻlsa, oʻsha varaqni alohida fayl qilib yuklang.',
    },
  },
  sheet_without_part: {
    ru: 'Лист «{sheet}» назван в книге, но его содержимого в файле нет: он пропущен',
    en: 'The workbook names the sheet “{sheet}” but does not hold it: it was skipped',
    uz: '“{sheet}” varagʻi kitobda nomlangan, ammo faylda uning mazmuni yoʻq: oʻtkazib yuborildi',
    hint: {
      ru: 'Выгрузите отчёт заново, если на этом листе были данные.',
      en: 'Export the report again if that sheet held data.',
      uz: 'Bu varaqda maʼlumot boʻlgan boʻlsa, hisobotni qaytadan oling.',
    },
  },
  nul_removed: {
    ru: 'Из файла убраны нулевые знаки',
    en: 'NUL characters were removed from the file',
    uz: 'Fayldan nol belgilar olib tashlandi',
  },
  extension_mismatch: {
    ru: 'Файл назван .{extension}, а содержит {format}: прочитан по содержимому',
    en: 'The file is named .{extension} but holds {format}: it was read by its content',
    uz: 'Fayl .{extension} deb nomlangan, ichida esa {format}: mazmuni boʻyicha oʻqildi',
  },
  times_disagree: {
    ru: 'Строк, в которых время идёт назад: {count} (строки {rows}): выдача, оплата или возврат раньше создания заказа',
    en: 'Rows whose times run backwards: {count} (rows {rows}): delivery, payment or refund before the order was created',
    uz: 'Vaqti orqaga ketgan qatorlar: {count} (qatorlar {rows}): berish, toʻlov yoki qaytarish buyurtma yaratilishidan oldin',
    hint: {
      ru: 'Строки загружены; чек и платёж искались по времени создания. Проверьте часы автомата.',
      en: 'The rows are loaded; receipt and payment were looked for around the creation. Check the clock of the machine.',
      uz: 'Qatorlar yuklandi; chek va toʻlov yaratilish vaqti boʻyicha qidirildi. Avtomat soatini tekshiring.',
    },
  },
  empty_days: {
    ru: 'Дней без единой строки: {count} ({days}), хотя в других отчётах продажи за эти дни есть',
    en: 'Days without a single row: {count} ({days}), although other reports have sales of these days',
    uz: 'Birorta ham qatorsiz kunlar: {count} ({days}), boshqa hisobotlarda esa bu kunlarning sotuvi bor',
    hint: {
      ru: 'Файл считается полным за весь свой период. Проверьте, полон ли отчёт, и загрузите недостающие дни.',
      en: 'The file counts as complete for its whole period. Check whether the report is complete and upload the missing days.',
      uz: 'Fayl butun davri uchun toʻliq hisoblanadi. Hisobot toʻliqmi, tekshiring va yetishmagan kunlarni yuklang.',
    },
  },
} as const satisfies TextTable;
