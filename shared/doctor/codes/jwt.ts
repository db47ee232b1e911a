import { MAKE_SECRET_COMMAND } from '../../config-secrets.ts';
import { problem, rung, type CodeTable } from './entry.ts';

const commands = [MAKE_SECRET_COMMAND, "railway variables --service api --set 'JWT_SECRETS=k1:…'"];

export const jwtCodes = {
  'jwt.secrets': rung,
  'jwt.sign_verify': rung,
  'jwt.secret_missing': problem('error', commands),
  'jwt.malformed': problem('error', commands),
  'jwt.secret_short': problem('error', commands),
  'jwt.secret_default': problem('error', commands),
  'jwt.secret_repeated': problem('error', commands),
  'jwt.secret_low_entropy': problem('error', commands),
  'jwt.secret_weak': problem('warn', commands),
  'jwt.round_trip_failed': problem('error', commands),
} as const satisfies CodeTable;
