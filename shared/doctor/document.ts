/** docs/doctor.md, made from the list; a test compares. */
import { LANGS, type Lang } from '../texts/languages.ts';
import { allCodes } from './checks/index.ts';
import { doctorWords, type DoctorWords } from './words.ts';

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
are shown without user and password, always. The same report for admins: \`POST /api/v1/system/diagnostics\`, and
\`GET\`, which gives the last one for five minutes.

This page is made from the list of checks: \`npm run doctor -- --document > docs/doctor.md\`.
`;

/** English first, as this document is in English. */
const LANGUAGES: readonly Lang[] = ['en', ...LANGS.filter((lang) => lang !== 'en')];

export function doctorDocument(): string {
  const lines = [HEAD];
  let last = '';
  for (const { area, code, entry } of allCodes().values()) {
    const inEach = (part: keyof DoctorWords): string =>
      LANGUAGES.map((lang) => doctorWords(code, lang)[part]).join(' / ');
    if (area !== last) lines.push(`## ${area}\n`);
    last = area;
    lines.push(`### <a id="${code.replace('.', '-')}"></a>\`${code}\` · ${entry.severity}\n`);
    lines.push(`${LANGUAGES.map((lang) => `${doctorWords(code, lang).title}.`).join(' / ')}\n`);
    if (!('commands' in entry)) {
      lines.push('A rung: shown as ok, or as skipped with the code that stopped the ladder before it.\n');
      continue;
    }
    lines.push(`- **Cause.** ${inEach('cause')}`);
    lines.push(`- **Effect.** ${inEach('effect')}`);
    lines.push(`- **Fix.** ${inEach('fix')}\n`);
    if (entry.commands.length > 0) lines.push(`\`\`\`sh\n${entry.commands.join('\n')}\n\`\`\`\n`);
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
