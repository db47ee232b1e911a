/** What a watched folder holds of files that were put away. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface IntakeResult {
  outcome: string;
  moved: string;
  sessionId: string | null;
  error: { code: string } | null;
  files: { name: string; status: string; question: { code: string } | null }[];
}

/** Every file under processed/ and failed/, without its day: `processed/a.csv`. */
export async function putAway(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const kind of ['processed', 'failed'])
    for (const entry of await readdir(join(folder, kind), { recursive: true, withFileTypes: true }).catch(() => []))
      if (entry.isFile() && !entry.name.startsWith('.')) found.push(`${kind}/${entry.name}`);
  return found.toSorted();
}

export async function resultOf(folder: string, path: string): Promise<IntakeResult> {
  const [kind = '', name = ''] = path.split('/');
  const [day = ''] = await readdir(join(folder, kind));
  assert.match(day, /^\d{4}-\d{2}-\d{2}$/);
  const text = await readFile(join(folder, kind, day, `${name}.result.txt`), 'utf8');
  assert.match(text, /[а-яё]/i);
  assert.match(text, /^(Loaded|Not loaded|The same|A question|Cancelled)/m);
  assert.match(text, /^(Yuklandi|Yuklanmadi|Xuddi shu|Sahifada javob|Bekor qilindi)/m);
  return JSON.parse(await readFile(join(folder, kind, day, `${name}.result.json`), 'utf8')) as IntakeResult;
}
