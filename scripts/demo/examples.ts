import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillPlaces } from '../../shared/texts/fill.ts';
import { languages, type Lang } from '../../shared/texts/languages.ts';
import { operationText } from '../../shared/texts/operations.ts';
import type { ApiClient, SessionBody } from '../api-client.ts';
import { ApiError } from '../api-client.ts';

const LOAD_TIMEOUT_MS = 300_000;

/**
 * Sends every report of the folder in one request and follows them to the end. On a second run they come back as
 * duplicates.
 */
export async function loadExamples(client: ApiClient, folder: string): Promise<SessionBody> {
  const names = readdirSync(folder).filter((name) => /\.(csv|xlsx)$/.test(name));
  const answer = await client.upload(names.toSorted().map((name) => ({ path: join(folder, name) })));
  if (answer.status !== 200 && answer.status !== 202) throw new ApiError('uploading the examples', answer);
  return client.waitForSession(answer.body.session.id, { timeoutMs: LOAD_TIMEOUT_MS });
}

/** One line a file: what it was taken for and what became of its rows. */
export function describeFiles(session: SessionBody, lang: Lang): string[] {
  return session.files.map((file) => {
    const { rows } = file;
    const outcome =
      file.status === 'duplicate'
        ? operationText(lang, 'demo', 'loadedBefore')
        : fillPlaces(languages[lang].commandLine.rows, { ...rows });
    const fault = file.error ? ` (${file.error.code}${file.error.message ? `: ${file.error.message}` : ''})` : '';
    return `${file.name.padEnd(20)} ${(file.source ?? '?').padEnd(14)} ${file.status.padEnd(10)} ${outcome}${fault}`;
  });
}
