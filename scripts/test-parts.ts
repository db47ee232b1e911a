import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Some test files of a suite, for a mocha of their own. */
export interface TestPart {
  title: string;
  /** absolute paths */
  files: string[];
}

/**
 * Cuts a suite (a folder below test/) into at most `count` parts. Every n-th file goes into the same part, so that
 * neighbours in the alphabet, which are alike, are spread.
 */
export function partsOf(root: string, suite: string, count: number): TestPart[] {
  const files = testFiles(join(root, 'test', suite));
  const parts = Math.min(count, Math.max(files.length, 1));
  return Array.from({ length: parts }, (_, part) => ({
    title: parts === 1 ? suite : `${suite} ${part + 1}/${parts}`,
    files: files.filter((_file, index) => index % parts === part),
  }));
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(folder, name));
}
