import type { TextTable } from './text.ts';

/** Files that are known for what they are, and that nobody can save as a table. */
export const foreignFormatTexts = {
  'unsupported_format.image': {
    ru: 'Это картинка, а не отчёт: таблиц с картинок программа не читает',
    en: 'This is a picture, not a report: tables are not read from pictures',
    uz: 'Bu rasm, hisobot emas: dastur rasmdagi jadvalni oʻqimaydi',
    hint: {
      ru: 'Скачайте отчёт из кабинета файлом, лучше xlsx или csv.',
      en: 'Download the report from the cabinet as a file, best as xlsx or csv.',
      uz: 'Hisobotni kabinetdan fayl qilib yuklab oling, yaxshisi xlsx yoki csv.',
    },
  },
  'unsupported_format.program': {
    ru: 'Это программа, а не отчёт',
    en: 'This is a program, not a report',
    uz: 'Bu dastur, hisobot emas',
    hint: {
      ru: 'Не открывайте её, если не знаете, откуда она. Отчёт скачайте из кабинета файлом.',
      en: 'Do not open it unless you know where it comes from. Download the report from the cabinet as a file.',
      uz: 'Qayerdan kelganini bilmasangiz, uni ochmang. Hisobotni kabinetdan fayl qilib yuklab oling.',
    },
  },
  'unsupported_format.7z': {
    ru: 'Архив 7z не распаковывается',
    en: 'A 7z archive is not unpacked',
    uz: '7z arxivi ochilmaydi',
    hint: {
      ru: 'Распакуйте его и загрузите отчёты, или запакуйте их в zip.',
      en: 'Unpack it and upload the reports, or pack them as a zip.',
      uz: 'Uni ochib, hisobotlarni yuklang yoki ularni zip qilib joylang.',
    },
  },
  'unsupported_format.gzip': {
    ru: 'Архив gz не распаковывается',
    en: 'A gz archive is not unpacked',
    uz: 'gz arxivi ochilmaydi',
    hint: {
      ru: 'Распакуйте его и загрузите отчёты, или запакуйте их в zip.',
      en: 'Unpack it and upload the reports, or pack them as a zip.',
      uz: 'Uni ochib, hisobotlarni yuklang yoki ularni zip qilib joylang.',
    },
  },
} as const satisfies TextTable;
