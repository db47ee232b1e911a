/**
 * Moves a file whose session has ended, with its result beside it. Every step can be the last one of this process, and
 * the next one goes on: the target is written down before it is made, an empty file holds its name, the results come
 * before the move, and the move replaces nothing but that empty file.
 */
import { lstat, open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Db } from '../../db/client.ts';
import { isMissing, makeFolders } from './file-faults.ts';
import { claimedFile, notePutAway, noteTarget, type EndedRow } from './folder-rows.ts';
import { RESULT_ENDINGS, targetName } from './target-name.ts';
import { describeFile, isSameFile, type PutAway, type WatchedFile } from './watched-files.ts';

/** What became of the file in the folder. */
export type Moved = 'moved' | 'replaced' | 'gone';

export interface Results {
  kind: PutAway;
  /** it waits for an answer on the page, and is told again when it has got one */
  asked: boolean;
  json(moved: Moved): string;
  text(moved: Moved): string;
}

/** @throws what the system says: nothing is lost, and the same call goes on later */
export async function putAway(db: Db, folder: string, row: EndedRow, results: Results): Promise<void> {
  const claimed = claimedFile(row);
  const home = `${results.kind}/${row.day}`;
  const isAwayAlready = row.state === 'asked' && dirname(row.place) === home;
  await makeFolders(folder, [results.kind, row.day]);
  const target = isAwayAlready ? row.place : await holdTarget(db, folder, row, home);
  const moved = await whatIsThere(folder, row, target, claimed);
  try {
    await writeResult(`${join(folder, target)}${RESULT_ENDINGS[0]}`, results.json(moved));
    await writeResult(`${join(folder, target)}${RESULT_ENDINGS[1]}`, results.text(moved));
    if (moved === 'moved' && !isAwayAlready) await move(folder, row, target, claimed, results);
  } catch (error) {
    if (!isAwayAlready) await dropPlaceholder(join(folder, target), claimed);
    throw error;
  }
  if (!isAwayAlready) await dropPlaceholder(join(folder, target), claimed);
  if (row.state === 'asked' && !isAwayAlready)
    for (const ending of RESULT_ENDINGS) await rm(join(folder, row.place + ending), { force: true });
  await notePutAway(db, row.id, target, results.asked ? 'asked' : 'done');
}

/** An empty file of our own holds the name; a name that is taken by anything else is left alone. */
async function holdTarget(db: Db, folder: string, row: EndedRow, home: string): Promise<string> {
  let chosen = row.target !== null && dirname(row.target) === home ? row.target : null;
  for (let attempt = 1; ; attempt++) {
    const target = chosen ?? `${home}/${targetName(row.name, attempt)}`;
    const there = await statIfThere(join(folder, target));
    if (chosen !== null) {
      // begun before: our own placeholder, or the file itself when only the last note is missing
      if (there === null || there.size === 0n || isSameContent(describeFile(row.name, there), claimedFile(row)))
        if (there !== null || (await makePlaceholder(join(folder, target)))) return target;
      chosen = null;
      attempt = 0;
      continue;
    }
    if (there !== null || (await hasResults(folder, target))) continue;
    await noteTarget(db, row.id, target);
    if (await makePlaceholder(join(folder, target))) return target;
  }
}

async function makePlaceholder(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function hasResults(folder: string, target: string): Promise<boolean> {
  for (const ending of RESULT_ENDINGS) if ((await statIfThere(join(folder, target + ending))) !== null) return true;
  return false;
}

async function whatIsThere(folder: string, row: EndedRow, target: string, claimed: WatchedFile): Promise<Moved> {
  const source = await statIfThere(join(folder, row.place));
  if (source !== null) return isSameFile(describeFile(row.name, source), claimed) ? 'moved' : 'replaced';
  const there = await statIfThere(join(folder, target));
  return there !== null && isSameContent(describeFile(row.name, there), claimed) ? 'moved' : 'gone';
}

async function move(
  folder: string,
  row: EndedRow,
  target: string,
  claimed: WatchedFile,
  results: Results,
): Promise<void> {
  const [from, to] = [join(folder, row.place), join(folder, target)];
  try {
    await rename(from, to);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const there = await statIfThere(to);
  if (there === null || isSameContent(describeFile(row.name, there), claimed)) return;
  // replaced between the look and the move: nobody has taken this one, so it goes back
  for (let attempt = 1; ; attempt++) {
    const back = join(folder, targetName(row.name, attempt));
    if (!(await makePlaceholder(back))) continue;
    await rename(to, back);
    break;
  }
  await writeResult(`${to}${RESULT_ENDINGS[0]}`, results.json('replaced'));
  await writeResult(`${to}${RESULT_ENDINGS[1]}`, results.text('replaced'));
}

/** By size and time: some shares give a file another inode when it is renamed. */
function isSameContent(a: WatchedFile, b: WatchedFile): boolean {
  return a.sizeBytes === b.sizeBytes && a.mtimeNs === b.mtimeNs;
}

/** Where no file came to it; an empty file that was moved there is no placeholder. */
async function dropPlaceholder(path: string, claimed: WatchedFile): Promise<void> {
  const there = await statIfThere(path);
  if (there?.size === 0n && !isSameContent(describeFile(claimed.name, there), claimed)) await rm(path, { force: true });
}

async function statIfThere(path: string) {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeResult(path: string, text: string): Promise<void> {
  const writing = join(dirname(path), `.${path.slice(dirname(path).length + 1)}.tmp`);
  try {
    // what lies there is of a process that died, or a link of somebody else: neither is written through
    await rm(writing, { force: true });
    await writeFile(writing, text, { flag: 'wx' });
    await rename(writing, path);
  } catch (error) {
    await rm(writing, { force: true });
    throw error;
  }
}
