/**
 * What the receiving server found of DMARC (RFC 8601). Only its own word counts: servers put their headers on top, so
 * those with the name of the topmost one are its own, and whatever a sender wrote into the message stands below.
 */

/** Values of one header field in the order of the message, unfolded. */
export function headerValues(headers: string, name: string): string[] {
  return headers
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => /^([^:\s]+)\s*:(.*)$/s.exec(line))
    .filter((match) => match?.[1]?.toLowerCase() === name)
    .map((match) => (match?.[2] ?? '').trim());
}

const FAILS = /^dmarc(?:\s*\/\s*\d+)?\s*=\s*fail\b/;
const FAILS_SOMEWHERE = /(?:^|[^\w.-])dmarc(?:\s*\/\s*\d+)?\s*=\s*fail\b/;

export function failsDmarc(headers: string): boolean {
  const results = headerValues(headers, 'authentication-results').map(parseResults);
  const server = results[0]?.server;
  return results.some(
    (one) =>
      one.server === server &&
      (one.clear ? one.methods.some((method) => FAILS.test(method)) : FAILS_SOMEWHERE.test(one.text)),
  );
}

interface Results {
  server: string;
  methods: string[];
  /** all of it, for where nobody can say what in it is a comment */
  text: string;
  clear: boolean;
}

/** `server; method=result reason; …`, without comments and quoted texts: those are anybody's words. */
function parseResults(value: string): Results {
  const text = value.toLowerCase();
  const { kept, clear } = withoutComments(text);
  const [server = '', ...methods] = kept.split(';').map((part) => part.trim());
  return {
    // a version may follow the name
    server: server.split(/\s/)[0] ?? '',
    methods: methods.map((method) => method.replace(/\s*=\s*/, '=')),
    text,
    clear,
  };
}

/**
 * Servers write what a sender calls himself into their comments as it is: with a parenthesis or a quote in his address
 * the verdict behind it would be part of a comment. No server writes a comment within a comment of its own.
 */
function withoutComments(value: string): { kept: string; clear: boolean } {
  let kept = '';
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  // a quoted text is a value; any other quote is left of a comment that an address has closed
  let clear = true;
  for (let at = 0; at < value.length; at++) {
    const sign = value[at] ?? '';
    if (sign === '\\' && (quoted || depth > 0)) at++;
    else if (quoted) quoted = sign !== '"';
    else if (sign === '"' && depth === 0) {
      quoted = true;
      clear &&= /=\s*$/.test(kept);
    } else if (sign === '(') deepest = Math.max(deepest, ++depth);
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += sign;
  }
  return { kept, clear: clear && depth === 0 && deepest <= 1 && !quoted };
}
