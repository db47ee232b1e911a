import { anyArea } from './any-area.ts';
import { away } from './away.ts';
import { backup } from './backup.ts';
import { blacklist } from './blacklist.ts';
import { cache } from './cache.ts';
import { clock } from './clock.ts';
import { config } from './config.ts';
import { disk } from './disk.ts';
import { intake } from './intake.ts';
import { jwt } from './jwt.ts';
import { network } from './network.ts';
import { postgres } from './postgres.ts';
import { postgresLogin } from './postgres-login.ts';
import { postgresRecords } from './postgres-records.ts';
import { postgresSchema } from './postgres-schema.ts';
import { postgresUpkeep } from './postgres-upkeep.ts';
import { queue } from './queue.ts';
import { redis } from './redis.ts';
import { redisLogin } from './redis-login.ts';
import { report } from './report.ts';
import { storage } from './storage.ts';
import { telegram } from './telegram.ts';
import { version } from './version.ts';
import { worker } from './worker.ts';
import type { Texts } from '../../en/index.ts';

export const doctor: Texts['doctor'] = {
  anyArea,
  away,
  backup,
  blacklist,
  cache,
  clock,
  config,
  disk,
  intake,
  jwt,
  network,
  postgres,
  postgresLogin,
  postgresRecords,
  postgresSchema,
  postgresUpkeep,
  queue,
  redis,
  redisLogin,
  report,
  storage,
  telegram,
  version,
  worker,
};
