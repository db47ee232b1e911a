import type { TextTable } from './text.ts';

/**
 * Why a file as a whole was not loaded (api.md section 4, Upload answers). `bad_file` and `archive_limit` come in kinds:
 * `code.reason` and `code.limit` of the parameters, each with a sentence of its own.
 */
export const fileErrorTexts = {
  empty_file: {
    ru: 'Файл пуст',
    en: 'The file is empty',
    hint: { ru: 'Выгрузите отчёт заново и проверьте, что в нём есть строки.', en: 'Export the report again and check that it has rows.' },
  },
  bad_file: {
    ru: 'Файл не удалось прочитать: он повреждён или это не отчёт',
    en: 'The file cannot be read: it is damaged or not a report',
    hint: { ru: 'Выгрузите отчёт заново, лучше в xlsx или csv.', en: 'Export the report again, best as xlsx or csv.' },
  },
  'bad_file.not_text': {
    ru: 'Это ни таблица, ни текст: формат файла неизвестен',
    en: 'This is neither a table nor text: the format of the file is unknown',
    hint: { ru: 'Выгрузите отчёт в xlsx или csv.', en: 'Export the report as xlsx or csv.' },
  },
  'bad_file.truncated': {
    ru: 'Файл обрывается: он сохранён или передан не целиком',
    en: 'The file breaks off: it was not saved or sent completely',
    hint: { ru: 'Скачайте или выгрузите его заново.', en: 'Download or export it again.' },
  },
  'bad_file.damaged': {
    ru: 'Файл повреждён: содержимое не сходится с его описанием',
    en: 'The file is damaged: its content does not agree with its description',
    hint: { ru: 'Скачайте или выгрузите его заново.', en: 'Download or export it again.' },
  },
  'bad_file.compression': {
    ru: 'Файл сжат редким способом, который не поддерживается',
    en: 'The file is compressed by a rare method that is not supported',
    hint: { ru: 'Запакуйте его обычным zip.', en: 'Pack it as an ordinary zip.' },
  },
  'bad_file.record_too_long': {
    ru: 'Одна запись файла длиннее {max} знаков: это не таблица',
    en: 'One record of the file is longer than {max} characters: this is not a table',
  },
  'bad_file.cell_too_long': {
    ru: 'Одна из ячеек длиннее {max} знаков: это не отчёт',
    en: 'One of the cells is longer than {max} characters: this is not a report',
  },
  'bad_file.too_many_columns': {
    ru: 'В строке {row} больше {max} столбцов',
    en: 'Row {row} has more than {max} columns',
    hint: { ru: 'Удалите лишнее справа от таблицы.', en: 'Delete what stands to the right of the table.' },
  },
  'bad_file.too_many_rows': {
    ru: 'В файле больше {max} строк',
    en: 'The file has more than {max} rows',
    hint: { ru: 'Выгрузите отчёт за меньший период.', en: 'Export the report for a shorter period.' },
  },
  'bad_file.too_many_sheets': { ru: 'В книге больше {max} листов', en: 'The workbook has more than {max} sheets' },
  'bad_file.too_many_strings': {
    ru: 'Тексты книги занимают больше {max} МБ',
    en: 'The texts of the workbook take more than {max} MB',
    hint: { ru: 'Выгрузите отчёт частями или в csv.', en: 'Export the report in parts or as csv.' },
  },
  'bad_file.too_deep': {
    ru: 'Элементы файла вложены глубже {max} уровней',
    en: 'The elements of the file are nested deeper than {max} levels',
  },
  'bad_file.doctype': {
    ru: 'В файле есть определение DOCTYPE, в отчётах его не бывает',
    en: 'The file holds a DOCTYPE definition, which no report has',
  },
  'bad_file.no_sheets': { ru: 'В книге нет ни одного листа с таблицей', en: 'The workbook has no sheet with a table' },
  'bad_file.no_such_sheet': { ru: 'В книге нет листа «{sheet}»', en: 'The workbook has no sheet “{sheet}”' },
  'bad_file.no_tables': {
    ru: 'В документе нет таблицы со столбцами',
    en: 'The document holds no table with columns',
    hint: { ru: 'Выгрузите отчёт таблицей, лучше в xlsx или csv.', en: 'Export the report as a table, best as xlsx or csv.' },
  },
  'bad_file.no_text': {
    ru: 'В PDF нет текста: похоже, это скан или снимок',
    en: 'The PDF holds no text: it looks like a scan or a picture',
    hint: { ru: 'Скачайте отчёт из кабинета файлом, а не снимком.', en: 'Download the report as a file instead of a picture.' },
  },
  'bad_file.doc_rows': {
    ru: 'В документе .doc нельзя надёжно отличить строки таблицы друг от друга',
    en: 'The rows of the table in this .doc cannot be told apart for certain',
    hint: { ru: 'Откройте его в Word, сохраните как docx и загрузите снова.', en: 'Open it in Word, save it as docx and upload that.' },
  },
  'bad_file.too_many_errors': {
    ru: 'Отклонено строк: {count}, допустимо {max}. Чтение остановлено, ничего не загружено',
    en: '{count} rows were rejected, {max} are allowed. Reading was stopped and nothing was loaded',
    hint: {
      ru: 'Проверьте, тот ли это отчёт, и посмотрите первые ошибки.',
      en: 'Check that it is the right report and look at the first errors.',
    },
  },
  'bad_file.unknown_encoding': { ru: 'Кодировка «{encoding}» неизвестна', en: 'The encoding “{encoding}” is unknown' },
  'bad_file.output_limit': { ru: 'Файл даёт слишком много данных', en: 'The file yields too much data' },
  'bad_file.unstable': {
    ru: 'Числа в файле записаны так, что прочесть их однозначно нельзя',
    en: 'The numbers of the file are written in ways that cannot be told apart',
    hint: { ru: 'Укажите вид чисел для каждого столбца сами.', en: 'Choose the number style of each column yourself.' },
  },
  'bad_file.reader_crashed': {
    ru: 'При чтении файла программа чтения остановилась: скорее всего, он повреждён',
    en: 'The reader stopped while reading the file: most likely it is damaged',
    hint: { ru: 'Сохраните его заново в xlsx или csv.', en: 'Save it again as xlsx or csv.' },
  },
  unsupported_format: {
    ru: 'Формат {format} пока не читается',
    en: 'The format {format} is not read yet',
    hint: {
      ru: 'Откройте файл и сохраните его как xlsx или csv (UTF-8), затем загрузите снова.',
      en: 'Open the file, save it as xlsx or csv (UTF-8) and upload that.',
    },
  },
  encrypted: {
    ru: 'Файл защищён паролем',
    en: 'The file is protected by a password',
    hint: { ru: 'Снимите пароль и загрузите файл снова.', en: 'Remove the password and upload the file again.' },
  },
  archive_limit: {
    ru: 'Распаковка остановлена: превышен один из пределов',
    en: 'Unpacking was stopped: a limit was passed',
    hint: { ru: 'Загрузите отчёты без архива или частями.', en: 'Upload the reports without an archive or in parts.' },
  },
  'archive_limit.inflated': {
    ru: 'В распакованном виде файл занимает больше {max} МБ',
    en: 'Unpacked, the file takes more than {max} MB',
    hint: { ru: 'Загрузите отчёты частями.', en: 'Upload the reports in parts.' },
  },
  'archive_limit.ratio': {
    ru: 'Файл сжат больше чем в {max} раз, так сжимают только ловушки',
    en: 'The file is compressed more than {max} to 1, as only traps are',
  },
  'archive_limit.members': {
    ru: 'В архиве больше {max} файлов',
    en: 'The archive holds more than {max} files',
    hint: { ru: 'Разделите его на несколько.', en: 'Split it into several.' },
  },
  'archive_limit.member_size': {
    ru: 'Файл в архиве больше {max} МБ',
    en: 'The file in the archive is larger than {max} MB',
    hint: { ru: 'Выгрузите отчёт за меньший период.', en: 'Export the report for a shorter period.' },
  },
  archive_nested: {
    ru: 'Архив внутри архива не распаковывается',
    en: 'An archive within an archive is not unpacked',
    hint: { ru: 'Загрузите вложенный архив отдельно.', en: 'Upload the inner archive by itself.' },
  },
  archive_path: {
    ru: 'Имя файла в архиве ведёт за пределы папки',
    en: 'The name of a file in the archive leads out of its folder',
    hint: { ru: 'Запакуйте отчёты заново без путей.', en: 'Pack the reports again without paths.' },
  },
  archive_link: {
    ru: 'В архиве ссылка вместо файла',
    en: 'The archive holds a link instead of a file',
    hint: { ru: 'Положите в архив сам файл.', en: 'Put the file itself into the archive.' },
  },
  archive_duplicate: {
    ru: 'Файл с таким именем уже есть в этом архиве; загружен первый',
    en: 'This archive has a file of that name already; the first one was taken',
    hint: { ru: 'Переименуйте файлы и запакуйте заново.', en: 'Rename the files and pack them again.' },
  },
  parser_timeout: {
    ru: 'Чтение файла заняло слишком много времени и было остановлено',
    en: 'Reading the file took too long and was stopped',
    hint: { ru: 'Выгрузите отчёт за меньший период или в csv.', en: 'Export the report for a shorter period or as csv.' },
  },
  parser_memory: {
    ru: 'Для чтения файла не хватило отведённой памяти',
    en: 'Reading the file took more memory than it may have',
    hint: { ru: 'Выгрузите отчёт за меньший период или в csv.', en: 'Export the report for a shorter period or as csv.' },
  },
  poison: {
    ru: 'Обработка файла много раз обрывалась и больше не повторяется',
    en: 'Processing the file broke off many times and is not tried again',
    hint: {
      ru: 'Повторите обработку вручную; если это не поможет, сообщите администратору.',
      en: 'Retry it by hand; if that does not help, tell the administrator.',
    },
  },
  stored_file_missing: {
    ru: 'Сохранённые данные файла не найдены в хранилище',
    en: 'The stored bytes of the file are not in the storage',
    hint: {
      ru: 'Загрузите файл снова и сообщите администратору: хранилище потеряло данные.',
      en: 'Upload the file again and tell the administrator: the storage has lost data.',
    },
  },
  user_blocked: {
    ru: 'Загрузивший файл пользователь заблокирован, файл не обработан',
    en: 'The user who uploaded the file was blocked, the file was not processed',
  },
} as const satisfies TextTable;
