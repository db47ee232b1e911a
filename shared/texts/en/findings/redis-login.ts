export const redisLogin = {
  'redis.url_missing': {
    title: 'REDIS_URL is not set',
    cause: 'There is no Redis service, or the variable was not handed over.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Create a Redis service and set REDIS_URL by reference to it.',
  },
  'redis.url_rest': {
    title: 'REDIS_URL is a REST address, not one of Redis',
    cause: 'The https:// address was copied (Upstash REST).',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Copy the address of the form rediss://default:…@….upstash.io:6379.',
  },
  'redis.upstash_without_tls': {
    title: 'Upstash without TLS',
    cause: 'Upstash takes TLS only, and the address begins with redis://.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Begin REDIS_URL with rediss://.',
  },
  'redis.noauth': {
    title: 'Redis asks for a password and the address has none',
    cause: 'REDIS_URL has no password.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Copy REDIS_URL whole from the variables page of the Redis service.',
  },
  'redis.wrongpass': {
    title: 'The password of Redis is wrong',
    cause: 'Stale credentials: the password was changed or Redis was made anew.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Copy the current REDIS_URL and restart the services.',
  },
  'redis.password_not_needed': {
    title: 'Redis is open without a password',
    cause: 'The address has a password and the server asks for none.',
    effect: 'Everything works; whoever reaches the port can read the data.',
    fix: 'Turn requirepass on if others can reach the port.',
  },
  'redis.login_failed': {
    title: 'Logging in to Redis failed',
    cause: 'The server answered with an error; its code is in the evidence.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Read the log of Redis.',
  },
  'redis.noperm': {
    title: 'The Redis user lacks rights',
    cause: 'An ACL forbids commands, keys or channels that are needed; the evidence names the first.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Grant rights to keys vhm24r*, channels bentocache*, and the commands for data, scripts, blocking reads and INFO.',
  },
  'redis.cluster': {
    title: 'This is a node of a Redis Cluster',
    cause: 'Its keys lie on several nodes, and the scripts of the queue touch several at once.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Use a plain Redis, without cluster mode.',
  },
  'redis.sentinel': {
    title: 'This is a Sentinel, not the Redis itself',
    cause: 'REDIS_URL leads to the port of a Sentinel (26379 as a rule): it knows where Redis is and keeps no data.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Use the address of the primary Redis.',
  },
  'redis.no_database': {
    title: 'Redis has no database of this number',
    cause: 'The number at the end of REDIS_URL is above what the server has (16 by default: 0 to 15).',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Take the number out of REDIS_URL, or use a lower one.',
  },
  'redis.loading': {
    title: 'Redis is loading its data',
    cause: 'The server has just been started.',
    effect: 'The queue stands still; the api processes files itself, slower. Nothing is lost.',
    fix: 'Wait and repeat.',
  },
};
