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
 * Suites that promise no time: they say what comes out, and may take as long as they need. All others hold the product
 * to limits of time, and want a core for themselves when they do.
 */
const UNHURRIED = new RegExp(
  String.raw`/(unit/.*|browser/(looks|first-page)|integration/(${[
    'analytics|backup|cli|compression|errors-to-send-back|exports|extra-proofs|files-held|fourth-gateway|hardening',
    'five-doors|hostile-requests|import-receipts|impossible-rows|incomplete-reports|invitations|mapping|memory-watch|merge.*',
    'missing-days|month-in-formats|odd-reports|openapi|orders-.*|preview.*|reader-child-tasks|reader-confinement',
    'reconcile-worlds|record-guards|spare-reader|undo.*|upload-doors',
  ].join('|')}))\.test\.ts$`,
);

export function isUnhurried(path: string): boolean {
  return UNHURRIED.test(path);
}

function testFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .toSorted()
    .map((name) => join(folder, name));
}
