/** The words of the doctor (api.md section 7): what a check says, and what a person or a program gets to read. */
export const AREAS = [
  'config',
  'postgres',
  'redis',
  'queue',
  'worker',
  'jwt',
  'blacklist',
  'cache',
  'storage',
  'disk',
  'clock',
  'telegram',
  'intake',
  'backup',
  'version',
] as const;
export type Area = (typeof AREAS)[number];

export type Severity = 'ok' | 'info' | 'warn' | 'error' | 'crash' | 'skipped';

/** What a check found: a code of the catalogue and facts without words of any language. */
export interface Outcome {
  code: string;
  /** overrides the code's own severity only for rungs: ok or skipped */
  severity?: 'ok' | 'skipped';
  /** what was seen, e.g. `host=db.example lookup=ENOTFOUND`; never a secret */
  evidence: string;
  ms: number;
}

export interface Finding {
  code: string;
  area: Area;
  severity: Severity;
  title: string;
  evidence: string;
  cause: string;
  effect: string;
  fix: { text: string; commands: string[] };
  /** where it is explained: path and anchor in this repository */
  docs: string;
  ms: number;
}

/** What is different from the run before. */
export interface Change {
  code: string;
  area: Area;
  change: 'appeared' | 'gone';
}

export interface Fix {
  code: string;
  action: string;
  done: boolean;
  dryRun: boolean;
  error?: string;
}

export interface Report {
  version: string;
  startedAt: string;
  exitCode: number;
  findings: Finding[];
  changes: Change[];
  /** only after `--fix` */
  fixes?: Fix[];
}

/** Exit code: 4 when a check itself failed, 1 for an error, 2 for a warning where that is asked, else 0. */
export function exitCodeOf(findings: readonly Pick<Finding, 'severity'>[], strict: boolean): 0 | 1 | 2 | 4 {
  const has = (severity: Severity) => findings.some((finding) => finding.severity === severity);
  if (has('crash')) return 4;
  if (has('error')) return 1;
  return strict && has('warn') ? 2 : 0;
}
