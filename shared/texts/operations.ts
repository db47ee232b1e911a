/** What the commands of the shell say: a line, or a fault that is worded where it is told. */
import type { Texts } from './en/index.ts';
import { fillPlaces } from './fill.ts';
import { languages, type Lang } from './languages.ts';

type Operations = Texts['operations'];
type Params = Readonly<Record<string, string | number | undefined>>;

export function operationText<Group extends keyof Operations>(
  lang: Lang,
  group: Group,
  key: keyof Operations[Group] & string,
  params: Params = {},
): string {
  const words: Readonly<Record<string, string>> = languages[lang].operations[group];
  return fillPlaces(words[key] ?? key, params);
}

/** A fault that whoever runs a command is told in the language of his shell; its message is English, for logs. */
export class OperationFault<Group extends keyof Operations = keyof Operations> extends Error {
  readonly #group: Group;
  readonly #key: keyof Operations[Group] & string;
  readonly #params: Params;
  constructor(
    group: Group,
    key: keyof Operations[Group] & string,
    params: Params = {},
    options: { cause?: unknown } = {},
  ) {
    super(operationText('en', group, key, params), options);
    this.name = 'OperationFault';
    this.#group = group;
    this.#key = key;
    this.#params = params;
  }
  in(lang: Lang): string {
    return operationText(lang, this.#group, this.#key, this.#params);
  }
}
