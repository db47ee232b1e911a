/** What a file that was loaded should make the operator look at. */
export const warnings = {
  tiyin_suspect: {
    text: 'The amounts look like tiyin: the median is {median}, at most {limit} was expected',
    hint: 'Reports are loaded in UZS. Export the report in UZS or check that it is the right one.',
  },
  zone_suspect: {
    text: 'The times in the file do not agree with those inside the numbers themselves: {minutes} off (rows: {rows})',
    hint: 'The times were loaded as Tashkent time. Check the time zone of the export or, where days are off, the order of day and month.',
  },
  zone_shifted:
    'The file was exported in China time: all its times were moved back by {hours} h (median difference {minutes} over {rows} rows)',
  dates_in_future: {
    text: 'Rows dated in the future: {count}, the last one {latest}',
    hint: 'Check the order of day and month and the clock of whoever made the report.',
  },
  outlying_dates: {
    text: 'Dates far from all others ({from} … {to}), rows: {count} (rows {rows})',
    hint: 'The rows were loaded, but do not count for the period of the file. Check year and month.',
  },
  date_time_joined: 'Date and time stand in different columns (“{date}” and “{time}”): they were joined',
  cells_unreadable: {
    text: 'Cells without a usable value: {cells}, in rows: {count} (rows {rows}). The rows were loaded without these values',
    hint: 'The list of row errors says what could not be read.',
  },
  cells_beyond_header: {
    text: 'The rows {rows} have cells in columns without a header (rows: {count}): they were kept as extra data',
    hint: 'Usually these are notes beside the table. If they are data, give the column a header.',
  },
  table_beside_skipped: {
    text: 'On the sheet “{sheet}” another report ({source}, from column {column}) stands to the right: it was not loaded',
    hint: 'Save it as a sheet or a file of its own and upload that.',
  },
  no_rows: {
    text: 'The report has a header and no rows: nothing was loaded, and no day counts as covered',
    hint: 'If there were sales, check the period that was chosen for the export and download it again.',
  },
  zero_amounts: {
    text: 'Rows with an amount of zero where none is expected: {count} (rows {rows})',
    hint: 'VIP and test orders may cost nothing. These rows were loaded, but match nothing.',
  },
  coarser_values: {
    text: 'Values are written more coarsely than what is known (rows: {count}, rows {rows}): the exact ones were kept',
    hint: 'Usually the file was saved again in Excel: seconds or zeros in front of numbers are gone. Upload the report as the system exported it.',
  },
  records_twice: {
    text: 'These records are there already, from a report that had ids where this one has none, or the other way round (rows: {count}, rows {rows}): they count twice',
    hint: 'Keep the report with ids (ID, fiscal module) and undo the import of the other one.',
  },
  key_repeated: {
    text: 'Records that occur several times in the file with different values: {count} ({keys}; rows {rows})',
    hint: 'The last row holds; the values before it are in the history.',
  },
  period_overlap: {
    text: 'Data of {period} was there already, from “{file}”. Repeated rows count once',
    hint: 'If you meant another period, check that this is the right file.',
  },
  'period_overlap.several': {
    text: 'Data of {period} was there already, from “{file}” and others ({files} files in all). Repeated rows count once',
    hint: 'If you meant another period, check that this is the right file.',
  },
  number_style_ambiguous: {
    text: 'The column “{column}” can be read in two ways, for example {value}: the sign was taken as thousands separator',
    hint: 'If it is the decimal sign, set the number style of this column and load the file again.',
  },
  no_status_column: {
    text: 'The report has no status column: all payments were taken as successful',
    hint: 'Cancelled payments do not show in it. Export it with the status.',
  },
  no_operation_column: {
    text: 'The report has no operation column: all receipts were taken as sales',
    hint: 'Returns do not show in it. Export it with the operation.',
  },
  unknown_status_values: {
    text: 'Unknown values in the column “{column}”: {values} (rows: {count})',
    hint: 'These rows are kept and shown, but count neither as a payment nor as a sale.',
  },
  encoding_damaged: {
    text: 'The file holds damaged characters ({encoding}): they were replaced by �',
    hint: 'Export the report again if names were read wrongly.',
  },
  hidden_sheet_skipped: {
    text: 'The hidden sheet “{sheet}” was not read',
    hint: 'If it is needed, unhide it in Excel and upload the file again.',
  },
  small_sheets_skipped: {
    text: 'Beside the report the file holds sheets or tables too small for a report ({count}): {sheets}. They were not read',
    hint: 'If they hold sales or payments, upload that sheet as a file of its own.',
  },
  sheet_without_part: {
    text: 'The workbook names the sheet “{sheet}” but does not hold it: it was skipped',
    hint: 'Export the report again if that sheet held data.',
  },
  nul_removed: 'NUL characters were removed from the file',
  extension_mismatch: 'The file is named .{extension} but holds {format}: it was read by its content',
  times_disagree: {
    text: 'Rows whose times run backwards: {count} (rows {rows}): delivery, payment or refund before the order was created',
    hint: 'The rows are loaded; receipt and payment were looked for around the creation. Check the clock of the machine.',
  },
  empty_days: {
    text: 'Days without a single row: {count} ({days}), although other reports have sales of these days',
    hint: 'The file counts as complete for its whole period. Check whether the report is complete and upload the missing days.',
  },
};
