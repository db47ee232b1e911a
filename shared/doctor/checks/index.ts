/** The one list of checks (api.md section 7): all three faces of the doctor read it. */
import { problem, type CodeEntry, type DoctorCode } from '../codes/entry.ts';
import type { AreaCheck } from '../context.ts';
import { AREAS, type Area } from '../finding.ts';
import { backupCheck } from './backup.ts';
import { blacklistCheck } from './blacklist.ts';
import { cacheCheck } from './cache.ts';
import { clockCheck } from './clock.ts';
import { configCheck } from './config.ts';
import { diskCheck } from './disk.ts';
import { intakeCheck } from './intake.ts';
import { jwtCheck } from './jwt.ts';
import { postgresCheck } from './postgres.ts';
import { queueCheck } from './queue.ts';
import { redisCheck } from './redis.ts';
import { storageCheck } from './storage.ts';
import { telegramCheck } from './telegram.ts';
import { versionCheck } from './version.ts';
import { workerCheck } from './worker.ts';

export const CHECKS: readonly AreaCheck[] = [
  configCheck,
  postgresCheck,
  redisCheck,
  queueCheck,
  workerCheck,
  jwtCheck,
  blacklistCheck,
  cacheCheck,
  storageCheck,
  diskCheck,
  clockCheck,
  telegramCheck,
  intakeCheck,
  backupCheck,
  versionCheck,
];

/** What any area may say of itself: it did not end in its time, or the doctor's own code failed. */
const ownCodes = (area: Area): [DoctorCode, CodeEntry][] => [
  [`${area}.check_timeout`, problem('warn', [`npm run doctor -- --only ${area}`])],
  [`${area}.check_crashed`, problem('crash')],
];

export interface KnownCode {
  area: Area;
  code: DoctorCode;
  entry: CodeEntry;
}

/** Every code with its area, in the order of the list. */
export function allCodes(checks: readonly AreaCheck[] = CHECKS): ReadonlyMap<string, KnownCode> {
  const codes = new Map<string, KnownCode>();
  for (const area of AREAS) {
    const check = checks.find((one) => one.area === area);
    if (check === undefined) continue;
    const own = Object.entries(check.codes) as [DoctorCode, CodeEntry][];
    for (const [code, entry] of [...own, ...ownCodes(area)]) codes.set(code, { area, code, entry });
  }
  return codes;
}
