/**
 * The whole project on Railway as code: `railway config plan` shows what would change, `railway config apply` does it.
 * docs/railway.md takes a newcomer there step by step.
 */
import { bucket, defineRailway, postgres, preserve, project, redis, service } from 'railway/iac';

/** Longer than the longest step of shutdown (25 s), so that SIGKILL never meets work. */
const DRAINING_S = 40;

export default defineRailway((context) => {
  const production = context.isEnvironment('production');
  const database = postgres('Postgres');
  // Railway's Redis keeps the server's default policy, noeviction, which a queue needs; the doctor says so if somebody
  // changes it
  const queue = redis('Redis');
  const backups = bucket('backups');

  const stores = {
    NODE_ENV: 'production',
    DATABASE_URL: database.env.DATABASE_URL,
    REDIS_URL: queue.env.REDIS_URL,
    // a volume belongs to one service: what api and worker share lives in the database
    STORAGE_URL: 'postgres:',
    TELEGRAM_BOT_TOKEN: preserve(),
    TELEGRAM_ADMIN_IDS: preserve(),
    METRICS_TOKEN: preserve(),
    // s3://…: name, endpoint and keys are on the bucket's page
    BACKUP_URL: preserve(),
    AWS_ACCESS_KEY_ID: preserve(),
    AWS_SECRET_ACCESS_KEY: preserve(),
    // Node 20 is out of support
    NIXPACKS_NODE_VERSION: '24',
    RAILPACK_NODE_VERSION: '24',
    // the worker's nightly backup needs pg_dump
    RAILPACK_DEPLOY_APT_PACKAGES: 'postgresql-client util-linux',
  };
  const build = { builder: 'RAILPACK', buildCommand: 'npm run build' } as const;
  const deploy = { restartPolicyType: 'ALWAYS', drainingSeconds: DRAINING_S, sleepApplication: false } as const;

  const api = service('api', {
    build,
    // npm would keep SIGTERM to itself
    start: 'node dist/api/server.js',
    preDeploy: 'node dist/scripts/migrate.js',
    healthcheck: '/readyz',
    healthcheckTimeout: 120,
    replicas: production ? 2 : 1,
    deploy: { ...deploy, overlapSeconds: 10 },
    env: {
      ...stores,
      TRUST_PROXY: '1',
      JWT_SECRETS: preserve(),
      AUDIT_KEY: preserve(),
      ADMIN_EMAIL: preserve(),
      ADMIN_PASSWORD: preserve(),
      TELEGRAM_WEBHOOK_SECRET: preserve(),
    },
  });

  const worker = service('worker', {
    build,
    start: 'node dist/worker/worker.js',
    preDeploy: 'node dist/scripts/migrate.js',
    healthcheck: '/readyz',
    healthcheckTimeout: 120,
    deploy: { ...deploy, overlapSeconds: 0 },
    // no JWT_SECRETS: a worker that cannot sign cannot be made to
    env: stores,
  });

  return project('vhm24r', { resources: [database, queue, backups, api, worker] });
});
