/** What the operator is asked when headers do not decide which report a file is (rules.md 3). */
export const questions = {
  source_unknown: {
    text: 'It is not certain which report this is: at most {percent}\u00a0% of its columns are known',
    hint: 'Choose the source and say what each column holds. Or upload the report as the system exports it.',
  },
  source_ambiguous: {
    text: 'The report fits several sources equally well: {sources}. Whose is it?',
    hint: 'Choose the source. The choice can be remembered for files with the same columns.',
  },
  source_incomplete: {
    text: 'This looks like a report of {source}, but a column that its rows need is missing: {headers}',
    hint: 'Say which column holds it, or export the report with all its columns.',
  },
  source_not_exclusive: {
    text: 'This may be a report of {source}, but all its columns occur in other reports too. Is it?',
    hint: 'Confirm the source or choose another.',
  },
  mapping_drift: {
    text: 'What each column of this report of {source} holds is remembered, but the columns have changed. New: {added}. Gone: {removed}',
    hint: 'Accept the change if it is the same report, or say anew what the columns hold.',
  },
  records_would_be_replaced: {
    text: '{count} of {rows} rows would overwrite other records of the same ids. For example: {samples}',
    hint: 'If the ids started again, load the rows as new ones. If it is a corrected report, replace the records. Otherwise cancel the file.',
  },
  times_without_clock: {
    text: 'The column “{column}” holds hardly anything but dates without a time: {count} of {rows}. Load them as midnight?',
    hint: 'Orders and payments cannot be matched without a time. Better export the report with it; if there is none, accept midnight.',
  },
  date_order_ambiguous: {
    text: 'The dates in the column “{column}” can be read in two ways, for example {value}: day first ({dayFirstDays} days) or month first ({monthFirstDays} days)?',
    hint: 'Say which comes first. An American Excel writes the month first.',
  },
};
