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
 * Cuts a suite (a folder below test/) into at most `count` parts. Every n-th file goes into the same part, so that
 * neighbours in the alphabet, which are alike, are spread.
 * @param takes which of its files; all without it
 */
export function partsOf(
  root: string,
  suite: string,
  count: number,
  takes: (path: string) => boolean = () => true,
): TestPart[] {
  const files = testFiles(join(root, 'test', suite)).filter(takes);
  const parts = Math.min(count, files.length);
  return Array.from({ length: parts }, (_, part) => ({
    suite,
    title: parts === 1 ? suite : `${suite} ${part + 1}/${parts}`,
    files: files.filter((_file, index) => index % parts === part),
  }));
}

/**
 * Suites that say what comes out and hold nobody to a limit of time. All others want a core when they do: a service
 * that gets none for long takes its database for one that is away, as it should.
 */
const UNHURRIED = /\/(unit\/.*|browser\/(looks|first-page))\.test\.ts$/;

export function isUnhurried(path: string): boolean {
  return UNHURRIED.test(path);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(folder, name));
}
