import type { DoctorLang } from '../../shared/doctor/finding.ts';
import type { Lang } from '../../shared/texts/text.ts';
import { z } from 'zod';
import { recordAudit } from '../../shared/audit/audit.ts';
import { rawEnvironment } from '../../shared/config.ts';
import { AREAS, type Report } from '../../shared/doctor/finding.ts';
import { lastRunPaths } from '../../shared/doctor/last-run.ts';
import { runDoctor } from '../../shared/doctor/run-doctor.ts';
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

/** The doctor over HTTP: the same list of checks, from where the api stands. */
/** The doctor speaks two languages; the page words its codes in Uzbek itself. */
const doctorLang = (lang: Lang): DoctorLang => (lang === 'en' ? 'en' : 'ru');

export function createDiagnosticsRoutes({ db, version }: Pick<ApiResources, 'db' | 'version'>): Route[] {
  const last = new Map<DoctorLang, Report>();
  const running = new Map<DoctorLang, Promise<Report>>();

  /** Two who ask at once get one run. */
  function run(lang: DoctorLang): Promise<Report> {
    const current = running.get(lang);
    if (current !== undefined) return current;
    const root = projectRoot();
    // a memory of its own: the command line may look from elsewhere
    const memory = lastRunPaths(root).map((path) => path.replace(/\.json$/, '-api.json'));
    const fresh = runDoctor({ env: rawEnvironment(), version, projectRoot: root, lang, memory })
      .then((report) => {
        last.set(lang, report);
        return report;
      })
      .finally(() => running.delete(lang));
    running.set(lang, fresh);
    return fresh;
  }

  return [
    defineRoute({
      method: 'get',
      path: '/system/diagnostics',
      role: 'admin',
      summary: "The doctor's last report; the first request runs it",
      responses: { 200: reportView },
      handler: ({ lang }) => last.get(doctorLang(lang)) ?? run(doctorLang(lang)),
    }),
    defineRoute({
      method: 'post',
      path: '/system/diagnostics',
      role: 'admin',
      summary: 'Run the doctor now',
      responses: { 200: reportView },
      async handler(asked) {
        const report = await run(doctorLang(asked.lang));
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
