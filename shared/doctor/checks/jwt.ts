import { createTokens } from '../../auth/tokens.ts';
import { isWeakSecret, secretFault } from '../../config-secrets.ts';
import { jwtCodes } from '../codes/jwt.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';

export const jwtCheck: AreaCheck = {
  area: 'jwt',
  needs: [],
  codes: jwtCodes,
  async run(context, ladder) {
    const text = context.env['JWT_SECRETS'] ?? '';
    let secrets: { kid: string; secret: string }[] = [];
    await ladder.rung('jwt.secrets', async () => {
      if (text === '') throw new Trouble('jwt.secret_missing', 'JWT_SECRETS is empty');
      secrets = text.split(',').map((part) => ({
        kid: part.slice(0, Math.max(0, part.indexOf(':'))).trim(),
        secret: part.slice(part.indexOf(':') + 1).trim(),
      }));
      const codes = {
        too_short: 'short',
        known_default: 'default',
        repeated_word: 'repeated',
        few_characters: 'low_entropy',
      } as const;
      // what a secret is made of comes before its form: `changeme` without a key name is a known default first
      for (const { kid, secret } of secrets) {
        const fault = secretFault(secret);
        if (fault !== null)
          throw new Trouble(`jwt.secret_${codes[fault]}`, `kid=${kid === '' ? 'none' : kid} length=${secret.length}`);
      }
      if (context.faults.some(({ variable }) => variable === 'JWT_SECRETS'))
        throw new Trouble('jwt.malformed', `keys=${secrets.length}`);
      for (const { kid, secret } of secrets) if (isWeakSecret(secret)) ladder.note('jwt.secret_weak', `kid=${kid}`);
      return `keys=${secrets.map(({ kid }) => kid).join(',')} signs=${secrets[0]?.kid ?? ''}`;
    });
    await ladder.rung('jwt.sign_verify', async () => {
      const tokens = createTokens(secrets);
      const issued = tokens.issue('access', { userId: '1', username: null, role: 'viewer', version: 0 }, { ttlS: 60 });
      try {
        const verified = tokens.verify(issued.token, 'access');
        if (verified.userId !== '1' || verified.jti !== issued.jti) throw new Error('another token');
      } catch (error) {
        throw new Trouble('jwt.round_trip_failed', 'sign, verify', { cause: error });
      }
      return 'HS256, user equal';
    });
  },
};
