import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCrowded } from './sql-clauses.ts';

/** Lines of a file, at most: half of all files, nine of ten, and any. */
const LIMITS = { median: 90, p90: 220, longest: 400 };
const WIDTH = 120;
const LONGEST_SHOWN = 5;
const GENERATED = /^(client\/(contract|vocabulary)\.ts|\.railway\/types\/)/;
/** Files of sentences and samples, which are as long as they are. */
const DATA = /^(web\/src\/texts|shared\/texts|shared\/doctor\/codes|test\/support\/odd-reports)\//;
/** In tests also a title, and a line that begins with a literal: a row of a report, the bytes of a file. */
const TITLE_OR_SAMPLE = /^\s*(?:(?:it|describe)\(|'[^']+': ['`]|['"`])/;

export interface FileSizes {
  passed: boolean;
  /** what the files measure, and which pass a limit, as lines of text */
  report: string;
}

/**
 * Measures every file of code that git knows, beside what is generated: how long it is, how wide its lines, and whether
 * SQL stands clause by clause.
 */
export function measureFiles(root: string): FileSizes {
  const list = spawnSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.vue', '*.mjs', '*.cjs'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  if (list.status !== 0) return { passed: true, report: 'no git here: sizes of files are not measured' };
  const files: { name: string; lines: number }[] = [];
  const wide: string[] = [];
  const crowded: string[] = [];
  for (const name of list.stdout.split('\n').filter((one) => one !== '' && !GENERATED.test(one))) {
    const lines = readLines(join(root, name));
    if (lines === null) continue;
    files.push({ name, lines: lines.length });
    wide.push(...wideLines(name, lines).map((number) => `${name}:${number}`));
    if (/^(?:api|worker|shared)\//.test(name) && !DATA.test(name))
      crowded.push(...lines.flatMap((line, index) => (isCrowded(line) ? [`${name}:${index + 1}`] : [])));
  }
  const sorted = files.toSorted((a, b) => a.lines - b.lines);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.lines ?? 0;
  const [median, p90, longest] = [at(0.5), at(0.9), at(1)];
  const shown = sorted.toReversed().filter(({ lines }, index) => index < LONGEST_SHOWN || lines > LIMITS.longest);
  return {
    passed:
      median <= LIMITS.median && p90 <= LIMITS.p90 && longest <= LIMITS.longest && wide.length + crowded.length === 0,
    report: [
      `${files.length} files: median ${median} lines (at most ${LIMITS.median}), p90 ${p90} (${LIMITS.p90}), ` +
        `longest ${longest} (${LIMITS.longest})`,
      `lines over ${WIDTH} columns outside data and texts: ${wide.length}`,
      ...wide.map((where) => `      ${where}`),
      `lines of SQL that hold more than a clause or two: ${crowded.length}`,
      ...crowded.map((where) => `      ${where}`),
      ...shown.map(({ name, lines }) => `${String(lines).padStart(5)}  ${name}`),
    ].join('\n'),
  };
}

/** Numbers of the lines that are too wide, from 1. */
export function wideLines(name: string, lines: readonly string[]): number[] {
  if (DATA.test(name)) return [];
  const isLetPass = (line: string): boolean => name.startsWith('test/') && TITLE_OR_SAMPLE.test(line);
  return lines.flatMap((line, index) => (line.length > WIDTH && !isLetPass(line) ? [index + 1] : []));
}

/** null where the file was deleted and git does not know it yet. */
function readLines(path: string): string[] | null {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
