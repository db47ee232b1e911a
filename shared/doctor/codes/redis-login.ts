/** What the doctor finds between the address of Redis and a session on it. */
import { problem, type CodeTable } from './entry.ts';

export const redisLoginCodes = {
  'redis.url_missing': problem('warn', [
    'railway add --database redis',
    "railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'",
  ]),
  'redis.url_rest': problem('error'),
  'redis.upstash_without_tls': problem('error', ['export REDIS_URL="rediss://${REDIS_URL#redis://}"']),
  'redis.noauth': problem('error', ["railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'"]),
  'redis.wrongpass': problem('error', [
    'railway variables --service Redis',
    "railway variables --set 'REDIS_URL=${{Redis.REDIS_URL}}'",
  ]),
  'redis.password_not_needed': problem('info'),
  'redis.login_failed': problem('error'),
  'redis.noperm': problem('error', [
    'redis-cli -u "$REDIS_URL" acl whoami',
    "redis-cli -u \"$ADMIN_REDIS_URL\" acl setuser NAME '~vhm24r*' '&bentocache*' +@all -@dangerous +info +keys",
  ]),
  'redis.cluster': problem('error', ['redis-cli -u "$REDIS_URL" info cluster']),
  'redis.sentinel': problem('error', ['redis-cli -u "$REDIS_URL" sentinel masters']),
  'redis.no_database': problem('error', ['redis-cli -u "$REDIS_URL" config get databases']),
  'redis.loading': problem('error', ['redis-cli -u "$REDIS_URL" info persistence']),
} as const satisfies CodeTable;
