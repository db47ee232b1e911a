/**
 * What is missing and where to get it, one sentence per source: for notices, the bot and the command line. The page has
 * the same sentences among its texts; a test holds the two together.
 */
import { dayText } from '../tashkent-time.ts';
import { languages, type Lang } from './languages.ts';

/** Days, both included, or instants with the offset of Tashkent (api.md 4, coverage/missing). */
export interface MissingPeriod {
  from: string;
  to: string;
}

/** "Click, 02.06.2025–08.06.2025: export the payment register in the Click merchant cabinet" */
export function missingSentence(lang: Lang, item: MissingPeriod & { source: string }): string {
  const sentences: Readonly<Record<string, string>> & { other: string } = languages[lang].missing;
  const own = Object.hasOwn(sentences, item.source) ? sentences[item.source] : undefined;
  return (own ?? sentences.other).replace('{period}', missingPeriod(item)).replace('{source}', item.source);
}

/** "05.06.2025", "02.06.2025–08.06.2025", "05.06.2025 14:00–16:00", "05.06.2025 23:40 – 06.06.2025 00:20" */
export function missingPeriod({ from, to }: MissingPeriod): string {
  const [first, last] = [dayText(from), dayText(to)];
  if (from.length === 10) return first === last ? first : `${first}\u2013${last}`;
  const [begins, ends] = [from.slice(11, 16), to.slice(11, 16)];
  return first === last ? `${first} ${begins}\u2013${ends}` : `${first} ${begins} \u2013 ${last} ${ends}`;
}

/** Several in one parameter of a notice: "click/2025-06-02/2025-06-08, …". */
export function missingParam(items: readonly (MissingPeriod & { source: string })[]): string {
  return items.map(({ source, from, to }) => `${source}/${from}/${to}`).join(', ');
}

/** The sentences of such a parameter, a line each. */
export function missingLines(lang: Lang, param: string): string {
  return param
    .split(', ')
    .map((part) => {
      const [source = '', from = '', to = ''] = part.split('/');
      return missingSentence(lang, { source, from, to });
    })
    .join('\n');
}
