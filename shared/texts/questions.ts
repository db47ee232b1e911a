import type { TextTable } from './text.ts';

/** What the operator is asked when headers do not decide which report a file is (rules.md 3). */
export const questionTexts = {
  source_unknown: {
    ru: 'Не удалось уверенно понять, что это за отчёт: знакомых столбцов не больше {percent}\u00a0%',
    en: 'It is not certain which report this is: at most {percent}\u00a0% of its columns are known',
    uz: 'Bu qaysi hisobot ekanini aniq bilib boʻlmadi: tanish ustunlar {percent}\u00a0% dan oshmaydi',
    hint: {
      ru: 'Выберите источник и укажите, какой столбец что содержит. Или загрузите отчёт в том виде, в каком его выгружает система.',
      en: 'Choose the source and say what each column holds. Or upload the report as the system exports it.',
      uz: 'Manbani tanlang va qaysi ustunda nima borligini koʻrsating. Yoki hisobotni tizim bergan koʻrinishda yuklang.',
    },
  },
  source_ambiguous: {
    ru: 'Отчёт одинаково похож на несколько источников: {sources}. Чей он?',
    en: 'The report fits several sources equally well: {sources}. Whose is it?',
    uz: 'Hisobot bir nechta manbaga birdek oʻxshaydi: {sources}. Qaysi biri?',
    hint: {
      ru: 'Выберите источник. Выбор можно запомнить для файлов с такими же столбцами.',
      en: 'Choose the source. The choice can be remembered for files with the same columns.',
      uz: 'Manbani tanlang. Tanlovni shunday ustunli fayllar uchun eslab qolish mumkin.',
    },
  },
  source_incomplete: {
    ru: 'Похоже на отчёт {source}, но нет столбца, без которого строки нельзя использовать: {headers}',
    en: 'This looks like a report of {source}, but a column that its rows need is missing: {headers}',
    uz: '{source} hisobotiga oʻxshaydi, lekin qatorlar uchun zarur ustun yoʻq: {headers}',
    hint: {
      ru: 'Укажите, в каком столбце это записано, или выгрузите отчёт со всеми столбцами.',
      en: 'Say which column holds it, or export the report with all its columns.',
      uz: 'Bu qaysi ustunda yozilganini koʻrsating yoki hisobotni hamma ustunlari bilan oling.',
    },
  },
  source_not_exclusive: {
    ru: 'Это может быть отчёт {source}, но все его столбцы встречаются и в других отчётах. Это он?',
    en: 'This may be a report of {source}, but all its columns occur in other reports too. Is it?',
    uz: 'Bu {source} hisoboti boʻlishi mumkin, lekin ustunlari boshqa hisobotlarda ham uchraydi. Shumi?',
    hint: {
      ru: 'Подтвердите источник или выберите другой.',
      en: 'Confirm the source or choose another.',
      uz: 'Manbani tasdiqlang yoki boshqasini tanlang.',
    },
  },
  mapping_drift: {
    ru: 'Для отчёта {source} запомнено, что содержит каждый столбец, но столбцы изменились. Новые: {added}. Исчезли: {removed}',
    en: 'What each column of this report of {source} holds is remembered, but the columns have changed. New: {added}. Gone: {removed}',
    uz: '{source} hisobotining qaysi ustunida nima borligi eslab qolingan, lekin ustunlar oʻzgargan. Yangi: {added}. Yoʻqolgan: {removed}',
    hint: {
      ru: 'Примите изменение, если это тот же отчёт, или укажите столбцы заново.',
      en: 'Accept the change if it is the same report, or say anew what the columns hold.',
      uz: 'Bu oʻsha hisobot boʻlsa, oʻzgarishni qabul qiling yoki ustunlarni qaytadan koʻrsating.',
    },
  },
  records_would_be_replaced: {
    ru: 'Строк {count} из {rows} перезаписали бы другие записи с теми же номерами. Например: {samples}',
    en: '{count} of {rows} rows would overwrite other records of the same ids. For example: {samples}',
    uz: '{rows} ta qatordan {count} tasi shu raqamli boshqa yozuvlarni almashtirib yuborardi. Masalan: {samples}',
    hint: {
      ru: 'Если нумерация началась заново, загрузите строки как новые. Если это исправленный отчёт, замените записи. Иначе отмените файл.',
      en: 'If the ids started again, load the rows as new ones. If it is a corrected report, replace the records. Otherwise cancel the file.',
      uz: 'Raqamlash qaytadan boshlangan boʻlsa, qatorlarni yangi deb yuklang. Tuzatilgan hisobot boʻlsa, yozuvlarni almashtiring. Aks holda faylni bekor qiling.',
    },
  },
  times_without_clock: {
    ru: 'В столбце «{column}» почти одни даты без времени: {count} из {rows}. Загрузить их как полночь?',
    en: 'The column “{column}” holds hardly anything but dates without a time: {count} of {rows}. Load them as midnight?',
    uz: '“{column}” ustunida deyarli faqat vaqtsiz sanalar bor: {rows} tadan {count} tasi. Ular yarim tun deb yuklansinmi?',
    hint: {
      ru: 'Без времени заказы и оплаты не сопоставить. Лучше выгрузите отчёт со временем; если его нет, подтвердите полночь.',
      en: 'Orders and payments cannot be matched without a time. Better export the report with it; if there is none, accept midnight.',
      uz: 'Vaqtsiz buyurtma va toʻlovlarni solishtirib boʻlmaydi. Hisobotni vaqti bilan oling; boʻlmasa, yarim tunni tasdiqlang.',
    },
  },
  date_order_ambiguous: {
    ru: 'Даты в столбце «{column}» можно прочитать двояко, например {value}: сначала день ({dayFirstDays} дн.) или сначала месяц ({monthFirstDays} дн.)?',
    en: 'The dates in the column “{column}” can be read in two ways, for example {value}: day first ({dayFirstDays} days) or month first ({monthFirstDays} days)?',
    uz: '“{column}” ustunidagi sanalarni ikki xil oʻqish mumkin, masalan {value}: avval kun ({dayFirstDays} kun) yoki avval oy ({monthFirstDays} kun)?',
    hint: {
      ru: 'Скажите, что стоит первым. Американский Excel пишет сначала месяц.',
      en: 'Say which comes first. An American Excel writes the month first.',
      uz: 'Qaysi biri birinchi turishini ayting. Amerika Exceli avval oyni yozadi.',
    },
  },
} as const satisfies TextTable;
