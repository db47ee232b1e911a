/**
 * docs/errors.md, made from the tables of texts: `npm run -s errors:document > docs/errors.md`; a test compares the
 * two.
 */
import { type ErrorCode, statusOf } from '../shared/errors.ts';
import { runTool, ToolUsageError } from './run-tool.ts';
import { isMainModule } from '../shared/main-module.ts';
import {
  errorTexts,
  exportErrorTexts,
  exportRequestTexts,
  fileErrorTexts,
  questionTexts,
  undoTexts,
  rowErrorTexts,
  type TextTable,
  warningTexts,
} from '../shared/texts/tables.ts';

const HEAD = `# Errors

Every code that the product answers or stores, what it means and what to do. Codes are stable: programs compare them,
people read the sentence beside them, which follows \`Accept-Language\`. What is in braces is filled in from \`params\`.
This page is made from the tables in \`shared/errors.ts\` and \`shared/texts/\`:
\`npm run -s errors:document > docs/errors.md\`.

What the doctor finds has a page of its own: [doctor.md](doctor.md).
`;

/** What whoever asked can do about an answer; the sentence itself says the rest. */
const ANSWER_CURES: Record<ErrorCode, string> = {
  validation_failed: 'Mend the request; `details` says which part and why.',
  unauthenticated: 'Sign in, or send a token that is signed by this installation and has not run out.',
  token_revoked: 'Sign in again.',
  forbidden: 'Ask an administrator for the role that the route names.',
  approval_pending: 'Wait for an administrator.',
  not_found: 'Check the id; what an undo or a deletion took is not coming back.',
  order_undone: '`details` names the file that was undone; `GET /orders/:id/changes` still tells the history.',
  file_expired: 'Send the file again; `UNUSED_FILES_KEEP_DAYS` says how long bytes of such files are kept.',
  conflict: 'Read the object again: its state has moved on.',
  file_too_large: 'Split the report, or raise `MAX_FILE_MB`.',
  too_many_files: 'Send them in several requests.',
  unsupported_media_type: 'Send `multipart/form-data` with the field `files`.',
  rate_limited: 'Wait as long as `Retry-After` says.',
  internal: 'A fault of the product. Find the request id in the log; tell the developers.',
  service_unavailable: 'Try again after `Retry-After`; `npm run doctor` says what is away.',
};

interface Section {
  title: string;
  about: string;
  table: TextTable;
}

const SECTIONS: readonly Section[] = [
  {
    title: 'Files',
    about:
      'In `File.error`: why a file was not loaded. Whoever sees the file sees it, on the page and in `GET /files/:id`.',
    table: fileErrorTexts,
  },
  {
    title: 'Questions',
    about:
      'In `recognition.question` of a file that is `needs_mapping`. An operator answers by `POST /files/:id/mapping`.',
    table: questionTexts,
  },
  {
    title: 'Undoing',
    about: 'In `blockedBy` of an undo that is `blocked` or `failed`. Nothing was done to the file it speaks of.',
    table: undoTexts,
  },
  {
    title: 'Rows',
    about:
      'In `GET /files/:id/errors`: refused rows, and with severity `warning` rows that were loaded without one ' +
      'of their values.',
    table: rowErrorTexts,
  },
  {
    title: 'Warnings',
    about: 'In `File.warnings`: what a file that was loaded should make somebody look at.',
    table: warningTexts,
  },
  { title: 'Exports', about: 'In `Export.error`.', table: exportErrorTexts },
  {
    title: 'Requests for exports',
    about: 'In `details.issues` of a refused `POST /exports`.',
    table: exportRequestTexts,
  },
];

/** The whole page. */
export function errorDocument(): string {
  const answers = (Object.keys(errorTexts) as ErrorCode[]).map(
    (code) => `| \`${code}\` | ${statusOf(code)} | ${cell(errorTexts[code].en)} | ${ANSWER_CURES[code]} |`,
  );
  const parts = [
    HEAD,
    '## Answers\n',
    'In the envelope `{"error":{"code","message","details","requestId"}}` of every refused request.\n',
    `| code | status | means | what to do |\n|---|---|---|---|\n${answers.join('\n')}\n`,
  ];
  for (const { title, about, table } of SECTIONS) {
    const rows = Object.entries(table).map(
      ([code, text]) => `| \`${code}\` | ${cell(text.en)} | ${cell(text.hint?.en ?? '')} |`,
    );
    parts.push(`## ${title}\n`, `${about}\n`, `| code | means | what to do |\n|---|---|---|\n${rows.join('\n')}\n`);
  }
  return parts.join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

if (isMainModule(import.meta.url))
  await runTool('usage: npm run -s errors:document > docs/errors.md', async (args) => {
    if (args.length > 0) throw new ToolUsageError(`${args.join(' ')}: it takes nothing`);
    process.stdout.write(errorDocument());
    return 0;
  });
