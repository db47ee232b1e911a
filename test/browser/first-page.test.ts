import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { ensureBuilt } from '../../scripts/build.ts';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { accessibilityFaults, openBrowser, overflows, type PageOptions, type TestBrowser, type TestPage } from './open-browser.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

interface Truth {
  orders: Record<string, { status: string }>;
}

describe('the page in a real Chromium, on the real stack', function () {
  this.timeout(120_000);

  let database: TestDatabase;
  let redis: TestRedis;
  let api: TestService;
  let worker: TestService;
  let browser: TestBrowser;
  let truth: Truth;
  let reports: string[];
  const opened: TestPage[] = [];

  before(async () => {
    ensureBuilt({ only: ['page'] });
    database = await createTestDatabase();
    redis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, STORAGE_URL: 'postgres:' };
    [api, worker] = await Promise.all([startApi(env), startWorker(env)]);
    browser = await openBrowser();
    truth = JSON.parse(await readFile(`${examples}truth.json`, 'utf8')) as Truth;
    reports = (await readdir(examples)).filter((name) => /\.(csv|xlsx)$/.test(name)).map((name) => examples + name);
  });

  afterEach(async () => {
    for (const { close } of opened.splice(0)) await close();
  });

  after(async () => {
    await browser?.close();
    await worker?.stop();
    await api?.stop();
    await redis?.stop();
    await database?.drop();
  });

  async function open(options: PageOptions = {}): Promise<TestPage> {
    const test = await browser.openPage(options);
    opened.push(test);
    return test;
  }

  async function signIn(page: Page, path = '/'): Promise<void> {
    await page.goto(api.url + path);
    await page.locator('#email').fill(TEST_ADMIN.email);
    await page.locator('#password').fill(TEST_ADMIN.password);
    await page.locator('button[type=submit]').click();
    await page.locator('main#content').waitFor();
  }

  async function signedIn(path = '/', options: PageOptions = {}): Promise<TestPage> {
    const test = await open(options);
    await signIn(test.page, path);
    return test;
  }

  const choose = (page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> =>
    page.locator('[data-test=file-picker]').setInputFiles(files);
  const heading = (page: Page) => page.locator('h1').first();

  it('lets nobody in with a wrong password, and says so in words', async () => {
    const { page, faults } = await open();
    await page.goto(`${api.url}/orders?status=hw_only`);
    await page.locator('#email').fill(TEST_ADMIN.email);
    await page.locator('#password').fill('not the password');
    await page.locator('button[type=submit]').click();
    await page.getByRole('alert').filter({ hasText: 'Почта или пароль не подходят' }).waitFor();
    // the right one leads where he wanted to go
    await page.locator('#password').fill(TEST_ADMIN.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL('**/orders?status=hw_only');
    assert.deepEqual(faults, []);
  });

  it('takes the six reports dropped at once, shows them going and adds up what became of their rows', async () => {
    const { page, faults } = await signedIn('/upload');
    await choose(page, reports);
    await page.getByRole('button', { name: 'Загрузить 6 файлов' }).click();
    await page.waitForURL('**/sessions/*');
    await page.getByText('Посмотреть, что не сходится').waitFor({ timeout: 60_000 });
    assert.equal(await page.locator('article').count(), 6);
    const figures = (await page.locator('dl.sum').first().locator('dd').allInnerTexts()).map((text) => Number(text.replace(/\D/g, '')));
    const [read = 0, ...parts] = figures;
    assert.ok(read > 5_000);
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      read,
    );
    assert.match(await page.locator('article').filter({ hasText: 'happy_workers.csv' }).innerText(), /Заказы автоматов/);
    // the session is in the address: a reload shows it again, without a new sign-in
    const address = page.url();
    await page.reload();
    await heading(page).filter({ hasText: 'Загрузка от' }).waitFor();
    assert.equal(page.url(), address);
    assert.deepEqual(faults, []);
  });

  it('says what does not add up, and each number opens the orders behind it', async () => {
    const expected = Object.values(truth.orders).filter(({ status }) => status === 'price_mismatch').length;
    const { page, faults } = await signedIn('/');
    const line = page.locator('a.line').filter({ hasText: 'Разная цена' });
    await line.waitFor();
    assert.equal(Number(await line.locator('b').innerText()), expected);
    await line.click();
    await page.waitForURL('**/orders?status=price_mismatch');
    await page
      .locator('.totals strong')
      .filter({ hasText: new RegExp(`^${expected}\\s`) })
      .waitFor();
    assert.equal(await page.locator('[role=row] .open').count(), expected);
    assert.deepEqual(faults, []);
  });

  it('finds an order by its number, shows its records side by side and its history, and reads its raw row again', async () => {
    const [number = ''] = Object.entries(truth.orders).find(([, { status }]) => status === 'price_mismatch') ?? [];
    const { page, faults } = await signedIn('/orders');
    await page.getByRole('searchbox').fill(number);
    await page.locator('.totals strong').filter({ hasText: /^1\s/ }).waitFor();
    assert.ok(page.url().includes(`q=${number}`));
    await page.locator('.open').first().click();
    await heading(page).filter({ hasText: number }).waitFor();
    const price = page.getByRole('row').filter({ hasText: 'Сумма' });
    assert.match(await price.innerText(), /расходится/);
    await page.getByText('Номер и автомат совпали, цена разная').waitFor();
    await page.locator('.change').filter({ hasText: 'Разная цена' }).first().waitFor();
    await page.locator('details.leg summary').filter({ hasText: 'Happy Workers' }).first().click();
    await page.getByText('Исходная строка').first().click();
    await page.locator('dd').filter({ hasText: number }).first().waitFor();
    assert.deepEqual(faults, []);
  });

  it('settles an order with a reason and a note, and takes that back', async () => {
    const { page, faults } = await signedIn('/orders?status=fiscal_mismatch');
    await page.locator('.open').first().click();
    const save = page.getByRole('button', { name: 'Записать решение' });
    await page.getByRole('combobox', { name: 'Причина' }).selectOption('timing');
    await page.getByRole('textbox', { name: 'Пояснение' }).fill('коротко');
    assert.ok(await save.isDisabled(), 'a note of seven characters is too short');
    await page.getByRole('textbox', { name: 'Пояснение' }).fill('Касса стояла, чек пробит утром следующего дня');
    await save.click();
    const decision = page.locator('.notice').filter({ hasText: 'Касса стояла' });
    await decision.waitFor();
    await page.locator('.facts .settled').waitFor();
    await decision.getByRole('button', { name: 'Отменить решение' }).click();
    await decision.waitFor({ state: 'detached' });
    await page.locator('.facts .settled').waitFor({ state: 'detached' });
    assert.deepEqual(faults, []);
  });

  it('names every rejected row with its reason, hands them back as a table, and asks where it is not sure', async () => {
    const [header = '', ...rows] = (await readFile(`${examples}happy_workers.csv`, 'utf8')).split('\n').slice(0, 5);
    const bad = [header, ...rows.map((row, at) => (at === 1 ? row.replaceAll('2025-06-01', '2025-06-31') : row))].join('\n');
    const { page, faults } = await signedIn('/upload');
    await choose(page, [
      { name: 'плохие строки.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) },
      { name: 'чужая таблица.csv', mimeType: 'text/csv', buffer: Buffer.from('Имя;Город;Сумма\nа;б;5\nв;г;6\n') },
    ]);
    await page.getByRole('button', { name: 'Загрузить 2 файла' }).click();
    const rejected = page.locator('article').filter({ hasText: 'плохие строки.csv' });
    await rejected.getByText('Готово, есть отклонённые строки').waitFor({ timeout: 30_000 });
    await rejected.getByText('Почему строки отклонены').click();
    await rejected.getByText('Дату или время не удалось прочитать').first().waitFor();
    await page.locator('article').filter({ hasText: 'чужая таблица.csv' }).getByRole('link', { name: 'Ответить на вопрос' }).waitFor();
    await rejected.getByRole('link', { name: 'Подробнее' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Скачать для исправления: csv' }).click();
    const text = await readFile(await (await waiting).path(), 'utf8');
    assert.ok(text.includes('2025-06-31'), 'the row comes back as it was');
    assert.deepEqual(faults, []);
  });

  it('knows a file that was loaded before a byte of it is sent', async () => {
    const { page, faults } = await signedIn('/upload');
    await choose(page, [reports[0] ?? '']);
    await page.getByText('Этот самый файл уже загружен').waitFor();
    await page.getByText('Отправлять нечего').waitFor();
    assert.deepEqual(faults, []);
  });

  it('takes files dropped anywhere on any page', async () => {
    const { page, faults } = await signedIn('/orders');
    const transfer = await page.evaluateHandle<unknown>(
      `(() => { const data = new DataTransfer(); data.items.add(new File(['a;b'], 'брошен.csv')); return data; })()`,
    );
    await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
    await page.waitForURL('**/upload');
    await page.getByText('брошен.csv').waitFor();
    assert.deepEqual(faults, []);
  });

  it('is led by the keyboard alone', async () => {
    const { page, faults } = await signedIn('/orders?status=fully_matched');
    await page.locator('.open').nth(3).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.locator('.selection').getByText('Выбран 1').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('следующий заказ').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const second = await page.locator('.open').nth(1).getAttribute('title');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await heading(page)
      .filter({ hasText: second ?? 'no second row' })
      .waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL('**/orders?status=fully_matched');
    await page.locator('.open').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('ff00');
    await page.waitForURL('**q=ff00');
    assert.deepEqual(faults, []);
  });

  it('walks through thousands of orders with only the visible rows in the page', async () => {
    const { page, faults } = await signedIn('/orders');
    await page.locator('.open').first().waitFor();
    const first = await page.locator('.open').first().getAttribute('title');
    await eventually(
      async () => {
        await page.mouse.wheel(0, 6_000);
        await page.getByText('Это все').waitFor({ timeout: 100 });
      },
      { timeoutMs: 40_000 },
    );
    assert.ok((await page.locator('.open').count()) < 120, 'rows far away do not exist');
    assert.notEqual(await page.locator('.open').first().getAttribute('title'), first);
    assert.deepEqual(faults, []);
  });

  it('writes the orders of exactly the filter into a table', async () => {
    const expected = Object.values(truth.orders).filter(({ status }) => status === 'price_mismatch').length;
    const { page, faults } = await signedIn('/orders?status=price_mismatch');
    await page.getByRole('button', { name: 'Выгрузить' }).click();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'csv', exact: true }).click();
    const lines = (await readFile(await (await waiting).path(), 'utf8')).trim().split('\n');
    assert.equal(lines.length, expected + 1);
    assert.deepEqual(faults, []);
  });

  it('speaks Russian, Uzbek and English, and remembers which', async () => {
    const { page, faults } = await signedIn('/orders?status=hw_only');
    const choice = page.getByRole('combobox', { name: 'Язык' });
    await choice.selectOption('uz');
    await heading(page).filter({ hasText: 'Buyurtmalar' }).waitFor();
    assert.equal(await page.locator('html').getAttribute('lang'), 'uz');
    await page.getByRole('combobox', { name: 'Til' }).selectOption('en');
    await heading(page).filter({ hasText: 'Orders' }).waitFor();
    await page.locator('.tag').filter({ hasText: 'Not in VendHub' }).first().waitFor();
    await page.reload();
    await heading(page).filter({ hasText: 'Orders' }).waitFor();
    assert.deepEqual(faults, []);
  });

  it('signs out in every tab at once, and a reload does not bring it back', async () => {
    const { page, context } = await signedIn('/');
    const other = await open({ context });
    await other.page.goto(`${api.url}/files`);
    await heading(other.page).filter({ hasText: 'Файлы и загрузки' }).waitFor();
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.locator('#email').waitFor();
    await other.page.locator('#email').waitFor();
    await page.reload();
    await page.locator('#email').waitFor();
    const stored = await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })');
    assert.doesNotMatch(stored, /eyJ|token/i);
  });

  const looks = [
    { name: 'light on a desk, Russian', options: { dark: false, width: 1280, language: 'ru' } },
    { name: 'dark on a phone of 360 px, Russian', options: { dark: true, width: 360, language: 'ru' } },
    { name: 'light on a phone of 360 px, Uzbek', options: { dark: false, width: 360, language: 'uz' } },
  ] as const;
  for (const { name, options } of looks) {
    it(`keeps every page open to everybody and inside the window: ${name}`, async () => {
      const { page, faults } = await open(options);
      await page.goto(api.url);
      await page.locator('#email').waitFor();
      assert.deepEqual(await accessibilityFaults(page), [], 'sign-in');
      await signIn(page);
      for (const path of await pathsOf(page)) {
        await page.goto(api.url + path);
        await heading(page).waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        assert.deepEqual(await accessibilityFaults(page), [], path);
        assert.equal(await overflows(page), false, path);
      }
      assert.deepEqual(faults, []);
    });
  }

  /** Every page there is, with something in it. */
  async function pathsOf(page: Page): Promise<string[]> {
    await page.goto(`${api.url}/orders?status=gateway_mismatch`);
    const order = (await page.locator('.open').first().getAttribute('href')) ?? '';
    await page.goto(`${api.url}/files?status=needs_mapping`);
    const asked = (await page.locator('td.name a').first().getAttribute('href')) ?? '';
    await page.goto(`${api.url}/files?status=completed_with_errors`);
    const rejected = (await page.locator('td.name a').first().getAttribute('href')) ?? '';
    await page.goto(`${api.url}/files?view=sessions`);
    const session = (await page.locator('a.line').first().getAttribute('href')) ?? '';
    return [
      '/',
      '/orders',
      '/orders?q=nothing-like-this',
      order,
      '/summary',
      '/upload',
      session,
      '/files',
      '/files?view=sessions',
      asked,
      rejected,
      '/users',
      '/audit',
      '/system',
      '/account',
      '/nowhere',
    ];
  }

  it('says what it means when the queue is away, and still takes files', async () => {
    const { page, faults } = await signedIn('/upload');
    await redis.kill();
    await page.getByText('Очередь временно недоступна').waitFor({ timeout: 30_000 });
    await choose(page, [{ name: 'без очереди.csv', mimeType: 'text/csv', buffer: Buffer.from(await oneMoreOrder()) }]);
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.waitForURL('**/sessions/*', { timeout: 40_000 });
    const file = page.locator('article').filter({ hasText: 'без очереди.csv' });
    await file.getByText('Готово', { exact: true }).waitFor({ timeout: 30_000 });
    assert.match(await file.innerText(), /прямо на сервере/);
    await redis.restart();
    await page.getByText('Очередь временно недоступна').waitFor({ state: 'detached', timeout: 30_000 });
    assert.deepEqual(faults, []);
  });

  /** A report that no earlier test has sent. */
  async function oneMoreOrder(): Promise<string> {
    const [header, row = ''] = (await readFile(`${examples}happy_workers.csv`, 'utf8')).split('\n');
    return `${header}\n${row.replace(/^ff0000\w{4}/, 'ff0000aaaa')}\n`;
  }
});
