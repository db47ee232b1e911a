/**
 * Takes secrets out of whatever is about to be written: credentials in URLs, bearer and JWT strings, Telegram bot
 * tokens, card numbers, phone numbers, and the values of fields whose names say secret.
 */
const SECRET_NAMES = 'password|passwd|secret|token|authorization|cookie|set-cookie|apikey|api_key|accesstoken';
const SECRET_FIELD = new RegExp(`^(?:${SECRET_NAMES}|refreshtoken|jwt_secrets|audit_key)$`, 'i');

const PATTERNS: readonly [RegExp, string][] = [
  [/\b([a-z][a-z0-9+.-]*):\/\/[^\s/@]*@/gi, '$1://***@'],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*/g, '***jwt***'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 ***'],
  [/\b\d{8,10}:[A-Za-z0-9_-]{30,}/g, '***bot-token***'],
  [/(?<![\w-])(?:\d[ -]?){12,18}\d(?![\w-])/g, '***card***'],
  [/(?<!\w)\+?998[ -]?\(?\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?!\w)/g, '***phone***'],
];

/** The text without secrets. */
export function redactText(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
  return clean;
}

const MAX_DEPTH = 6;

/** A copy of the value without secrets; symbols (winston's own fields) are kept as they are. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (value === null || typeof value !== 'object' || depth > MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Date) return value;
  const clean: Record<PropertyKey, unknown> = {};
  for (const key of Reflect.ownKeys(value)) {
    const inner = (value as Record<PropertyKey, unknown>)[key];
    clean[key] =
      typeof key === 'symbol'
        ? inner
        : SECRET_FIELD.test(key) && inner !== null && inner !== undefined
          ? '***'
          : redact(inner, depth + 1);
  }
  return clean;
}

/** A URL for people: no user, no password, no query; `***` where it cannot be parsed. */
export function maskUrl(text: string): string {
  try {
    const parsed = new URL(text);
    return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`;
  } catch {
    return '***';
  }
}
