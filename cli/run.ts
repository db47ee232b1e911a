/** One run of the command line, from its words to its exit code. Nothing is read or written but by `io`. */
import { parseArgs } from 'node:util';
import { AwayError } from '../client/away-error.ts';
import { createContractClient, RefusedError } from '../client/client.ts';
import { readVersion } from '../shared/project.ts';
import { type Command, EXIT, type ExitCode, type Io, type Run, type Values } from './command.ts';
import { UsageError } from './usage-error.ts';
import { commands } from './commands/index.ts';
import { shown } from '../shared/texts/shown.ts';
import { requestHeaders } from './request-headers.ts';
import { readSettings, type Settings } from './settings.ts';
import { languages, type Lang } from '../shared/texts/languages.ts';
import { langOf } from '../shared/texts/lang-of.ts';
import { optionFault } from '../shared/texts/option-fault.ts';
import { worded } from './texts.ts';

const COMMON = { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;

export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  const lang = langOf(io.env);
  const [name, ...rest] = argv;
  if (name === '--version') {
    io.stdout.write(`vhm24r ${readVersion()}\n`);
    return EXIT.done;
  }
  if (name === undefined || ['help', '--help', '-h'].includes(name)) {
    io.stdout.write(overview(lang));
    return name === undefined ? EXIT.usage : EXIT.done;
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    const message = worded('noCommand', lang, { name: shown(name) });
    if (rest.includes('--json')) io.stdout.write(errorText('usage', message));
    else io.stderr.write(`${message}\n${overview(lang)}`);
    return EXIT.usage;
  }
  return runCommand(command, rest, io, lang);
}

async function runCommand(command: Command, rest: readonly string[], io: Io, lang: Lang): Promise<ExitCode> {
  const json = rest.includes('--json');
  let url = '';
  try {
    const { values, positionals } = read(command, rest, lang);
    if (values['help'] === true) {
      io.stdout.write(`${worded('usageOf', lang, { usage: command.usage })}\n`);
      return EXIT.done;
    }
    let settings: Settings | null = null;
    const run: Run = {
      args: positionals,
      values,
      io,
      lang,
      json,
      settings: () => {
        settings ??= readSettings(io.env, lang);
        url = settings.url;
        return settings;
      },
      client: () => {
        const { url: baseUrl, token } = run.settings();
        return createContractClient({
          baseUrl,
          headers: requestHeaders(token, lang),
          signal: io.signal,
          onWait: (seconds) => run.note(worded('waiting', lang, { seconds })),
        });
      },
      say: (line) => void (json || io.stdout.write(`${line}\n`)),
      note: (line) => void (json || io.stderr.write(`${line}\n`)),
      print: (value) => void io.stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    };
    return await command.run(run);
  } catch (error) {
    const failure = tell(error, url, lang);
    if (failure === null) throw error;
    const { code, message, exit } = failure;
    if (json) io.stdout.write(errorText(code, message));
    else io.stderr.write(`vhm24r: ${shown(message)}\n`);
    if (exit === EXIT.usage && !json) io.stderr.write(`${worded('usageOf', lang, { usage: command.usage })}\n`);
    return exit;
  }
}

const errorText = (code: string, message: string): string =>
  `${JSON.stringify({ error: { code, message } }, null, 2)}\n`;

/** @throws UsageError */
function read(command: Command, args: readonly string[], lang: Lang): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: { ...COMMON, ...command.options }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(optionFault(error, args, lang));
  }
}

interface Failure {
  exit: ExitCode;
  code: string;
  message: string;
}

/** What went wrong, for who started this; null = a fault of this program. */
function tell(error: unknown, url: string, lang: Lang): Failure | null {
  if (error instanceof UsageError) return { exit: EXIT.usage, code: 'usage', message: error.message };
  if (error instanceof RefusedError) {
    const { code, issues } = error;
    const message = [error.message, ...issues].join('; ');
    return { exit: EXIT.failed, code, message: worded('refused', lang, { code, message }) };
  }
  if (error instanceof AwayError)
    return { exit: EXIT.away, code: 'away', message: worded('away', lang, { url, reason: reasonOf(error) }) };
  return null;
}

function reasonOf(error: Error): string {
  const codes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') codes.push(code);
  }
  return codes.at(-1) ?? error.message;
}

function overview(lang: Lang): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name }) => `  ${name.padEnd(width)}  ${languages[lang].commands[name]}`);
  return [worded('usage', lang), '', ...lines, '', worded('everywhere', lang), worded('exits', lang), ''].join('\n');
}
