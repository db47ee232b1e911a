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

export function failsDmarc(headers: string): boolean {
  const results = headerValues(headers, 'authentication-results').map(parseResults);
  const server = results[0]?.server;
  return results.some(
    (one) => one.server === server && one.methods.some((method) => /^dmarc(?:\s*\/\s*\d+)?\s*=\s*fail\b/.test(method)),
  );
}

/** `server; method=result reason; …`, without comments and quoted texts: those are anybody's words. */
function parseResults(value: string): { server: string; methods: string[] } {
  const [server = '', ...methods] = withoutComments(value)
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  // a version may follow the name
  return { server: server.split(/\s/)[0] ?? '', methods: methods.map((method) => method.replace(/\s*=\s*/, '=')) };
}

function withoutComments(value: string): string {
  let kept = '';
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < value.length; at++) {
    const sign = value[at] ?? '';
    if (sign === '\\' && (quoted || depth > 0)) at++;
    else if (quoted) quoted = sign !== '"';
    else if (sign === '"' && depth === 0) quoted = true;
    else if (sign === '(') depth++;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += sign;
  }
  return kept;
}
