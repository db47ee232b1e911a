import type { Lang } from '../../shared/texts/languages.ts';
import { z } from 'zod';
import { recordAudit } from '../../shared/audit/audit.ts';
import { rawEnvironment } from '../../shared/config.ts';
import { AREAS, type Report } from '../../shared/doctor/finding.ts';
import { lastRunPaths } from '../../shared/doctor/last-run.ts';
import { inLanguage, runDoctor } from '../../shared/doctor/run-doctor.ts';
import { projectRoot } from '../../shared/project.ts';
import type { ApiResources } from '../../shared/resources.ts';
import { defineRoute, type Route } from '../route.ts';
import { actorOf } from './users.ts';

const findingView = z
  .object({
    code: z.string(),
    area: z.enum(AREAS),
    severity: z.enum(['ok', 'info', 'warn', 'error', 'crash', 'skipped']),
    title: z.string(),
    evidence: z.string(),
    cause: z.string(),
    effect: z.string(),
    fix: z.object({ text: z.string(), commands: z.array(z.string()) }),
    docs: z.string(),
    ms: z.number(),
  })
  .meta({ id: 'Finding' });
const reportView = z
  .object({
    version: z.string(),
    startedAt: z.string(),
    exitCode: z.number().int(),
    findings: z.array(findingView),
    changes: z.array(z.object({ code: z.string(), area: z.enum(AREAS), change: z.enum(['appeared', 'gone']) })),
  })
  .meta({ id: 'DoctorReport' });

/** "All is well" of an hour ago beside what has broken since would be believed. */
const REPORT_COUNTS_MS = 5 * 60_000;

/** The doctor over HTTP: the same list of checks, from where the api stands. */
export function createDiagnosticsRoutes({ db, version }: Pick<ApiResources, 'db' | 'version'>): Route[] {
  let last: { report: Report; atMs: number } | null = null;
  let running: Promise<Report> | null = null;

  /** Two who ask at once get one run, each in their own language. */
  async function run(lang: Lang): Promise<Report> {
    running ??= look().finally(() => (running = null));
    return inLanguage(await running, lang);
  }

  async function look(): Promise<Report> {
    const root = projectRoot();
    // a memory of its own: the command line may look from elsewhere
    const memory = lastRunPaths(root).map((path) => path.replace(/\.json$/, '-api.json'));
    const report = await runDoctor({ env: rawEnvironment(), version, projectRoot: root, lang: 'ru', memory });
    last = { report, atMs: performance.now() };
    return report;
  }

  return [
    defineRoute({
      method: 'get',
      path: '/system/diagnostics',
      role: 'admin',
      summary: "The doctor's last report; where there is none of the last five minutes, it runs now",
      responses: { 200: reportView },
      handler: ({ lang }) =>
        last === null || performance.now() - last.atMs > REPORT_COUNTS_MS ? run(lang) : inLanguage(last.report, lang),
    }),
    defineRoute({
      method: 'post',
      path: '/system/diagnostics',
      role: 'admin',
      summary: 'Run the doctor now',
      responses: { 200: reportView },
      async handler(asked) {
        const report = await run(asked.lang);
        // what it found is told also when the audit log's own store is what is broken
        await recordAudit(db, {
          ...actorOf(asked),
          action: 'diagnostics.run',
          details: { exitCode: report.exitCode },
        }).catch(() => undefined);
        return report;
      },
    }),
  ];
}
