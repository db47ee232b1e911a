import { parseArgs } from 'node:util';
import { allCodes } from '../shared/doctor/checks/index.ts';
import { doctorWords } from '../shared/doctor/words.ts';
import { doctorDocument } from '../shared/doctor/document.ts';
import { AREAS, type Area, type Report } from '../shared/doctor/finding.ts';
import { applyFixes } from '../shared/doctor/fixes.ts';
import { lastRunPaths } from '../shared/doctor/last-run.ts';
import { runDoctor, type DoctorOptions } from '../shared/doctor/run-doctor.ts';
import { showReport } from '../shared/doctor/show.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';
import { projectRoot, readVersion } from '../shared/project.ts';
import { langOf } from '../shared/texts/lang-of.ts';
import { LANGS, type Lang } from '../shared/texts/languages.ts';
import { isInside, runGuarded, tellExitCode } from './doctor-guard.ts';
import { isUsageFault, readOptions, told, UsageError, usageOf } from './run-command.ts';

const COMMAND = {
  name: 'doctor',
  words: 'doctorCommand',
  usageParams: { langs: LANGS.join('|'), areas: AREAS.join(' ') },
} as const;

interface Asked {
  json: boolean;
  only: Area[] | null;
  lang: Lang;
  strict: boolean;
  fix: boolean;
  dryRun: boolean;
  list: boolean;
  document: boolean;
  memory: string | null;
}

function readArgs(args: readonly string[]): Asked {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    json: flag,
    strict: flag,
    fix: flag,
    'dry-run': flag,
    list: flag,
    document: flag,
    'redact-urls': flag,
    only: { type: 'string', multiple: true },
    lang: { type: 'string', default: 'ru' },
    memory: { type: 'string' },
  } as const;
  const { values } = readOptions({ options }, args);
  const lang = LANGS.find((one) => one === values.lang);
  if (lang === undefined) throw new UsageError('doctorCommand', 'noLang', { langs: LANGS.join(', ') });
  const only = values.only?.flatMap((part) => part.split(',')).map((name) => name.trim());
  const unknown = only?.find((name) => !AREAS.some((area) => area === name));
  if (unknown !== undefined) throw new UsageError('doctorCommand', 'noArea', { area: unknown });
  if (values['dry-run'] && !values.fix) throw new UsageError('doctorCommand', 'dryRun');
  return {
    json: values.json,
    only: (only as Area[] | undefined) ?? null,
    lang,
    strict: values.strict,
    fix: values.fix,
    dryRun: values['dry-run'],
    list: values.list,
    document: values.document,
    memory: values.memory ?? null,
  };
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usageOf(COMMAND, langOfUsage(args)));
    return 0;
  }
  const asked = readArgs(args);
  if (asked.document) {
    process.stdout.write(doctorDocument());
    return 0;
  }
  if (asked.list) {
    for (const { code, entry } of allCodes().values())
      console.log(`${entry.severity.padEnd(7)} ${code.padEnd(36)} ${doctorWords(code, asked.lang).title}`);
    return 0;
  }
  const root = projectRoot();
  const version = readVersion();
  const options: DoctorOptions = {
    env: process.env,
    version,
    projectRoot: root,
    lang: asked.lang,
    only: asked.only,
    strict: asked.strict,
    memory: asked.memory === null ? lastRunPaths(root) : [asked.memory],
    onProgress: showProgress,
  };
  let report = await runDoctor(options);
  if (asked.fix) {
    const fixes = await applyFixes(report.findings, process.env, asked.dryRun);
    // what was mended shows as gone
    if (fixes.some(({ done }) => done)) report = await runDoctor(options);
    report = { ...report, fixes };
  }
  clearProgress();
  if (asked.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else
    console.log(
      showReport(report, { lang: asked.lang, colour: process.stdout.isTTY && (process.env.NO_COLOR ?? '') === '' }),
    );
  return report.exitCode;
}

/** Of the usage, whatever else the options are: that of --lang, else of the shell. */
function langOfUsage(args: readonly string[]): Lang {
  const { values } = parseArgs({ args: [...args], options: { lang: { type: 'string' } }, strict: false });
  return LANGS.find((lang) => lang === values.lang) ?? langOf(process.env);
}

const running = new Set<Area>();

/** Which areas still run, on the terminal alone. */
function showProgress(event: { area: Area; state: 'started' | 'ended' }): void {
  if (event.state === 'started') running.add(event.area);
  else running.delete(event.area);
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K… ${[...running].join(' ')}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

/**
 * What is left to say when the doctor itself breaks: still JSON where JSON was asked for. No message: it may hold
 * anything.
 */
function crashReport(error: unknown): Report {
  const name = error instanceof Error ? error.name : 'unknown';
  const finding = {
    code: 'config.check_crashed',
    area: 'config' as const,
    severity: 'crash' as const,
    title: 'The doctor itself failed',
    evidence: name,
    cause: '',
    effect: '',
    fix: { text: '', commands: [] },
    docs: 'docs/doctor.md#config-check_crashed',
    ms: 0,
  };
  return { version: 'unknown', startedAt: new Date().toISOString(), exitCode: 4, findings: [finding], changes: [] };
}

/** Says how it ended and lets the guard end what does not end. */
function end(exitCode: number): void {
  process.exitCode = exitCode;
  tellExitCode(exitCode);
}

function sayCrash(error: unknown, asJson: boolean): void {
  const report = crashReport(error);
  if (asJson) process.stdout.write(`${JSON.stringify(report)}\n`);
  else console.error(`doctor: ${report.findings[0]?.evidence ?? ''}`);
}

class DoctorStuckError extends Error {
  override readonly name = 'DoctorStuckError';
}

async function guard(args: readonly string[], asJson: boolean): Promise<void> {
  const exitCode = await runGuarded(args);
  if (exitCode === null) sayCrash(new DoctorStuckError(), asJson);
  process.exitCode = exitCode ?? 4;
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  const args = process.argv.slice(2);
  const asJson = args.includes('--json');
  if (!isInside()) await guard(args, asJson);
  else {
    main(args).then(end, (error: unknown) => {
      clearProgress();
      if (isUsageFault(error)) {
        console.error(told(COMMAND, error, langOfUsage(args)));
        end(3);
        return;
      }
      sayCrash(error, asJson);
      end(4);
    });
  }
}
