/** What a command is, and what it is given. One file per command in commands/, one line in commands/index.ts. */
import type { ParseArgsConfig } from 'node:util';
import type { ContractClient } from '../client/client.ts';
import type { Settings } from './settings.ts';
import type { Lang } from '../shared/texts/languages.ts';
import type { Texts } from '../shared/texts/en/index.ts';

/** How a run ends; the numbers are the contract of scripts around it (docs/cli.md). */
export const EXIT = { done: 0, failed: 1, questions: 2, usage: 3, away: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a run reads and writes; tests hand over their own. */
export interface Io {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: { write(text: string | Uint8Array): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean; columns?: number };
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

export type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

export interface Run {
  /** what stands behind the name of the command, options apart */
  args: readonly string[];
  values: Values;
  io: Io;
  lang: Lang;
  json: boolean;
  /** @throws UsageError when nobody has said where the server is and who asks */
  settings(): Settings;
  /** signed in by the settings */
  client(): ContractClient;
  /** a line of the result, for a person; nothing with --json */
  say(line: string): void;
  /** a line beside the result, on stderr; nothing with --json */
  note(line: string): void;
  /** the result with --json: the only thing written to stdout then */
  print(value: unknown): void;
}

export interface Command {
  /** its summary stands in texts.ts */
  name: keyof Texts['commands'];
  /** e.g. "status SESSION" */
  usage: string;
  options: NonNullable<ParseArgsConfig['options']>;
  run(run: Run): Promise<ExitCode>;
}

/** The text of an option, or undefined. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
