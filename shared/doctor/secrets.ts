/** No secret in any output (api.md section 7): what the environment holds is taken out of every text of a report. */
import { redactText } from '../redact.ts';

const SECRET_NAME = /(SECRET|PASSWORD|TOKEN|KEY|PASS)/;
const MIN_CHARS = 4;
const SCHEME = /\b((?:postgres(?:ql)?|rediss?|https?|s3|file):\/\/)/g;

/**
 * Gives the filter for one environment: passwords inside URLs and the values of variables that name a secret become
 * `***`.
 */
export function createSecretFilter(env: Readonly<Record<string, string | undefined>>): (text: string) => string {
  const secrets = new Set<string>();
  const add = (secret: string) => {
    for (const form of [secret, safeDecode(secret), encodeURIComponent(secret)])
      if (form.length >= MIN_CHARS) secrets.add(form);
  };
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === '') continue;
    // also of a URL that cannot be parsed
    const userInfo = /:\/\/(.*)@/s.exec(value)?.[1];
    if (userInfo !== undefined) {
      if (userInfo.includes(':')) add(userInfo);
      const colon = userInfo.indexOf(':');
      // without one it is a user's name alone, which may be any word, e.g. postgres
      if (colon >= 0) add(userInfo.slice(colon + 1));
    }
    for (const [, inQuery] of value.matchAll(/[?&](?:password|secret[a-z_]*|token)=([^&]+)/gi)) add(inQuery ?? '');
    if (name === 'JWT_SECRETS') for (const part of value.split(',')) add(part.slice(part.indexOf(':') + 1).trim());
    else if (SECRET_NAME.test(name) && !/^\d+$/.test(value)) add(value);
  }
  const ordered = [...secrets].toSorted((a, b) => b.length - a.length);
  return (text) => {
    // the scheme of a URL is no secret, also where the password is part of it: postgresql://
    const parts = text.split(SCHEME);
    for (let at = 0; at < parts.length; at += 2)
      for (const secret of ordered) parts[at] = parts[at]?.replaceAll(secret, '***') ?? '';
    return redactText(parts.join(''));
  };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
