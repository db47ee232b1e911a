/** Lines of SQL that hold several clauses: a statement is read clause by clause, and so are its changes. */

/** A short statement may stand in one line. */
const SHORT = 90;
const NAMES = 'from|(?:left |full |cross )?join|where|group by|having|order by|limit|on conflict|returning|union all';
const STARTS = new RegExp(`(?<!distinct )\\b(?:${NAMES})\\b`, 'gi');
const COMMENT_OR_IMPORT = /^\s*(?:\*|\/\/|\/\*|import |export \*|export \{|--)/;

/**
 * Where the clauses of a line begin that stand in no bracket of it, `from` and those that follow it; [] where the line
 * is short, or no SQL.
 */
export function clauseStarts(line: string): number[] {
  if (line.length <= SHORT || COMMENT_OR_IMPORT.test(line)) return [];
  const outside = blanked(line);
  if (!/\b(?:from|join)\b/i.test(outside)) return [];
  return [...outside.matchAll(STARTS)].map(({ index }) => index);
}

/** Whether a line of SQL holds so many clauses that they should stand one below the other. */
export function isCrowded(line: string): boolean {
  return clauseStarts(line).length > 2;
}

/** The same line with what stands in brackets or in `${…}` made blank: a subquery is a line of its own or short. */
function blanked(line: string): string {
  let depth = 0;
  return line
    .split('')
    .map((sign) => {
      if ('({['.includes(sign)) return depth++ === 0 ? sign : ' ';
      if (')}]'.includes(sign)) depth = Math.max(0, depth - 1);
      return depth === 0 ? sign : ' ';
    })
    .join('');
}
