/**
 * What stands beside a file that was put away: NAME.result.json for programs, NAME.result.txt for people, both in every
 * language.
 */
import { errorTexts, intakeResultTexts, type TextTable } from '../../texts/tables.ts';
import { inEach, LANGS, type Lang } from '../../texts/languages.ts';
import { sessionStatusOf } from '../../ingest/session-state.ts';
import { renderHint, renderText } from '../../texts/text.ts';
import type { FileRow } from '../../uploads/files-repository.ts';
import { fileDetailView } from '../../uploads/file-view.ts';
import type { EndedRow, Refusal } from './folder-rows.ts';
import type { Moved, Results } from './put-away.ts';

/** @param files the file that was uploaded and what it held, in their order; none when it was refused before */
export function resultsOf(row: EndedRow, files: readonly FileRow[], publicUrl: string | null): Results {
  const status = row.refusal !== null ? 'failed' : sessionStatusOf(leavesOf(files).map((file) => file.status));
  const asked = files.some((file) => file.status === 'needs_mapping');
  const kind = status === 'failed' || status === 'cancelled' ? 'failed' : 'processed';
  const page = publicUrl === null || row.session_id === null ? null : new URL(`/sessions/${row.session_id}`, publicUrl);
  return {
    kind,
    asked,
    json: (moved) =>
      `${JSON.stringify(
        {
          name: row.name,
          outcome: kind,
          moved,
          sessionId: row.session_id,
          fileId: row.file_id,
          page: page?.href ?? null,
          error: row.refusal === null ? null : refusalView(row.refusal),
          files: files.map(fileResult),
        },
        null,
        2,
      )}\n`,
    text: (moved) => LANGS.map((lang) => textOf(row, files, moved, page?.href ?? null, lang)).join('\n'),
  };
}

/** Of an archive what it held, of everything else itself. */
function leavesOf(files: readonly FileRow[]): readonly FileRow[] {
  const parents = new Set(files.map((file) => file.parent_id));
  return files.filter((file) => !parents.has(file.id) || file.status === 'failed');
}

const refusalView = ({ code, params }: Refusal) => ({
  code,
  params,
  message: inEach((lang) => renderText(errorTexts, code, params, lang)),
});

function fileResult(file: FileRow) {
  const views = inEach((lang) => fileDetailView(file, lang));
  const { ru } = views;
  const question = ru.recognition?.question ?? null;
  return {
    id: ru.id,
    parentId: ru.parentId,
    name: ru.memberPath ?? ru.name,
    sizeBytes: ru.sizeBytes,
    sha256: ru.sha256,
    status: ru.status,
    source: ru.source,
    rows: ru.rows,
    periodFrom: ru.periodFrom,
    periodTo: ru.periodTo,
    duplicateOf: ru.duplicateOf,
    error:
      ru.error === null
        ? null
        : {
            code: ru.error.code,
            params: ru.error.params,
            message: inEach((lang) => views[lang].error?.message),
            hint: inEach((lang) => views[lang].error?.hint),
          },
    question:
      question === null
        ? null
        : {
            code: question.code,
            params: question.params,
            message: inEach((lang) => views[lang].recognition?.question?.message),
            candidates: question.candidates,
          },
    warnings: ru.warnings.map(({ code, params }) => ({ code, params })),
  };
}

function textOf(row: EndedRow, files: readonly FileRow[], moved: Moved, page: string | null, lang: Lang): string {
  const table: TextTable = intakeResultTexts;
  const lines = [row.name];
  if (row.refusal !== null) {
    lines.push(
      renderText(table, 'failed', {}, lang),
      renderText(errorTexts, row.refusal.code, row.refusal.params, lang),
    );
    const hint = renderHint(errorTexts, row.refusal.code, row.refusal.params, lang);
    if (hint !== null) lines.push(hint);
  }
  for (const file of files) {
    const view = fileDetailView(file, lang);
    const name = view.memberPath === null ? '' : `${view.memberPath}: `;
    lines.push(name + renderText(table, view.status, {}, lang));
    const question = view.status === 'needs_mapping' ? (view.recognition?.question ?? null) : null;
    for (const said of [view.error, question, ...view.warnings])
      if (said !== null) lines.push(...[said.message, said.hint].filter((text) => text !== null));
    if (view.rows.read > 0) lines.push(renderText(table, 'rows', view.rows, lang));
  }
  if (moved !== 'moved') lines.push(renderText(table, moved, {}, lang));
  if (page !== null) lines.push(page);
  return `${lines.join('\n')}\n`;
}
