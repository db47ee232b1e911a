import { fillPlaces } from './fill.ts';
import { languages, type Lang } from './languages.ts';

/** What `parseArgs` of Node refused, which says it in English alone. */
export function optionFault(error: unknown, args: readonly string[], lang: Lang): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const option = /'(?:-\w, )?([^' ]+)/.exec(message)?.[1] ?? args.join(' ');
  const { wrongOption, needsValue, noValue } = languages[lang].commandLine;
  if (code !== 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return fillPlaces(wrongOption, { option });
  return fillPlaces(/does not take/.test(message) ? noValue : needsValue, { option });
}
