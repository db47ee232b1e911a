/** The doctor's report for a terminal. */
import { shown } from '../texts/shown.ts';
import type { Texts } from '../texts/en/index.ts';
import { languages, type Lang } from '../texts/languages.ts';
import type { Change, Finding, Report, Severity } from './finding.ts';

const SIGNS: Readonly<Record<Severity, [string, string]>> = {
  ok: ['✓', '\u001b[32m'],
  info: ['i', '\u001b[36m'],
  warn: ['!', '\u001b[33m'],
  error: ['✗', '\u001b[31m'],
  crash: ['✗', '\u001b[35m'],
  skipped: ['·', '\u001b[90m'],
};
const RESET = '\u001b[0m';

export function showReport(report: Report, options: { lang: Lang; colour: boolean }): string {
  const label = languages[options.lang].doctor.report;
  const paint = (severity: Severity, text: string) => (options.colour ? `${SIGNS[severity][1]}${text}${RESET}` : text);
  const lines: string[] = [];
  let area = '';
  for (const finding of report.findings) {
    if (finding.area !== area) lines.push('', finding.area);
    area = finding.area;
    lines.push(...showFinding(finding, label, paint));
  }
  if (report.fixes !== undefined && report.fixes.length > 0) {
    lines.push('', label.fixes);
    for (const fix of report.fixes)
      lines.push(
        `  ${fix.code}: ${fix.action} — ` +
          `${fix.dryRun ? label.would : fix.done ? label.done : `${label.failed} ${fix.error ?? ''}`}`,
      );
  }
  if (report.changes.length > 0) {
    lines.push('', label.changes);
    for (const change of report.changes) lines.push(`  ${sign(change)} ${change.code} (${label[change.change]})`);
  }
  const count = (severity: Severity) => report.findings.filter((finding) => finding.severity === severity).length;
  const errors = count('error') + count('crash');
  const sum = label.sum.replace('{e}', String(errors)).replace('{w}', String(count('warn')));
  lines.push('', errors + count('warn') === 0 ? paint('ok', label.fine) : paint(errors > 0 ? 'error' : 'warn', sum));
  return lines.join('\n').trimStart();
}

const sign = (change: Change): string => (change.change === 'appeared' ? '+' : '-');

function showFinding(
  found: Finding,
  label: Texts['doctor']['report'],
  paint: (severity: Severity, text: string) => string,
): string[] {
  // names of files and subjects of letters are in it
  const finding = { ...found, title: shown(found.title), evidence: shown(found.evidence) };
  const head = `  ${paint(finding.severity, SIGNS[finding.severity][0])} ${finding.title}`;
  if (finding.severity === 'ok' || finding.severity === 'skipped')
    return [`${head}${finding.evidence === '' ? '' : paint('skipped', `  ${finding.evidence}`)}`];
  return [
    `${head}  [${finding.code}]`,
    `      ${label.evidence}: ${finding.evidence}`,
    `      ${label.cause}: ${finding.cause}`,
    `      ${label.effect}: ${finding.effect}`,
    `      ${label.fix}: ${finding.fix.text}`,
    ...finding.fix.commands.map((command) => `        $ ${command}`),
    `      ${label.docs}: ${finding.docs}`,
  ];
}
