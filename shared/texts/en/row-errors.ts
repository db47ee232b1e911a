/** Why a row was refused, or loaded without one of its values. */
export const rowErrors = {
  required_missing: {
    text: 'A required field is empty',
    hint: 'The row cannot be reconciled without this value. Fill in the cell and upload the file again.',
  },
  number_unreadable: {
    text: 'The number cannot be read',
    hint: 'Write the number in digits, such as 15000 or 15000.50, the way the other rows of this column do.',
  },
  number_too_large: {
    text: 'The amount is too large to be real',
    hint: 'Check whether a number of another kind got into this column.',
  },
  money_precision: { text: 'The amount has more than two decimals', hint: 'Round the amount to two decimals at most.' },
  time_unreadable: {
    text: 'The date or time cannot be read',
    hint: 'Use 2025-08-04 04:01:30 or 04.08.2025 04:01:30: the day goes before the month, years 2000 to 2100.',
  },
  error_cell: {
    text: 'The cell holds an error of the spreadsheet instead of a value',
    hint: 'Export the report again or write the value instead of the formula.',
  },
  id_in_scientific_notation: {
    text: 'The number is written like 3.12E+09: its digits are lost',
    hint: 'Excel shortens long numbers when it saves. Upload the file as the system exported it, without opening it in Excel.',
  },
  formula_without_value: {
    text: 'The cell holds a formula, and what it comes to was not saved',
    hint: 'Open the file in a spreadsheet program, save it there and upload it again, or paste the values.',
  },
  amount_negative: {
    text: 'A sale with a negative amount: {amount}',
    hint: 'If it is a return, the report must say so. Otherwise correct the amount.',
  },
  amount_zero: {
    text: 'The amount is zero, though the order is neither VIP nor a test',
    hint: 'The row was loaded, but an amount of zero matches nothing. Check the price.',
  },
  amount_mismatch: {
    text: 'The receipt amount {amount} is not cash {cash} plus card {card}',
    hint: 'Check the receipt in the cash register cabinet and correct the row.',
  },
  row_too_wide: {
    text: 'The row has {cells} cells, the header {columns}',
    hint: 'Usually a delimiter stands inside unquoted text. Quote the text or export the report as xlsx.',
  },
  cell_cut: {
    text: 'The file breaks off within this cell',
    hint: 'Only a part of the file was downloaded or copied. Download it anew; what was loaded stays.',
  },
  other_table: {
    text: 'The row stands below the header of another table (line {row})',
    hint: 'Save the second table as a sheet or a file of its own and upload that.',
  },
  quoted_lines: {
    text: 'A quoted cell holds {count} line breaks, {max} are allowed',
    hint: 'Check the quotes from this line on, or export the report as xlsx.',
  },
  record_unreadable: {
    text: 'The record cannot be read: it is no valid JSON',
    hint: 'Correct it or export the report anew. The other records were loaded.',
  },
  quoted_rows: {
    text: 'A quote opens a cell that holds whole rows of the report ({columns} cells each)',
    hint: 'Close or delete the quote in this line, or export the report as xlsx. The lines behind it were read on their own.',
  },
  text_too_long: {
    text: 'The text is too long: {length} characters, {max} are allowed',
    hint: 'Check whether several lines of the file ran into this cell.',
  },
  key_too_long: 'The numbers that identify this row are too long together: {length} characters, {max} are allowed',
  value_too_long: {
    text: 'The value is too long to be real',
    hint: 'Check whether the columns of this row are shifted.',
  },
  value_out_of_range: {
    text: 'The value is beyond what is possible',
    hint: 'Check the date or the amount in this row.',
  },
  internal_rejected: {
    text: 'The program could not work on this row (code {reason}); the other rows are loaded, the administrator was told',
    hint: 'Check the values of the row and upload it again; if they are right, hand the row to the administrator.',
  },
};
