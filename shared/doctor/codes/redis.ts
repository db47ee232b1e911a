import { networkCodes } from './network.ts';
import { redisLoginCodes } from './redis-login.ts';
import { problem, rung, type CodeTable } from './entry.ts';

export const redisCodes = {
  ...networkCodes('redis'),
  'redis.tls_required': problem('error', ['export REDIS_URL="rediss://${REDIS_URL#redis://}"']),
  'redis.tls_not_offered': problem('error', ['export REDIS_URL="redis://${REDIS_URL#rediss://}"']),
  'redis.tls_self_signed': problem('error', ['export NODE_EXTRA_CA_CERTS=/path/to/ca.pem']),
  'redis.login': rung,
  'redis.server': rung,
  'redis.write_read': rung,
  'redis.abilities': rung,
  'redis.settings': rung,
  'redis.latency': rung,
  ...redisLoginCodes,
  'redis.version_old': problem('error'),
  'redis.readonly': problem('error', ['redis-cli -u "$REDIS_URL" role']),
  'redis.oom': problem('error', ['redis-cli -u "$REDIS_URL" info memory', 'redis-cli -u "$REDIS_URL" --bigkeys']),
  'redis.misconf': problem('error', ['redis-cli -u "$REDIS_URL" info persistence']),
  'redis.write_failed': problem('error'),
  'redis.evicting_policy': problem('error', [
    'redis-cli -u "$REDIS_URL" config set maxmemory-policy noeviction',
    'npm run doctor -- --fix --only redis',
  ]),
  'redis.keys_evicted': problem('warn', ['redis-cli -u "$REDIS_URL" info stats']),
  'redis.memory_near_limit': problem('warn', ['redis-cli -u "$REDIS_URL" info memory']),
  'redis.no_persistence': problem('info', ['redis-cli -u "$REDIS_URL" config set appendonly yes']),
  'redis.slow': problem('warn', ['redis-cli -u "$REDIS_URL" --latency', 'redis-cli -u "$REDIS_URL" slowlog get 10']),
} as const satisfies CodeTable;
