/** docs/doctor.md, made from the list; a test compares. */
import { LANGS, type Lang } from '../texts/text.ts';
import { allCodes } from './checks/index.ts';
import type { Words } from './finding.ts';

const HEAD = `# The doctor

\`npm run doctor\` says what is broken, why, and the command that mends it. It works when nothing else does: with a
broken configuration, no service running and no network. Connections are climbed as a ladder; after the first failed
rung the rest is skipped, so that one cause gives one error.

| option | does |
|---|---|
| \`--json\` | prints one JSON object and nothing else (with npm: \`npm run -s doctor -- --json\`) |
| \`--only AREA[,AREA]\` | these areas only |
| \`--lang ${LANGS.join('\\|')}\` | language; ru is the default |
| \`--strict\` | warnings give exit code 2 |
| \`--fix\` | does what is safe and easily undone, then looks again; \`--dry-run\` only says what it would do |
| \`--list\` | all codes |
| \`--memory FILE\` | where the last run is remembered (default \`.data/doctor-last.json\`) |

Exit codes: 0 fine or warnings, 1 any error, 2 warnings with \`--strict\`, 3 usage, 4 the doctor itself failed. URLs
are shown without user and password, always. The same report: \`GET\` and \`POST /api/v1/system/diagnostics\` (admin).

This page is made from the list of checks: \`npm run doctor -- --document > docs/doctor.md\`.
`;

/** English first, as this document is in English. */
const LANGUAGES: readonly Lang[] = ['en', ...LANGS.filter((lang) => lang !== 'en')];
const inEach = (text: Words): string => LANGUAGES.map((lang) => text[lang]).join(' / ');

export function doctorDocument(): string {
  const lines = [HEAD];
  let last = '';
  for (const [code, { area, entry }] of allCodes()) {
    if (area !== last) lines.push(`## ${area}\n`);
    last = area;
    lines.push(`### <a id="${code.replace('.', '-')}"></a>\`${code}\` · ${entry.severity}\n`);
    lines.push(`${LANGUAGES.map((lang) => `${entry.title[lang]}.`).join(' / ')}\n`);
    if (entry.cause === undefined || entry.effect === undefined || entry.fix === undefined) {
      lines.push(
        entry.severity === 'ok'
          ? 'A rung: shown as ok, or as skipped with the code that stopped the ladder before it.\n'
          : '',
      );
      continue;
    }
    lines.push(`- **Cause.** ${inEach(entry.cause)}`);
    lines.push(`- **Effect.** ${inEach(entry.effect)}`);
    lines.push(`- **Fix.** ${inEach(entry.fix.text)}\n`);
    if (entry.fix.commands.length > 0) lines.push(`\`\`\`sh\n${entry.fix.commands.join('\n')}\n\`\`\`\n`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
