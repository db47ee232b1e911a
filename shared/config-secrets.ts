/** Signing keys and other secrets of the environment: how they are written, and which are refused. */
import { z } from 'zod';

/** One signing key: the id goes into a token's header, the secret never leaves the process. */
export interface JwtSecret {
  kid: string;
  secret: string;
}

const KNOWN_DEFAULT_SECRETS = [
  'secret',
  'changeme',
  'change-me',
  'your-secret-key',
  'default',
  'password',
  'jwt-secret',
  'jwt_secret',
  'development',
];

/** Command that makes a good secret; named in every refusal. */
export const MAKE_SECRET_COMMAND =
  `node -e "console.log('k1:' + ` + `require('crypto').randomBytes(32).toString('base64url'))"`;

/**
 * Why a secret is refused at start, or null. api.md section 2: short, known default or one word repeated, few distinct
 * characters.
 */
export function secretFault(secret: string): 'too_short' | 'known_default' | 'repeated_word' | 'few_characters' | null {
  if (secret.length < 32) return 'too_short';
  const lower = secret.toLowerCase();
  for (const known of KNOWN_DEFAULT_SECRETS) {
    if (lower.replaceAll(known, '').replace(/[^a-z0-9]/g, '').length === 0) return 'known_default';
  }
  for (let size = 1; size <= secret.length / 2; size++) {
    const word = secret.slice(0, size);
    if (word.repeat(Math.ceil(secret.length / size)).slice(0, secret.length) === secret) return 'repeated_word';
  }
  if (new Set(secret).size < 6) return 'few_characters';
  return null;
}

/** Weak, yet accepted: fewer than three of the four character classes (rules.md section 14). */
export function isWeakSecret(secret: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(secret)).length;
  return classes < 3;
}

/** JWT_SECRETS as it stands in the environment: `kid:secret[,kid:secret...]`. */
export const secretsSchema = z.string().transform((text, context): JwtSecret[] => {
  const secrets: JwtSecret[] = [];
  for (const part of text.split(',')) {
    const colon = part.indexOf(':');
    const kid = part.slice(0, colon).trim();
    const secret = part.slice(colon + 1).trim();
    if (colon < 1 || !/^[A-Za-z0-9._-]{1,32}$/.test(kid)) {
      context.addIssue({
        code: 'custom',
        message: 'has the form kid:secret[,kid:secret...]',
        params: { key: 'secretsForm' },
      });
      continue;
    }
    const fault = secretFault(secret);
    if (fault !== null) {
      context.addIssue({
        code: 'custom',
        message: `the secret of key "${kid}" is refused (${fault}); make one with: ${MAKE_SECRET_COMMAND}`,
        params: { key: 'secretRefused', kid, why: fault },
      });
    }
    if (secrets.some((other) => other.kid === kid))
      context.addIssue({
        code: 'custom',
        message: `key id "${kid}" occurs twice`,
        params: { key: 'secretTwice', kid },
      });
    secrets.push({ kid, secret });
  }
  return secrets;
});
