/** How spreadsheets and reports are where the language is spoken. */
export interface Reports {
  /** Excel there opens a csv with semicolons, and takes a comma for the point of a fraction */
  semicolons: boolean;
  /** people know the headers of reports in Russian */
  russianHeaders: boolean;
}

export const reports: Reports = { semicolons: false, russianHeaders: false };
