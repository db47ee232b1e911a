/**
 * Why a file as a whole was not loaded (api.md section 4, Upload answers). `bad_file` and `archive_limit` come in
 * kinds: `code.reason` and `code.limit` of the parameters, each with a sentence of its own; so do foreign formats that
 * nobody can save as a table.
 */
export const fileErrors = {
  empty_file: { text: 'The file is empty', hint: 'Export the report again and check that it has rows.' },
  bad_file: {
    text: 'The file cannot be read: it is damaged or not a report',
    hint: 'Export the report again, best as xlsx or csv.',
  },
  'bad_file.not_text': {
    text: 'This is neither a table nor text: the format of the file is unknown',
    hint: 'Export the report as xlsx or csv.',
  },
  'bad_file.truncated': {
    text: 'The file breaks off: it was not saved or sent completely',
    hint: 'Download or export it again.',
  },
  'bad_file.damaged': {
    text: 'The file is damaged: its content does not agree with its description',
    hint: 'Download or export it again.',
  },
  'bad_file.compression': {
    text: 'The file is compressed by a rare method that is not supported',
    hint: 'Pack it as an ordinary zip.',
  },
  'bad_file.record_too_long': 'One record of the file is longer than {max} characters: this is not a table',
  'bad_file.cell_too_long': 'One of the cells is longer than {max} characters: this is not a report',
  'bad_file.too_many_columns': {
    text: 'Row {row} has more than {max} columns',
    hint: 'Delete what stands to the right of the table.',
  },
  'bad_file.too_many_rows': {
    text: 'The file has more than {max} rows',
    hint: 'Export the report for a shorter period.',
  },
  'bad_file.too_many_sheets': 'The workbook has more than {max} sheets',
  'bad_file.too_many_strings': {
    text: 'The texts of the workbook take more than {max} MB',
    hint: 'Export the report in parts or as csv.',
  },
  'bad_file.too_deep': 'The elements of the file are nested deeper than {max} levels',
  'bad_file.doctype': 'The file holds a DOCTYPE definition, which no report has',
  'bad_file.no_sheets': 'The workbook has no sheet with a table',
  'bad_file.no_such_sheet': 'The workbook has no sheet “{sheet}”',
  'bad_file.no_tables': {
    text: 'The document holds no table with columns',
    hint: 'Export the report as a table, best as xlsx or csv.',
  },
  'bad_file.no_text': {
    text: 'The PDF holds no text: it looks like a scan or a picture',
    hint: 'Download the report as a file instead of a picture.',
  },
  'bad_file.doc_rows': {
    text: 'The rows of the table in this .doc cannot be told apart for certain',
    hint: 'Open it in Word, save it as docx and upload that.',
  },
  'bad_file.too_many_errors': {
    text: '{count} rows were rejected, {max} are allowed. Reading was stopped and nothing was loaded',
    hint: 'Check that it is the right report and look at the first errors.',
  },
  'bad_file.unknown_encoding': 'The encoding “{encoding}” is unknown',
  'bad_file.output_limit': 'The file yields too much data',
  'bad_file.unstable': {
    text: 'The numbers of the file are written in ways that cannot be told apart',
    hint: 'Choose the number style of each column yourself.',
  },
  'bad_file.reader_crashed': {
    text: 'The reader stopped while reading the file: most likely it is damaged',
    hint: 'Save it again as xlsx or csv.',
  },
  unsupported_format: {
    text: 'The format {format} is not read yet',
    hint: 'Open the file, save it as xlsx or csv (UTF-8) and upload that.',
  },
  'unsupported_format.image': {
    text: 'This is a picture, not a report: tables are not read from pictures',
    hint: 'Download the report from the cabinet as a file, best as xlsx or csv.',
  },
  'unsupported_format.program': {
    text: 'This is a program, not a report',
    hint: 'Do not open it unless you know where it comes from. Download the report from the cabinet as a file.',
  },
  'unsupported_format.7z': {
    text: 'A 7z archive is not unpacked',
    hint: 'Unpack it and upload the reports, or pack them as a zip.',
  },
  'unsupported_format.gzip': {
    text: 'A gz archive is not unpacked',
    hint: 'Unpack it and upload the reports, or pack them as a zip.',
  },
  encrypted: { text: 'The file is protected by a password', hint: 'Remove the password and upload the file again.' },
  archive_limit: {
    text: 'Unpacking was stopped: a limit was passed',
    hint: 'Upload the reports without an archive or in parts.',
  },
  'archive_limit.inflated': {
    text: 'Unpacked, the file takes more than {max} MB',
    hint: 'Upload the reports in parts.',
  },
  'archive_limit.ratio': 'The file is compressed more than {max} to 1, as only traps are',
  'archive_limit.total_ratio': 'The archive as a whole is compressed more than {max} to 1, as only traps are',
  'archive_limit.overlap': 'Files in the archive share the same bytes, as only traps do',
  'archive_limit.members': { text: 'The archive holds more than {max} files', hint: 'Split it into several.' },
  'archive_limit.member_size': {
    text: 'The file in the archive is larger than {max} MB',
    hint: 'Export the report for a shorter period.',
  },
  archive_nested: { text: 'An archive within an archive is not unpacked', hint: 'Upload the inner archive by itself.' },
  archive_path: {
    text: 'The name of a file in the archive leads out of its folder',
    hint: 'Pack the reports again without paths.',
  },
  archive_link: { text: 'The archive holds a link instead of a file', hint: 'Put the file itself into the archive.' },
  archive_duplicate: {
    text: 'This archive has a file of that name already; the first one was taken',
    hint: 'Rename the files and pack them again.',
  },
  parser_timeout: {
    text: 'Reading the file took too long and was stopped',
    hint: 'Export the report for a shorter period or as csv.',
  },
  parser_memory: {
    text: 'Reading the file took more memory than it may have',
    hint: 'Export the report for a shorter period or as csv.',
  },
  poison: {
    text: 'Processing the file broke off many times and is not tried again',
    hint: 'Retry it by hand; if that does not help, tell the administrator.',
  },
  stored_file_missing: {
    text: 'The stored bytes of the file are not in the storage',
    hint: 'Upload the file again and tell the administrator: the storage has lost data.',
  },
  user_blocked: 'The user who uploaded the file was blocked, the file was not processed',
  preview_expired: {
    text: 'Nobody applied the file within a week of looking at it, it changed nothing',
    hint: 'Start it again to look at it anew.',
  },
};
