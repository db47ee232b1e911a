import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createApiClient, type ApiClient } from './api-client.ts';
import { ensureBuilt } from './build.ts';
import { loadExamples } from './demo/examples.ts';
import { keepLocalSecrets, type LocalSecrets } from './demo/local-secrets.ts';
import { runStack } from './demo/stack.ts';
import { sleep } from '../shared/lifecycle.ts';
import { findFreePort } from './processes/free-port.ts';

/**
 * `npm run screenshots`: photographs every page of the product with the example month in it, in light and dark, at desk
 * and phone width, into docs/screens/<page>-<theme>-<width>.png. With names of pages after `--` only these. The stack
 * is its own and is gone afterwards.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/screens');
const chromiumPath = '/usr/bin/chromium';
const themes = ['light', 'dark'] as const;
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
/** Lists go on for ever: of these the window alone is shown. */
const windowOnly = ['orders', 'orders-changed', 'orders-sheet', 'orders-keys', 'audit', 'undo'];

/** What is done on a page before its picture is taken. */
const before: Record<string, (page: Page) => Promise<void>> = {
  'orders-changed': async (page) => {
    await page.locator('.changed').first().focus();
    await page.locator('.sheet').waitFor();
  },
  async 'orders-sheet'(page) {
    const fold = page.locator('.fold');
    if (await fold.isVisible()) await fold.click();
    await page.locator('.menus .trigger').first().click();
    await page.getByRole('dialog').waitFor();
  },
  'orders-keys': (page) => page.keyboard.press('?'),
  async undo(page) {
    await page.getByRole('button', { name: 'Отменить эту загрузку' }).click();
    await page.locator('.dialog .lines').waitFor({ timeout: 60_000 });
    await page.locator('.dialog textarea').fill('Отчёт за другой месяц, загружен по ошибке');
  },
};

/** Names of pages; none: all of them. */
const chosen = process.argv.slice(2);

interface Item {
  id: string;
}

async function main(): Promise<void> {
  ensureBuilt({ onStart: (part) => console.log(`building ${part}…`) });
  const dataFolder = mkdtempSync(join(tmpdir(), 'vhm24r-screens-'));
  // PostgreSQL's own account walks through it
  chmodSync(dataFolder, 0o755);
  const secrets = keepLocalSecrets(dataFolder);
  const run = runStack({
    projectRoot: root,
    dataFolder,
    secrets,
    env: {
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      JWT_SECRETS: secrets.jwtSecrets,
      AUDIT_KEY: secrets.auditKey,
      ADMIN_EMAIL: secrets.adminEmail,
      ADMIN_PASSWORD: secrets.adminPassword,
      RATE_LIMIT_FACTOR: '0',
    },
    databaseUrl: undefined,
    redisUrl: undefined,
    port: await findFreePort(),
    lang: 'en',
    say: (line) => console.log(line),
  });
  try {
    const { url } = await Promise.race([run.ready, run.broken]);
    const client = createApiClient(url);
    await client.login(secrets.adminEmail, secrets.adminPassword);
    const session = await loadExamples(client, join(root, 'examples'));
    await loadOddFiles(client);
    const files = { corrected: await loadCorrection(client), ...(await loadWrongFiles(client)) };
    const paths = await pathsOf(client, session.id, files);
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    try {
      for (const theme of themes)
        for (const size of sizes) await photograph(browser, { url, secrets, paths, theme, size });
    } finally {
      await browser.close();
    }
  } finally {
    await run.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** One file with rows in error, and one that nobody can recognise. */
async function loadOddFiles(client: ApiClient): Promise<void> {
  const [header = '', ...rows] = readFileSync(join(root, 'examples/happy_workers.csv'), 'utf8')
    .split('\n')
    .slice(0, 40);
  const bad = rows.map((row, at) => (at % 12 === 5 ? row.replaceAll('2025-06-', '2025-13-') : row));
  const answer = await client.upload([
    { name: 'happy_workers, исправить.csv', content: [header, ...bad].join('\n') },
    {
      name: 'таблица из почты.csv',
      content:
        'Номер заказа;Время;Сколько;Код ИКПУ;Тип платежа;Машинный код\nff00;2025-06-03 10:00:00;15000;1;Payme;' +
        'e5f7a25b0000\n',
    },
  ]);
  await client.waitForSession(answer.body.session.id, { timeoutMs: 60_000 });
}

/** A few orders again, each with something corrected or added; gives the file's id. */
async function loadCorrection(client: ApiClient): Promise<string> {
  const [header = '', ...rows] = readFileSync(join(root, 'examples/happy_workers.csv'), 'utf8')
    .split('\n')
    .slice(0, 13);
  const corrected = rows.map((row, at) =>
    at % 3 === 0 ? row.replace(/,\d+,Доставлен,/, ',9000,Доставлен,') : row.replace(',Латте,,', ',Латте,Ваниль,'),
  );
  const answer = await client.upload([
    { name: 'happy_workers, поправка.csv', content: [header, ...corrected].join('\n') },
  ]);
  await client.waitForSession(answer.body.session.id, { timeoutMs: 60_000 });
  return answer.body.session.files[0]?.id ?? '';
}

interface MadeFiles {
  corrected: string;
  /** loaded by mistake, and taken back */
  undone: string;
  undoneOrder: string;
  /** only looked at */
  seen: string;
  seenSession: string;
}

/** One file that was loaded by mistake and taken back, and one that is looked at before it takes effect. */
async function loadWrongFiles(client: ApiClient): Promise<Omit<MadeFiles, 'corrected'>> {
  const [header = '', ...rows] = readFileSync(join(root, 'examples/happy_workers.csv'), 'utf8')
    .split('\n')
    .slice(0, 25);
  const strange = rows.slice(0, 12).map((row, at) => row.replace(/^ff0000\w{4}/, `ff0000e${at.toString(16)}00`));
  const wrong = await client.upload([
    { name: 'happy_workers, чужой автомат.csv', content: [header, ...strange].join('\n') },
  ]);
  await client.waitForSession(wrong.body.session.id, { timeoutMs: 60_000 });
  const undone = wrong.body.session.files[0]?.id ?? '';
  const { body } = await client.get<{ items: Item[] }>('/orders?q=ff0000e000&limit=1');
  const asked = await client.post<{ id: string }>(`/files/${undone}/undo`, { reason: 'Отчёт чужого автомата' });
  for (let status = ''; status !== 'completed'; await sleep(200)) {
    status = (await client.get<{ status: string }>(`/undos/${asked.body.id}`)).body.status;
    if (status === 'failed' || status === 'blocked') throw new Error(`the undo ended ${status}`);
  }
  const dearer = [
    ...rows.slice(12).map((row) => row.replace(/,\d+,Доставлен,/, ',19000,Доставлен,')),
    ...strange.slice(0, 3),
  ];
  const seen = await client.upload(
    [{ name: 'happy_workers, новые цены.csv', content: [header, ...dearer].join('\n') }],
    {
      preview: true,
    },
  );
  const session = await client.waitForSession(seen.body.session.id, { timeoutMs: 60_000 });
  return {
    undone,
    undoneOrder: body.items[0]?.id ?? '',
    seen: session.files[0]?.id ?? '',
    seenSession: session.id,
  };
}

/** Every page by the name of its picture; null = before signing in. */
async function pathsOf(client: ApiClient, sessionId: string, files: MadeFiles): Promise<Record<string, string | null>> {
  const first = async (path: string): Promise<string> => {
    const { body } = await client.get<{ items: Item[] }>(path);
    const [item] = body.items;
    if (item === undefined) throw new Error(`nothing behind ${path}: the examples should give something`);
    return item.id;
  };
  return {
    'sign-in': null,
    home: '/',
    orders: '/orders',
    'orders-changed': `/orders?file=${files.corrected}`,
    'orders-sheet': '/orders',
    'orders-keys': '/orders',
    'orders-none': '/orders?q=nothing-like-this',
    order: `/orders/${await first('/orders?status=price_mismatch&limit=1')}`,
    'order-ambiguous': `/orders/${await first('/orders?status=ambiguous_match&limit=1')}`,
    summary: '/summary',
    upload: '/upload',
    session: `/sessions/${sessionId}`,
    preview: `/sessions/${files.seenSession}`,
    'preview-file': `/files/${files.seen}`,
    undo: `/files/${files.corrected}`,
    undone: `/files/${files.undone}`,
    'undone-order': `/orders/${files.undoneOrder}`,
    files: '/files',
    'file-errors': `/files/${await first('/files?status=completed_with_errors&limit=1')}`,
    'file-question': `/files/${await first('/files?status=needs_mapping&limit=1')}`,
    users: '/users',
    audit: '/audit',
    system: '/system',
    account: '/account',
    'not-there': '/orders/999999999',
  };
}

interface Sitting {
  url: string;
  secrets: LocalSecrets;
  paths: Record<string, string | null>;
  theme: (typeof themes)[number];
  size: (typeof sizes)[number];
}

async function photograph(browser: Browser, { url, secrets, paths, theme, size }: Sitting): Promise<void> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'ru-RU',
  });
  const page = await context.newPage();
  mkdirSync(folder, { recursive: true });
  await page.goto(url);
  await page.locator('#email').waitFor();
  for (const [name, path] of Object.entries(paths)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    if (path !== null) await visit(page, url, path, secrets);
    await before[name]?.(page);
    const file = `${name}-${theme}-${size.width}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: !windowOnly.includes(name) });
    console.log(file);
  }
  await context.close();
}

async function visit(page: Page, url: string, path: string, secrets: LocalSecrets): Promise<void> {
  if (await page.locator('#email').isVisible()) {
    await page.locator('#email').fill(secrets.adminEmail);
    await page.locator('#password').fill(secrets.adminPassword);
    await page.locator('button[type=submit]').click();
    await page.locator('main#content').waitFor();
  }
  await page.goto(url + path);
  await page.locator('main#content h1').waitFor();
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
}

await main();
