import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Area, Finding, Report } from '../../shared/doctor/finding.ts';
import { runDoctor } from '../../shared/doctor/run-doctor.ts';

export const PLANTED = 'pl4nted-S3cret_pw';
export const GOOD_JWT = 'k1:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
const folder = mkdtempSync(join(tmpdir(), 'vhm24r-test-doctor-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let runs = 0;

/** The doctor in this process, with a memory of its own; nothing of this process's environment reaches it. */
export function diagnose(
  env: Record<string, string>,
  only: readonly Area[] | null,
  memory = join(folder, `${runs++}.json`),
): Promise<Report> {
  return runDoctor({
    env: { JWT_SECRETS: GOOD_JWT, ...env },
    version,
    projectRoot,
    lang: 'en',
    only,
    memory: [memory],
  });
}

export const problems = (report: Report): Finding[] =>
  report.findings.filter(({ severity }) => ['warn', 'error', 'crash'].includes(severity));

/**
 * The one problem is this code, it stops the ladder, says what to do in words and does not give the secret away; the
 * exit code is that of its severity.
 */
export function assertOnly(report: Report, code: string, severity: 'warn' | 'error' = 'error'): Finding {
  const found = problems(report);
  assert.deepEqual(
    found.map((finding) => finding.code),
    [code],
    found.map((finding) => `${finding.code} ${finding.evidence}`).join('; '),
  );
  const finding = found[0] as Finding;
  assert.equal(finding.severity, severity);
  assert.equal(finding.area, code.split('.')[0]);
  assert.match(finding.docs, new RegExp(`#${code.replace('.', '-')}$`));
  assert.equal(report.exitCode, severity === 'error' ? 1 : 0);
  for (const text of [finding.title, finding.cause, finding.effect, finding.fix.text, finding.evidence])
    assert.notEqual(text, '', code);
  assert.equal(JSON.stringify(report).includes(PLANTED), false, 'the password is shown');
  return finding;
}

/** Has this code among its problems; others may be true as well. */
export function assertFound(report: Report, code: string): Finding {
  const finding = report.findings.find((one) => one.code === code);
  assert.ok(
    finding,
    `${code} is not among ${problems(report)
      .map((one) => `${one.code} ${one.evidence}`)
      .join('; ')}`,
  );
  assert.equal(JSON.stringify(report).includes(PLANTED), false, 'the password is shown');
  return finding;
}
