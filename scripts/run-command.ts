/**
 * The commands of the shell for whoever operates the product: each from its words to its exit code, told in the
 * language of the shell. Programs read what no language changes: exit codes, JSON, ids and values on standard output.
 */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { ConfigError } from '../shared/config.ts';
import { AppError } from '../shared/errors.ts';
import { redactText } from '../shared/redact.ts';
import type { Texts } from '../shared/texts/en/index.ts';
import { langOf } from '../shared/texts/lang-of.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { OperationFault, operationText } from '../shared/texts/operations.ts';
import { optionFault } from '../shared/texts/option-fault.ts';
import { errorTexts } from '../shared/texts/tables.ts';
import { renderText } from '../shared/texts/text.ts';

type Operations = Texts['operations'];

/** Groups of words that are a command's own. */
type CommandGroup = {
  [Name in keyof Operations]: Operations[Name] extends { usage: string } ? Name : never;
}[keyof Operations];

export interface Command {
  /** as it is called */
  name: string;
  words: CommandGroup;
  /** for the places of its usage */
  usageParams?: Readonly<Record<string, string>>;
  /** @returns the exit code */
  run(args: readonly string[], lang: Lang): Promise<number>;
}

/** The command was used wrongly: exit 3. */
export class UsageError<Group extends keyof Operations = keyof Operations> extends OperationFault<Group> {}

class OptionError extends Error {
  readonly args: readonly string[];
  constructor(cause: unknown, args: readonly string[]) {
    super('wrong options', { cause });
    this.args = args;
  }
}

/** `parseArgs`, whose faults are the user's. */
export function readOptions<T extends ParseArgsConfig>(config: T, args: readonly string[]) {
  try {
    return parseArgs<T>({ ...config, args: [...args] });
  } catch (error) {
    throw new OptionError(error, args);
  }
}

/** Runs it as the program that was started. Exit codes beside its own: 1 failed, 3 usage; --help is 0. */
export function runCommand(command: Command): void {
  allowClosedPipe();
  const lang = langOf(process.env);
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usageOf(command, lang));
    return;
  }
  command.run(args, lang).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(told(command, error, lang));
      process.exitCode = isUsageFault(error) ? 3 : 1;
    },
  );
}

/** Whoever called it has to call it otherwise. */
export const isUsageFault = (error: unknown): boolean => error instanceof UsageError || error instanceof OptionError;

export function usageOf({ words, usageParams = {} }: Pick<Command, 'words' | 'usageParams'>, lang: Lang): string {
  return operationText(lang, words, 'usage', usageParams);
}

/** What is said of a command that failed. */
export function told(command: Omit<Command, 'run'>, error: unknown, lang: Lang): string {
  if (error instanceof OptionError) return `${optionFault(error.cause, error.args, lang)}\n${usageOf(command, lang)}`;
  if (error instanceof UsageError) return error.in(lang);
  if (error instanceof ConfigError) return configurationText(error, lang);
  return `${command.name}: ${reasonOf(error, lang)}`;
}

/** Why it failed, without secrets. A refused connection to a name with several addresses has no words of its own. */
export function reasonOf(error: unknown, lang: Lang): string {
  if (error instanceof AggregateError) return error.errors.map((one) => reasonOf(one, lang)).join('; ');
  if (error instanceof OperationFault) return error.in(lang);
  if (error instanceof AppError) return renderText(errorTexts, error.code, error.params, lang);
  return redactText(error instanceof Error ? error.message || error.name : String(error));
}

/** What is wrong with the variables; where nobody worded it for the shell, what the services say. */
function configurationText({ faults }: ConfigError, lang: Lang): string {
  const said = faults.map(({ variable, code, message, says }) => {
    if (says !== undefined) {
      const { key, kid, why } = says;
      return `${variable}: ${operationText(lang, 'configuration', key, { kid, why: wordOf(why ?? '', lang) })}`;
    }
    return `${variable}: ${code === 'missing' ? wordOf('missing', lang) : wordOf(variable, lang, message)}`;
  });
  return operationText(lang, 'configuration', 'faults', { faults: said.join('; ') });
}

function wordOf(key: string, lang: Lang, otherwise = key): string {
  const text = operationText(lang, 'configuration', key as keyof Operations['configuration']);
  return text === key ? otherwise : text;
}
