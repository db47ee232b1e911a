import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ensureBuilt } from '../../scripts/build.ts';
import type { ApiClient } from '../../scripts/api-client.ts';
import { adminClient } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { serviceEnvironment, startApi, startWorker, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is planted where; each is looked for in everything that comes out, as it is and as an address encodes it. */
const SECRETS = {
  jwtSecret: 'pl4nted-jwt-Zr8WqVn2KxTc6Jm9PdYh3Lb7',
  auditKey: 'pl4nted-audit-Qm3Xz9Lw4RtYb8NcJd5Hs',
  databasePassword: 'pl4nted-database-pw',
  redisPassword: 'pl4nted-redis-pw',
  metricsToken: 'pl4nted-metrics-token',
  botToken: '12345678:pl4nted-AAHdqTcvCH1vGWJxfSeofSAs0K5',
  webhookSecret: 'pl4nted-webhook-secret',
  awsSecret: 'pl4nted-aws-secret-key',
  mailPassword: 'pl4nted/mail:password',
  header: 'pl4nted-header-value',
  cookie: 'pl4nted-cookie-value',
  body: 'pl4nted-body-value',
  address: 'pl4nted-address-value',
  typedPassword: 'pl4nted-typed-password',
  cell: 'pl4nted-cell-value',
  phone: '+998901234567',
  spacedPhone: '+998 90 765 43 21',
  card: '8600123456789012',
  spacedCard: '8600 1234 5678 9013',
} as const;
const JWT_LIKE = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${'pl4nted'.repeat(6)}`;

describe('planted secrets', function () {
  this.timeout(120_000);
  const role = `planted_${randomBytes(4).toString('hex')}`;
  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let client: ApiClient;
  let env: Record<string, string> & { DATABASE_URL: string; REDIS_URL: string };

  before(async () => {
    database = await createTestDatabase();
    redis = await startRedis({ password: SECRETS.redisPassword });
    await administer(database.url, `create role ${role} login superuser password '${SECRETS.databasePassword}'`);
    const url = new URL(database.url);
    Object.assign(url, { username: role, password: SECRETS.databasePassword });
    env = {
      DATABASE_URL: url.href,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'debug',
      METRICS_TOKEN: SECRETS.metricsToken,
      TELEGRAM_BOT_TOKEN: SECRETS.botToken,
      TELEGRAM_WEBHOOK_SECRET: SECRETS.webhookSecret,
      TELEGRAM_ADMIN_IDS: '7',
      // nobody listens there: every notice fails, and the address that carries the token is part of the error
      TELEGRAM_API_ROOT: 'http://127.0.0.1:9',
      AWS_SECRET_ACCESS_KEY: SECRETS.awsSecret,
      BACKUP_URL: `s3://backups/x?endpoint=${encodeURIComponent('http://127.0.0.1:9')}&region=auto`,
      AWS_ACCESS_KEY_ID: 'somebody',
      // nobody listens there either: the mail door tells of it every time it looks
      INTAKE_IMAP_URL: `imaps://reports:${encodeURIComponent(SECRETS.mailPassword)}@127.0.0.1:9/INBOX`,
      INTAKE_MAIL_FROM: 'sender.test',
      INTAKE_USER: TEST_ADMIN.email,
    };
    [api, worker] = await Promise.all([
      startApi({ ...env, JWT_SECRETS: `test:${SECRETS.jwtSecret}`, AUDIT_KEY: SECRETS.auditKey }),
      startWorker(env),
    ]);
    client = await adminClient(api.url);
    await eventually(async () => assert.equal((await client.get<{ status: string }>('/readyz')).body.status, 'ready'));
  });
  after(async () => {
    await Promise.allSettled([api?.stop(), worker?.stop()]);
    await redis?.stop();
    await database?.drop();
    await administer(database.url, `drop role ${role}`);
  });

  function assertClean(where: string, text: string): void {
    assert.ok(text.length > 0, `${where} is empty`);
    const all = [
      ...Object.entries(SECRETS),
      ['jwt', JWT_LIKE],
      ['adminPassword', TEST_ADMIN.password],
      ['accessToken', client.token ?? 'none'],
    ] as const;
    for (const [name, secret] of all) {
      for (const form of new Set([secret, encodeURIComponent(secret), secret.replaceAll(' ', '+')])) {
        const at = text.indexOf(form);
        assert.equal(at, -1, `${name} in ${where}: …${text.slice(Math.max(0, at - 200), at + form.length)}…`);
      }
    }
  }

  it('are in no error envelope, wherever they were sent', async () => {
    const hostile = {
      authorization: `Bearer ${SECRETS.header}`,
      cookie: `vhm24r_refresh=${SECRETS.cookie}; vhm24r_ops=${SECRETS.cookie}`,
    };
    const json = { 'content-type': 'application/json' };
    const everything = Object.values(SECRETS).join(' ');
    const asks: [string, string, RequestInit][] = [
      ['another bearer', '/api/v1/auth/me', { headers: hostile }],
      ['a token of somebody', '/api/v1/auth/me', { headers: { authorization: `Bearer ${JWT_LIKE}` } }],
      ['basic credentials', '/metrics', { headers: { authorization: `Basic ${SECRETS.header}` } }],
      ['a cookie', '/ops/queues', { headers: hostile }],
      ['a cookie to renew', '/api/v1/auth/refresh', { method: 'POST', headers: hostile }],
      ['a request id', '/api/v1/auth/me', { headers: { 'x-request-id': `${SECRETS.phone} ${SECRETS.header}` } }],
      [
        'a wrong password',
        '/api/v1/auth/login',
        {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ email: TEST_ADMIN.email, password: SECRETS.typedPassword }),
        },
      ],
      [
        'a field too many',
        '/api/v1/auth/login',
        { method: 'POST', headers: json, body: JSON.stringify({ [SECRETS.body]: everything }) },
      ],
      [
        'no JSON',
        '/api/v1/auth/login',
        { method: 'POST', headers: json, body: `{"password":"${SECRETS.body}" ${everything}` },
      ],
      [
        'a webhook',
        '/api/v1/webhooks/telegram',
        { method: 'POST', headers: { ...json, 'x-telegram-bot-api-secret-token': SECRETS.header }, body: '{}' },
      ],
      [
        'Telegram data',
        '/api/v1/auth/telegram',
        {
          method: 'POST',
          headers: json,
          body: JSON.stringify({ initData: `phone=${SECRETS.phone}&hash=${SECRETS.body}` }),
        },
      ],
    ];
    for (const secret of Object.values(SECRETS)) {
      const encoded = encodeURIComponent(secret);
      for (const path of [
        `/api/v1/files/${encoded}`,
        `/api/v1/files?${encoded}=${encoded}`,
        `/api/v1/orders?limit=${encoded}`,
        `/no/such/${encoded}`,
        `/api/v1/${encoded}?token=${encoded}`,
      ])
        asks.push([`the address ${path}`, path, { headers: { authorization: `Bearer ${client.token}` } }]);
    }
    for (const [what, path, init] of asks) {
      for (const language of ['ru', 'en']) {
        const response = await fetch(`${api.url}${path}`, {
          ...init,
          headers: { ...(init.headers as Record<string, string>), 'accept-language': language },
        });
        assert.ok(response.status >= 400 || path.startsWith('/no/such'), `${what}: ${response.status}`);
        assertClean(what, `${response.status} ${await response.text()} ${[...response.headers].join()}`);
      }
    }
  });

  it('are in no log line although reports, names and readers were full of them', async () => {
    const secrets = Object.values(SECRETS);
    const rows = rowsOfHappyWorkers(
      secrets.map((secret, index) => ({ number: `${SECRETS.cell}-${index}`, goods: secret, machine: secret })),
    );
    const good = csvBytes(rows);
    const spoiled = csvBytes(
      rows.map((row, index) => (index === 0 ? row : row.map(() => secrets[index % secrets.length] as string))),
    );
    const answer = await client.upload([
      { name: `${SECRETS.card} ${SECRETS.phone}.csv`, content: good },
      { name: 'spoiled.csv', content: spoiled },
      { name: 'broken.json', content: `{"rows": ["${secrets.join('", "')}"` },
      { name: 'broken.xml', content: `<a password="${SECRETS.cell}"><b>${secrets.join('</c>')}` },
      { name: 'broken.xlsx', content: `PK\u0003\u0004${secrets.join('')}` },
      { name: 'unknown.csv', content: `${secrets.join(',')}\n${secrets.join(',')}\n` },
    ]);
    assert.equal(answer.status, 202);
    await client.waitForSession(answer.body.session.id);
    // and what dependencies say when they go: their errors carry addresses
    await redis.kill();
    await eventually(async () =>
      assert.equal((await client.get<{ status: string }>('/readyz')).body.status, 'degraded'),
    );
    const alone = await client.upload([
      { name: 'alone.json', content: `[${secrets.map((secret) => `"${secret}`).join()}` },
    ]);
    assert.equal(alone.body.session.mode, 'in-process');
    await redis.restart();
    await eventually(async () => assert.equal((await client.get<{ status: string }>('/readyz')).body.status, 'ready'));
    for (const service of [api, worker]) assert.ok(service.logs().length > 5);
    assertClean('the log of the api', api.output());
    assertClean('the log of the worker', worker.output());
  });

  it('are in no metric and no figure of the system', async () => {
    for (const [name, service] of Object.entries({ api, worker })) {
      const response = await fetch(`${service.url}/metrics`, {
        headers: { authorization: `Bearer ${SECRETS.metricsToken}` },
      });
      assert.equal(response.status, 200);
      assertClean(`/metrics of the ${name}`, await response.text());
    }
    for (const path of ['diagnostics', 'cache', 'blacklist', 'queue', 'monitor'])
      assertClean(path, JSON.stringify((await client.get(`/system/${path}`)).body));
    assertClean(
      'diagnostics',
      JSON.stringify((await client.post('/system/diagnostics', {}, { timeoutMs: 60_000 })).body),
    );
    assertClean('the audit log', JSON.stringify((await client.get('/audit?limit=1000')).body));
    assertClean('the API document', JSON.stringify((await client.get('/api/openapi.json')).body));
  });

  it("are in nothing the doctor says, and in no service's last words", async () => {
    const settings = {
      ...env,
      JWT_SECRETS: `test:${SECRETS.jwtSecret}`,
      AUDIT_KEY: SECRETS.auditKey,
      ADMIN_PASSWORD: TEST_ADMIN.password,
    };
    const broken = {
      ...settings,
      DATABASE_URL: `nonsense ${SECRETS.databasePassword}`,
      REDIS_URL: `redis://:${SECRETS.redisPassword}@127.0.0.1:1`,
      STORAGE_URL: `ftp://user:${SECRETS.awsSecret}@x`,
      PORT: SECRETS.card,
    };
    const asked = [
      [settings, ['--lang', 'ru']],
      [settings, ['--json', '--lang', 'en']],
      [broken, ['--lang', 'en']],
      [broken, ['--json', '--lang', 'ru']],
    ] as const;
    const doctors = asked.map(([given, args]) =>
      said(['dist/scripts/doctor.js', ...args], { PATH: process.env.PATH ?? '', ...given }),
    );
    for (const text of await Promise.all(doctors)) assertClean('the doctor', text);
    for (const service of ['api', 'worker'] as const) {
      const script = service === 'api' ? 'dist/api/server.js' : 'dist/worker/worker.js';
      assertClean(`the last words of the ${service}`, await said([script], { ...serviceEnvironment(service, broken) }));
    }
  });

  it('are in no page and no script of it', async () => {
    ensureBuilt();
    assertClean('the page', await (await fetch(api.url)).text());
    const assets = (await readdir(`${root}/dist/web/assets`)).filter((name) => /\.(js|css|json)$/.test(name));
    assert.ok(assets.length > 0);
    for (const name of assets) assertClean(name, await readFile(`${root}/dist/web/assets/${name}`, 'utf8'));
  });
});

/** Roles belong to the whole server: asked in the database that outlives the test's own. */
async function administer(databaseUrl: string, sql: string): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** Both streams of a command that ends by itself. */
function said(args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { HOME: process.env.HOME, VHM24R_TEST_RUN: process.env.VHM24R_TEST_RUN, ...env },
    timeout: 60_000,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return new Promise((resolve) => child.once('close', () => resolve(text)));
}
