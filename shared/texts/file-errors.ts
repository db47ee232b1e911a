import { foreignFormatTexts } from './foreign-formats.ts';
import type { TextTable } from './text.ts';

/**
 * Why a file as a whole was not loaded (api.md section 4, Upload answers). `bad_file` and `archive_limit` come in
 * kinds: `code.reason` and `code.limit` of the parameters, each with a sentence of its own; so do foreign formats that
 * nobody can save as a table.
 */
export const fileErrorTexts = {
  empty_file: {
    ru: 'Файл пуст',
    en: 'The file is empty',
    uz: 'Fayl boʻsh',
    hint: {
      ru: 'Выгрузите отчёт заново и проверьте, что в нём есть строки.',
      en: 'Export the report again and check that it has rows.',
      uz: 'Hisobotni qaytadan oling va unda qatorlar borligini tekshiring.',
    },
  },
  bad_file: {
    ru: 'Файл не удалось прочитать: он повреждён или это не отчёт',
    en: 'The file cannot be read: it is damaged or not a report',
    uz: 'Faylni oʻqib boʻlmadi: u buzilgan yoki hisobot emas',
    hint: {
      ru: 'Выгрузите отчёт заново, лучше в xlsx или csv.',
      en: 'Export the report again, best as xlsx or csv.',
      uz: 'Hisobotni qaytadan oling, yaxshisi xlsx yoki csv koʻrinishida.',
    },
  },
  'bad_file.not_text': {
    ru: 'Это ни таблица, ни текст: формат файла неизвестен',
    en: 'This is neither a table nor text: the format of the file is unknown',
    uz: 'Bu jadval ham, matn ham emas: fayl formati nomaʼlum',
    hint: {
      ru: 'Выгрузите отчёт в xlsx или csv.',
      en: 'Export the report as xlsx or csv.',
      uz: 'Hisobotni xlsx yoki csv koʻrinishida oling.',
    },
  },
  'bad_file.truncated': {
    ru: 'Файл обрывается: он сохранён или передан не целиком',
    en: 'The file breaks off: it was not saved or sent completely',
    uz: 'Fayl oxirigacha emas: toʻliq saqlanmagan yoki yuborilmagan',
    hint: {
      ru: 'Скачайте или выгрузите его заново.',
      en: 'Download or export it again.',
      uz: 'Uni qaytadan yuklab oling.',
    },
  },
  'bad_file.damaged': {
    ru: 'Файл повреждён: содержимое не сходится с его описанием',
    en: 'The file is damaged: its content does not agree with its description',
    uz: 'Fayl buzilgan: mazmuni tavsifiga mos emas',
    hint: {
      ru: 'Скачайте или выгрузите его заново.',
      en: 'Download or export it again.',
      uz: 'Uni qaytadan yuklab oling.',
    },
  },
  'bad_file.compression': {
    ru: 'Файл сжат редким способом, который не поддерживается',
    en: 'The file is compressed by a rare method that is not supported',
    uz: 'Fayl kam uchraydigan, qoʻllab-quvvatlanmaydigan usulda siqilgan',
    hint: { ru: 'Запакуйте его обычным zip.', en: 'Pack it as an ordinary zip.', uz: 'Uni oddiy zip qilib joylang.' },
  },
  'bad_file.record_too_long': {
    ru: 'Одна запись файла длиннее {max} знаков: это не таблица',
    en: 'One record of the file is longer than {max} characters: this is not a table',
    uz: 'Fayldagi bitta yozuv {max} belgidan uzun: bu jadval emas',
  },
  'bad_file.cell_too_long': {
    ru: 'Одна из ячеек длиннее {max} знаков: это не отчёт',
    en: 'One of the cells is longer than {max} characters: this is not a report',
    uz: 'Katakchalardan biri {max} belgidan uzun: bu hisobot emas',
  },
  'bad_file.too_many_columns': {
    ru: 'В строке {row} больше {max} столбцов',
    en: 'Row {row} has more than {max} columns',
    uz: '{row}-qatorda {max} tadan koʻp ustun bor',
    hint: {
      ru: 'Удалите лишнее справа от таблицы.',
      en: 'Delete what stands to the right of the table.',
      uz: 'Jadvaldan oʻngdagi ortiqcha narsalarni oʻchiring.',
    },
  },
  'bad_file.too_many_rows': {
    ru: 'В файле больше {max} строк',
    en: 'The file has more than {max} rows',
    uz: 'Faylda {max} tadan koʻp qator bor',
    hint: {
      ru: 'Выгрузите отчёт за меньший период.',
      en: 'Export the report for a shorter period.',
      uz: 'Hisobotni qisqaroq davr uchun oling.',
    },
  },
  'bad_file.too_many_sheets': {
    ru: 'В книге больше {max} листов',
    en: 'The workbook has more than {max} sheets',
    uz: 'Kitobda {max} tadan koʻp varaq bor',
  },
  'bad_file.too_many_strings': {
    ru: 'Тексты книги занимают больше {max} МБ',
    en: 'The texts of the workbook take more than {max} MB',
    uz: 'Kitob matnlari {max} MB dan koʻp joy oladi',
    hint: {
      ru: 'Выгрузите отчёт частями или в csv.',
      en: 'Export the report in parts or as csv.',
      uz: 'Hisobotni qismlab yoki csv koʻrinishida oling.',
    },
  },
  'bad_file.too_deep': {
    ru: 'Элементы файла вложены глубже {max} уровней',
    en: 'The elements of the file are nested deeper than {max} levels',
    uz: 'Fayl elementlari {max} darajadan chuqur joylashgan',
  },
  'bad_file.doctype': {
    ru: 'В файле есть определение DOCTYPE, в отчётах его не бывает',
    en: 'The file holds a DOCTYPE definition, which no report has',
    uz: 'Faylda DOCTYPE taʼrifi bor, hisobotlarda bunday boʻlmaydi',
  },
  'bad_file.no_sheets': {
    ru: 'В книге нет ни одного листа с таблицей',
    en: 'The workbook has no sheet with a table',
    uz: 'Kitobda jadvalli varaq yoʻq',
  },
  'bad_file.no_such_sheet': {
    ru: 'В книге нет листа «{sheet}»',
    en: 'The workbook has no sheet “{sheet}”',
    uz: 'Kitobda “{sheet}” varagʻi yoʻq',
  },
  'bad_file.no_tables': {
    ru: 'В документе нет таблицы со столбцами',
    en: 'The document holds no table with columns',
    uz: 'Hujjatda ustunli jadval yoʻq',
    hint: {
      ru: 'Выгрузите отчёт таблицей, лучше в xlsx или csv.',
      en: 'Export the report as a table, best as xlsx or csv.',
      uz: 'Hisobotni jadval koʻrinishida oling, yaxshisi xlsx yoki csv.',
    },
  },
  'bad_file.no_text': {
    ru: 'В PDF нет текста: похоже, это скан или снимок',
    en: 'The PDF holds no text: it looks like a scan or a picture',
    uz: 'PDF ichida matn yoʻq: bu skaner yoki surat boʻlsa kerak',
    hint: {
      ru: 'Скачайте отчёт из кабинета файлом, а не снимком.',
      en: 'Download the report as a file instead of a picture.',
      uz: 'Hisobotni kabinetdan surat emas, fayl qilib yuklab oling.',
    },
  },
  'bad_file.doc_rows': {
    ru: 'В документе .doc нельзя надёжно отличить строки таблицы друг от друга',
    en: 'The rows of the table in this .doc cannot be told apart for certain',
    uz: 'Bu .doc hujjatida jadval qatorlarini bir-biridan ishonchli ajratib boʻlmaydi',
    hint: {
      ru: 'Откройте его в Word, сохраните как docx и загрузите снова.',
      en: 'Open it in Word, save it as docx and upload that.',
      uz: 'Uni Word’da ochib, docx qilib saqlang va yana yuklang.',
    },
  },
  'bad_file.too_many_errors': {
    ru: 'Отклонено строк: {count}, допустимо {max}. Чтение остановлено, ничего не загружено',
    en: '{count} rows were rejected, {max} are allowed. Reading was stopped and nothing was loaded',
    uz: '{count} ta qator rad etildi, {max} tagacha mumkin. Oʻqish toʻxtatildi, hech narsa yuklanmadi',
    hint: {
      ru: 'Проверьте, тот ли это отчёт, и посмотрите первые ошибки.',
      en: 'Check that it is the right report and look at the first errors.',
      uz: 'Bu oʻsha hisobot ekanini tekshiring va birinchi xatolarni koʻring.',
    },
  },
  'bad_file.unknown_encoding': {
    ru: 'Кодировка «{encoding}» неизвестна',
    en: 'The encoding “{encoding}” is unknown',
    uz: '“{encoding}” kodirovkasi nomaʼlum',
  },
  'bad_file.output_limit': {
    ru: 'Файл даёт слишком много данных',
    en: 'The file yields too much data',
    uz: 'Fayl juda koʻp maʼlumot beradi',
  },
  'bad_file.unstable': {
    ru: 'Числа в файле записаны так, что прочесть их однозначно нельзя',
    en: 'The numbers of the file are written in ways that cannot be told apart',
    uz: 'Fayldagi sonlar bir xil oʻqilmaydigan tarzda yozilgan',
    hint: {
      ru: 'Укажите вид чисел для каждого столбца сами.',
      en: 'Choose the number style of each column yourself.',
      uz: 'Har bir ustun uchun son yozuvini oʻzingiz koʻrsating.',
    },
  },
  'bad_file.reader_crashed': {
    ru: 'При чтении файла программа чтения остановилась: скорее всего, он повреждён',
    en: 'The reader stopped while reading the file: most likely it is damaged',
    uz: 'Oʻqish vaqtida oʻquvchi dastur toʻxtab qoldi: ehtimol, fayl buzilgan',
    hint: {
      ru: 'Сохраните его заново в xlsx или csv.',
      en: 'Save it again as xlsx or csv.',
      uz: 'Uni xlsx yoki csv koʻrinishida qayta saqlang.',
    },
  },
  unsupported_format: {
    ru: 'Формат {format} пока не читается',
    en: 'The format {format} is not read yet',
    uz: '{format} formati hozircha oʻqilmaydi',
    hint: {
      ru: 'Откройте файл и сохраните его как xlsx или csv (UTF-8), затем загрузите снова.',
      en: 'Open the file, save it as xlsx or csv (UTF-8) and upload that.',
      uz: 'Faylni ochib, xlsx yoki csv (UTF-8) qilib saqlang va yana yuklang.',
    },
  },
  ...foreignFormatTexts,
  encrypted: {
    ru: 'Файл защищён паролем',
    en: 'The file is protected by a password',
    uz: 'Fayl parol bilan himoyalangan',
    hint: {
      ru: 'Снимите пароль и загрузите файл снова.',
      en: 'Remove the password and upload the file again.',
      uz: 'Parolni olib tashlab, faylni yana yuklang.',
    },
  },
  archive_limit: {
    ru: 'Распаковка остановлена: превышен один из пределов',
    en: 'Unpacking was stopped: a limit was passed',
    uz: 'Arxivni ochish toʻxtatildi: chegaralardan biri oshib ketdi',
    hint: {
      ru: 'Загрузите отчёты без архива или частями.',
      en: 'Upload the reports without an archive or in parts.',
      uz: 'Hisobotlarni arxivsiz yoki qismlab yuklang.',
    },
  },
  'archive_limit.inflated': {
    ru: 'В распакованном виде файл занимает больше {max} МБ',
    en: 'Unpacked, the file takes more than {max} MB',
    uz: 'Ochilgan holda fayl {max} MB dan koʻp joy oladi',
    hint: { ru: 'Загрузите отчёты частями.', en: 'Upload the reports in parts.', uz: 'Hisobotlarni qismlab yuklang.' },
  },
  'archive_limit.ratio': {
    ru: 'Файл сжат больше чем в {max} раз, так сжимают только ловушки',
    en: 'The file is compressed more than {max} to 1, as only traps are',
    uz: 'Fayl {max} martadan koʻp siqilgan, bunday faqat tuzoqlar siqiladi',
  },
  'archive_limit.total_ratio': {
    ru: 'Архив сжат больше чем в {max} раз, так сжимают только ловушки',
    en: 'The archive as a whole is compressed more than {max} to 1, as only traps are',
    uz: 'Arxiv {max} martadan koʻp siqilgan, bunday faqat tuzoqlar siqiladi',
  },
  'archive_limit.overlap': {
    ru: 'Файлы в архиве занимают одно и то же место, так делают только ловушки',
    en: 'Files in the archive share the same bytes, as only traps do',
    uz: 'Arxivdagi fayllar bitta joyni egallaydi, bunday faqat tuzoqlar qilinadi',
  },
  'archive_limit.members': {
    ru: 'В архиве больше {max} файлов',
    en: 'The archive holds more than {max} files',
    uz: 'Arxivda {max} tadan koʻp fayl bor',
    hint: { ru: 'Разделите его на несколько.', en: 'Split it into several.', uz: 'Uni bir nechtaga boʻling.' },
  },
  'archive_limit.member_size': {
    ru: 'Файл в архиве больше {max} МБ',
    en: 'The file in the archive is larger than {max} MB',
    uz: 'Arxivdagi fayl {max} MB dan katta',
    hint: {
      ru: 'Выгрузите отчёт за меньший период.',
      en: 'Export the report for a shorter period.',
      uz: 'Hisobotni qisqaroq davr uchun oling.',
    },
  },
  archive_nested: {
    ru: 'Архив внутри архива не распаковывается',
    en: 'An archive within an archive is not unpacked',
    uz: 'Arxiv ichidagi arxiv ochilmaydi',
    hint: {
      ru: 'Загрузите вложенный архив отдельно.',
      en: 'Upload the inner archive by itself.',
      uz: 'Ichki arxivni alohida yuklang.',
    },
  },
  archive_path: {
    ru: 'Имя файла в архиве ведёт за пределы папки',
    en: 'The name of a file in the archive leads out of its folder',
    uz: 'Arxivdagi fayl nomi jilddan tashqariga olib chiqadi',
    hint: {
      ru: 'Запакуйте отчёты заново без путей.',
      en: 'Pack the reports again without paths.',
      uz: 'Hisobotlarni yoʻllarsiz qayta arxivlang.',
    },
  },
  archive_link: {
    ru: 'В архиве ссылка вместо файла',
    en: 'The archive holds a link instead of a file',
    uz: 'Arxivda fayl oʻrniga havola bor',
    hint: {
      ru: 'Положите в архив сам файл.',
      en: 'Put the file itself into the archive.',
      uz: 'Arxivga faylning oʻzini joylang.',
    },
  },
  archive_duplicate: {
    ru: 'Файл с таким именем уже есть в этом архиве; загружен первый',
    en: 'This archive has a file of that name already; the first one was taken',
    uz: 'Bu arxivda shunday nomli fayl bor; birinchisi yuklandi',
    hint: {
      ru: 'Переименуйте файлы и запакуйте заново.',
      en: 'Rename the files and pack them again.',
      uz: 'Fayllarni qayta nomlab, yana arxivlang.',
    },
  },
  parser_timeout: {
    ru: 'Чтение файла заняло слишком много времени и было остановлено',
    en: 'Reading the file took too long and was stopped',
    uz: 'Faylni oʻqish juda choʻzildi va toʻxtatildi',
    hint: {
      ru: 'Выгрузите отчёт за меньший период или в csv.',
      en: 'Export the report for a shorter period or as csv.',
      uz: 'Hisobotni qisqaroq davr uchun yoki csv koʻrinishida oling.',
    },
  },
  parser_memory: {
    ru: 'Для чтения файла не хватило отведённой памяти',
    en: 'Reading the file took more memory than it may have',
    uz: 'Faylni oʻqish uchun ajratilgan xotira yetmadi',
    hint: {
      ru: 'Выгрузите отчёт за меньший период или в csv.',
      en: 'Export the report for a shorter period or as csv.',
      uz: 'Hisobotni qisqaroq davr uchun yoki csv koʻrinishida oling.',
    },
  },
  poison: {
    ru: 'Обработка файла много раз обрывалась и больше не повторяется',
    en: 'Processing the file broke off many times and is not tried again',
    uz: 'Faylni qayta ishlash koʻp marta uzildi va boshqa takrorlanmaydi',
    hint: {
      ru: 'Повторите обработку вручную; если это не поможет, сообщите администратору.',
      en: 'Retry it by hand; if that does not help, tell the administrator.',
      uz: 'Qayta ishlashni qoʻlda takrorlang; yordam bermasa, administratorga ayting.',
    },
  },
  stored_file_missing: {
    ru: 'Сохранённые данные файла не найдены в хранилище',
    en: 'The stored bytes of the file are not in the storage',
    uz: 'Faylning saqlangan maʼlumotlari omborda topilmadi',
    hint: {
      ru: 'Загрузите файл снова и сообщите администратору: хранилище потеряло данные.',
      en: 'Upload the file again and tell the administrator: the storage has lost data.',
      uz: 'Faylni yana yuklang va administratorga ayting: ombor maʼlumotni yoʻqotgan.',
    },
  },
  user_blocked: {
    ru: 'Загрузивший файл пользователь заблокирован, файл не обработан',
    en: 'The user who uploaded the file was blocked, the file was not processed',
    uz: 'Faylni yuklagan foydalanuvchi bloklangan, fayl qayta ishlanmadi',
  },
  preview_expired: {
    ru: 'За неделю никто не применил просмотренный файл, он ничего не изменил',
    en: 'Nobody applied the file within a week of looking at it, it changed nothing',
    uz: 'Koʻrilgan fayl bir hafta ichida qoʻllanmadi, u hech narsani oʻzgartirmadi',
    hint: {
      ru: 'Запустите его ещё раз, чтобы посмотреть заново.',
      en: 'Start it again to look at it anew.',
      uz: 'Yana koʻrish uchun uni qaytadan ishga tushiring.',
    },
  },
} as const satisfies TextTable;
