/**
 * Transcripts of a page of docs, run: in blocks marked console a line after `$` is a command, what follows is what it
 * writes. A shell as small as what the page uses: vhm24r, `&&`, `<`, variables before a command, `*` and `echo $?`.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { runVhm24r } from './run-cli.ts';

/** Of files and uploads, and of orders where a table begins with them: who came first is chance. */
const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|^\d+(?=,\d{4}-\d\d-\d\dT)/gm;

export interface Transcript {
  command: string;
  /** as the page has it */
  expected: string;
  /** what came, with the page's ids in the place of today's */
  actual: string;
}

/** In the current folder, in the page's order: what one command does the next ones find. */
export async function runTranscripts(page: string, env: Record<string, string>): Promise<Transcript[]> {
  const done: Transcript[] = [];
  const today = new Map<string, string>();
  let lastCode = 0;
  for (const { command, expected } of transcriptsOf(page)) {
    let text = '';
    for (const step of command.replaceAll(IDS, (id) => today.get(id) ?? id).split(' && ')) {
      const result = await runStep(step.trim(), env, lastCode);
      text += result.text;
      lastCode = result.code;
      if (lastCode !== 0) break;
    }
    const told = expected.match(IDS) ?? [];
    const ids = text.match(IDS) ?? [];
    if (told.length === ids.length) for (const [at, id] of told.entries()) today.set(id, ids[at] ?? id);
    const ofPage = new Map([...today].map(([id, now]) => [now, id]));
    done.push({ command, expected, actual: text.replaceAll(IDS, (id) => ofPage.get(id) ?? id) });
  }
  return done;
}

/** The page with what came in the place of what it had. */
export function withTranscripts(page: string, transcripts: readonly Transcript[]): string {
  let at = 0;
  return page.replaceAll(/^```console\n(.*?)^```$/gms, (_whole, block: string) => {
    const count = block.match(/^\$ /gm)?.length ?? 0;
    const lines = transcripts.slice(at, at + count).map(({ command, actual }) => `$ ${command}\n${actual}`);
    at += count;
    return `\`\`\`console\n${lines.join('')}\`\`\``;
  });
}

export function transcriptsOf(page: string): { command: string; expected: string }[] {
  const blocks = [...page.matchAll(/^```console\n(.*?)^```$/gms)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n');
        return { command: part.slice(0, end), expected: part.slice(end + 1) };
      }),
  );
}

async function runStep(
  step: string,
  env: Record<string, string>,
  lastCode: number,
): Promise<{ text: string; code: number }> {
  if (step === 'echo $?') return { text: `${lastCode}\n`, code: 0 };
  const words = [...step.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => ({ quoted, plain }));
  const own: Record<string, string> = {};
  const argv: string[] = [];
  let stdin: Uint8Array | undefined;
  for (const [at, { quoted, plain }] of words.entries()) {
    const assigned = argv.length === 0 && plain !== undefined ? /^([A-Z0-9_]+)=(.*)$/.exec(plain) : null;
    if (assigned !== null) own[assigned[1] ?? ''] = assigned[2] ?? '';
    else if (plain === '<') stdin = await readFile(words[at + 1]?.plain ?? '');
    else if (words[at - 1]?.plain === '<') continue;
    else if (plain?.includes('*') === true)
      argv.push(
        ...readdirSync('.')
          .filter((name) => name.endsWith(plain.replace('*', '')))
          .toSorted(),
      );
    else argv.push(quoted ?? plain ?? '');
  }
  if (argv.shift() !== 'vhm24r') throw new Error(`the page uses more of a shell than there is: ${step}`);
  const { both, code } = await runVhm24r(argv, { env: { ...env, ...own }, ...(stdin === undefined ? {} : { stdin }) });
  return { text: both, code };
}
