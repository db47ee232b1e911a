import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a real deployment is given by its owner, made here once and kept beside the data, readable by its owner alone.
 */
export interface LocalSecrets {
  /** `kid:secret`, as JWT_SECRETS */
  jwtSecrets: string;
  auditKey: string;
  redisPassword: string;
  adminEmail: string;
  adminPassword: string;
}

/** Without 0, 1, i, l and o: it is read off a terminal and typed. */
const PASSWORD_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

export function keepLocalSecrets(dataFolder: string): LocalSecrets {
  const path = join(dataFolder, 'secrets.json');
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as LocalSecrets;
  const secrets: LocalSecrets = {
    jwtSecrets: `k1:${randomBytes(32).toString('base64url')}`,
    auditKey: randomBytes(32).toString('base64url'),
    redisPassword: randomBytes(24).toString('hex'),
    adminEmail: 'admin@vhm24r.local',
    adminPassword: Array.from({ length: 4 }, makePasswordGroup).join('-'),
  };
  writeFileSync(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return secrets;
}

function makePasswordGroup(): string {
  return Array.from({ length: 5 }, () => PASSWORD_ALPHABET.charAt(randomInt(PASSWORD_ALPHABET.length))).join('');
}
