import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Some test files of a suite, for a mocha of their own. */
export interface TestPart {
  suite: string;
  title: string;
  /** absolute paths */
  files: string[];
}

/**
 * Cuts a suite (a folder below test/) into at most `count` parts that take as long as each other: the longest file
 * first, each to the part with the least so far. Where nothing is known of their times every n-th file goes into the
 * same part, so that neighbours in the alphabet, which are alike, are spread.
 * @param takes which of its files; all without it
 * @param msOf how long a file takes, as far as it is known
 */
export function partsOf(
  root: string,
  suite: string,
  count: number,
  takes: (path: string) => boolean = () => true,
  msOf: (path: string) => number = () => 1,
): TestPart[] {
  const files = testFiles(join(root, 'test', suite)).filter(takes);
  const parts = Array.from({ length: Math.min(count, files.length) }, () => ({ files: [] as string[], ms: 0 }));
  for (const file of files.toSorted((a, b) => msOf(b) - msOf(a))) {
    const least = parts.reduce((best, part) => (part.ms < best.ms ? part : best));
    least.files.push(file);
    least.ms += msOf(file);
  }
  return parts.map((part, index) => ({
    suite,
    title: parts.length === 1 ? suite : `${suite} ${index + 1}/${parts.length}`,
    files: part.files,
  }));
}

/**
 * Suites that say what comes out and hold nobody to a limit of time, and the doors, which wait for the pauses that
 * Telegram, mailboxes and folders ask for. All others want a core when they do: a service that gets none for long takes
 * its database for one that is away, as it should.
 */
const WAITING = 'telegram|telegram-files|telegram-roles|intake-mail|intake-folder|five-doors|odd-reports';
const UNHURRIED = new RegExp(`/(unit/.*|browser/(looks|first-page)|integration/(${WAITING}))\\.test\\.ts$`);

export function isUnhurried(path: string): boolean {
  return UNHURRIED.test(path);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(folder, name));
}
