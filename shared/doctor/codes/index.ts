/** Every code that a check may say: the compiler refuses any other, and one that is misspelt. */
import type { Area } from '../finding.ts';
import type { backupCodes } from './backup.ts';
import type { blacklistCodes } from './blacklist.ts';
import type { cacheCodes } from './cache.ts';
import type { clockCodes } from './clock.ts';
import type { configCodes } from './config.ts';
import type { diskCodes } from './disk.ts';
import type { intakeCodes } from './intake.ts';
import type { jwtCodes } from './jwt.ts';
import type { postgresCodes } from './postgres.ts';
import type { queueCodes } from './queue.ts';
import type { redisCodes } from './redis.ts';
import type { storageCodes } from './storage.ts';
import type { telegramCodes } from './telegram.ts';
import type { versionCodes } from './version.ts';
import type { workerCodes } from './worker.ts';

type AreaCodes = keyof (typeof backupCodes &
  typeof blacklistCodes &
  typeof cacheCodes &
  typeof clockCodes &
  typeof configCodes &
  typeof diskCodes &
  typeof intakeCodes &
  typeof jwtCodes &
  typeof postgresCodes &
  typeof queueCodes &
  typeof redisCodes &
  typeof storageCodes &
  typeof telegramCodes &
  typeof versionCodes &
  typeof workerCodes);

/** With what any area may say of itself. */
export type DoctorCode = AreaCodes | `${Area}.${'check_timeout' | 'check_crashed'}`;
