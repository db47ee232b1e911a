/** A report as people really send them, and what is right about it; run by test/integration/odd-reports.test.ts. */

export interface OddFile {
  /** in test/fixtures/odd-reports/<folder>, or the name of `content` */
  name: string;
  content?: string | Uint8Array;
  /** answers to the question that the file is expected to ask first */
  answers?: { question: string; answer: Record<string, unknown> };
  status: string;
  /** of the File; only those given are compared */
  rows?: Partial<
    Record<'read' | 'new' | 'updated' | 'filled' | 'changed' | 'unchanged' | 'rejected' | 'skipped', number>
  >;
  /** codes, sorted; left out = none */
  warnings?: string[];
  /** `row code severity`, in order; left out = none */
  errors?: string[];
  /** the question that stays open */
  question?: string;
}

export interface OddReport {
  /** what a user would notice */
  title: string;
  /** folder of test/fixtures/odd-reports */
  folder?: string;
  files: OddFile[];
  /** days that are reconciled anew once all files are loaded */
  rerun?: { from: string; to: string };
  /** statements and the rows that they give, values as text */
  records?: { sql: string; rows: (string | null)[][] }[];
  /** order number -> status, of all orders that have a number */
  orders?: Record<string, string>;
  /** issues of an order, sorted */
  issues?: Record<string, string[]>;
}
