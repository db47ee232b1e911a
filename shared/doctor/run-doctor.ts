/**
 * Runs the checks side by side, each area under its own deadline, and turns what they say into findings in one
 * language.
 */
import { ConfigError, CONFIG_VARIABLES, loadConfig } from '../config.ts';
import type { ConfigFault } from '../config-fault.ts';
import { createCloserStack, DeadlineError, withDeadline } from '../lifecycle.ts';
import type { AreaCheck, DoctorContext, ProgressListener, Reached } from './context.ts';
import { allCodes, CHECKS } from './checks/index.ts';
import type { Lang } from '../texts/languages.ts';
import { AREAS, exitCodeOf, type Area, type Finding, type Outcome, type Report, type Severity } from './finding.ts';
import type { CodeEntry, DoctorCode } from './codes/entry.ts';
import { createLadder } from './ladder.ts';
import { changesSince, describeRun, readLastRun, writeLastRun } from './last-run.ts';
import { doctorWords } from './words.ts';
import { createSecretFilter } from './secrets.ts';

/** All areas end within it; the whole run stays under 15 s. */
const AREA_LIMIT_MS = 13_000;
const CLOSE_LIMIT_MS = 1_000;

export interface DoctorOptions {
  env: Readonly<Record<string, string | undefined>>;
  version: string;
  projectRoot: string;
  lang: Lang;
  /** null = all */
  only?: readonly Area[] | null;
  strict?: boolean;
  /** where the last run is remembered; the first that can be written is used */
  memory: readonly string[];
  onProgress?: ProgressListener;
  checks?: readonly AreaCheck[];
}

/** Never rejects for what it finds: a broken environment, no network and no service are findings. */
export async function runDoctor(options: DoctorOptions): Promise<Report> {
  const startedAt = new Date();
  const checks = options.checks ?? CHECKS;
  const wanted = AREAS.filter((area) => (options.only ?? null) === null || options.only?.includes(area));
  const closers = createCloserStack();
  const last = readLastRun(options.memory);
  const context = makeContext(options, closers, last);
  const filter = createSecretFilter(onlyOurs(options.env));
  const codes = allCodes(checks);
  try {
    const asked = new Set(
      wanted.flatMap((area) => [area, ...(checks.find((check) => check.area === area)?.needs ?? [])]),
    );
    const outcomes = new Map<Area, Outcome[]>();
    // what nobody asks would be waited for without end
    if (!asked.has('postgres')) context.tell.postgres({ stoppedBy: 'postgres.address' });
    if (!asked.has('redis')) context.tell.redis({ stoppedBy: 'redis.address' });
    await Promise.all(
      checks
        .filter((check) => asked.has(check.area))
        .map(async (check) => {
          options.onProgress?.({ area: check.area, state: 'started' });
          const found = await runArea(check, context);
          outcomes.set(check.area, found);
          options.onProgress?.({ area: check.area, state: 'ended', outcomes: found });
        }),
    );
    const findings = wanted.flatMap((area) =>
      (outcomes.get(area) ?? []).map((outcome) => render(outcome, area, codes, options.lang, filter)),
    );
    const report: Report = {
      version: options.version,
      startedAt: startedAt.toISOString(),
      exitCode: exitCodeOf(findings, options.strict ?? false),
      findings,
      changes: changesSince(last, wanted, findings),
    };
    writeLastRun(options.memory, describeRun(startedAt, wanted, findings, context.latencies, last));
    return report;
  } finally {
    await withDeadline(closers.close(), CLOSE_LIMIT_MS, 'closing').catch(() => undefined);
  }
}

async function runArea(check: AreaCheck, context: DoctorContext): Promise<Outcome[]> {
  const ladder = createLadder();
  const startedAt = performance.now();
  const own = (code: 'check_timeout' | 'check_crashed', evidence: string): Outcome => ({
    code: `${check.area}.${code}`,
    evidence,
    ms: Math.round(performance.now() - startedAt),
  });
  try {
    await withDeadline(check.run(context, ladder), AREA_LIMIT_MS, check.area);
    return ladder.outcomes();
  } catch (error) {
    const stopped = { stoppedBy: `${check.area}.check_timeout` } as const;
    if (check.area === 'postgres') context.tell.postgres(stopped);
    if (check.area === 'redis') context.tell.redis(stopped);
    if (error instanceof DeadlineError) return [...ladder.outcomes(), own('check_timeout', `limit=${error.limitMs}ms`)];
    const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return [...ladder.outcomes(), own('check_crashed', name)];
  }
}

function makeContext(
  options: DoctorOptions,
  closers: DoctorContext['closers'],
  lastRun: DoctorContext['lastRun'],
): DoctorContext {
  const postgres = later<DoctorContext['postgres'] extends Promise<infer T> ? T : never>();
  const redis = later<DoctorContext['redis'] extends Promise<infer T> ? T : never>();
  return {
    env: options.env,
    faults: faultsOf(options.env),
    version: options.version,
    projectRoot: options.projectRoot,
    closers,
    lastRun,
    latencies: new Map(),
    postgres: postgres.promise,
    redis: redis.promise,
    tell: { postgres: postgres.resolve, redis: redis.resolve },
  };
}

function later<T extends Reached<unknown>>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((fulfil) => (resolve = fulfil));
  return { promise, resolve };
}

/** Faults without demanding anything: a variable that is missing is its area's to miss. */
function faultsOf(env: DoctorOptions['env']): readonly ConfigFault[] {
  try {
    loadConfig(env, 'api');
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

function onlyOurs(env: DoctorOptions['env']): Record<string, string | undefined> {
  const known = new Set<string>(CONFIG_VARIABLES);
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => known.has(name) || /^(AWS_|PG|POSTGRES|REDIS|DATABASE)/.test(name)),
  );
}

function render(
  outcome: Outcome,
  area: Area,
  codes: ReturnType<typeof allCodes>,
  lang: Lang,
  filter: (text: string) => string,
): Finding {
  const known = codes.get(outcome.code);
  if (known === undefined) throw new Error(`the code ${outcome.code} is not in the catalogue`);
  const severity = outcome.severity ?? known.entry.severity;
  return {
    code: outcome.code,
    area,
    severity,
    evidence: filter(outcome.evidence),
    ...textsOf(known.code, known.entry, severity, lang),
    docs: `docs/doctor.md#${outcome.code.replace('.', '-')}`,
    ms: outcome.ms,
  };
}

/** What a code says in one language; a rung that was climbed, or not reached, has its title alone. */
function textsOf(
  code: DoctorCode,
  entry: CodeEntry,
  severity: Severity,
  lang: Lang,
): Pick<Finding, 'title' | 'cause' | 'effect' | 'fix'> {
  const { title, cause = '', effect = '', fix = '' } = doctorWords(code, lang);
  if (severity === 'ok' || severity === 'skipped')
    return { title, cause: '', effect: '', fix: { text: '', commands: [] } };
  return { title, cause, effect, fix: { text: fix, commands: 'commands' in entry ? [...entry.commands] : [] } };
}

/** The same report in another language: what was found is not looked for again. */
export function inLanguage(report: Report, lang: Lang): Report {
  const codes = allCodes();
  const findings = report.findings.map((finding) => {
    const known = codes.get(finding.code);
    return known === undefined ? finding : { ...finding, ...textsOf(known.code, known.entry, finding.severity, lang) };
  });
  return { ...report, findings };
}
