import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { TEST_ADMIN } from '../support/processes.ts';
import type { TestPage } from './open-browser.ts';
import { chooseFiles, heading, manyOrders, oneMoreOrder, openPageStack, type PageStack } from './page-stack.ts';

/** Bytes go out so slowly that a large report is under way for some seconds. */
const SLOW_BYTES_PER_S = 150_000;

describe('the page when something breaks', function () {
  this.timeout(120_000);
  let stack: PageStack;

  before(async () => {
    // one file after another, so that there is a middle
    stack = await openPageStack({ withExamples: false, workerEnv: { WORKER_CONCURRENCY: '1' } });
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  it('lets nobody in with a wrong password, and says so in words', async () => {
    const { page, faults } = await stack.open();
    await page.goto(`${stack.url}/orders?status=hw_only`);
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

  it('does not call a sign-in ended whose server only does not answer, and goes on when it does', async () => {
    const { page } = await stack.signedIn('/files?status=failed');
    await page.route('**/api/v1/auth/refresh', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'service_unavailable' } } }),
    );
    await page.reload();
    await page.getByRole('alert').filter({ hasText: 'Вы не вышли' }).waitFor();
    assert.equal(await page.getByText('Сеанс закончился').count(), 0);
    await page.unroute('**/api/v1/auth/refresh');
    await page.waitForURL('**/files?status=failed');
    await page.locator('main#content').waitFor();
  });

  it('shows what could not be read while the database was away as soon as it is back, without a press', async () => {
    const { page } = await stack.signedIn('/files');
    const away = { status: 503, json: { error: { code: 'service_unavailable' } } };
    for (const path of ['**/readyz', '**/api/v1/users*']) await page.route(path, (route) => route.fulfill(away));
    await page.getByRole('link', { name: 'Пользователи' }).click();
    await page.getByText('База данных недоступна').waitFor();
    await page.getByText('Не получилось загрузить').waitFor({ timeout: 20_000 });
    await page.unrouteAll();
    await page.locator('.user').first().waitFor({ timeout: 10_000 });
    assert.equal(await page.getByText('Не получилось загрузить').count(), 0);
  });

  async function network({
    context,
    page,
  }: TestPage): Promise<{ slow(): Promise<void>; gone(): Promise<void>; fine(): Promise<void> }> {
    const session: CDPSession = await context.newCDPSession(page);
    await session.send('Network.enable');
    const set = (offline: boolean, uploadThroughput: number) =>
      session.send('Network.emulateNetworkConditions', {
        offline,
        latency: 0,
        downloadThroughput: -1,
        uploadThroughput,
      });
    return {
      slow: () => set(false, SLOW_BYTES_PER_S).then(() => undefined),
      gone: () => set(true, 0).then(() => undefined),
      fine: () => set(false, -1).then(() => undefined),
    };
  }
  const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const sessionsNow = async (): Promise<string[]> => {
    const { body } = await (await stack.client()).get<{ items: { files: { name: string }[] }[] }>('/sessions');
    return body.items.map((session) => session.files.map((file) => file.name).join(', '));
  };

  it('names the files that a reload broke off while they were sent; nothing of them is kept, and choosing them again is enough', async () => {
    const test = await stack.signedIn('/upload');
    const { page, faults } = test;
    page.on('dialog', (dialog) => void dialog.accept());
    const line = await network(test);
    const report = csv('длинный отчёт.csv', await manyOrders(6_000, 'b'));
    await chooseFiles(page, [report]);
    await line.slow();
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page
      .getByText(/^Отправляем: [1-9]/)
      .first()
      .waitFor();
    await page.reload();
    // signed in as before, and told what was lost
    await page.getByRole('alert').filter({ hasText: 'Выберите эти файлы ещё раз: длинный отчёт.csv' }).waitFor();
    assert.deepEqual(await sessionsNow(), []);
    await line.fine();
    await chooseFiles(page, [report]);
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.waitForURL('**/sessions/*');
    await page.locator('article').getByText('Готово', { exact: true }).waitFor({ timeout: 30_000 });
    assert.deepEqual(await sessionsNow(), ['длинный отчёт.csv']);
    await page.goto(`${stack.url}/upload`);
    await heading(page).waitFor();
    assert.equal(await page.getByText('Выберите эти файлы ещё раз').count(), 0, 'it is told once');
    assert.deepEqual(faults, []);
  });

  it('opens a page whose part could not be fetched as soon as it can be, without a reload by hand', async () => {
    const { page } = await stack.signedIn('/files');
    await page.route('**/assets/audit-page-*', (route) => route.abort());
    await page.getByRole('link', { name: 'Журнал' }).click();
    await page.getByText('Не получилось загрузить').waitFor();
    await page.unroute('**/assets/audit-page-*');
    await heading(page).filter({ hasText: 'Журнал' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/audit');
  });

  it('names a file that was saved anew after it was chosen, and does not wait for a network that is there', async () => {
    const { page, faults } = await stack.signedIn('/upload');
    const folder = await mkdtemp(join(tmpdir(), 'vhm24r-changed-'));
    const path = join(folder, 'правленый.csv');
    await writeFile(path, await oneMoreOrder('5a5a'));
    // the browser goes by whole seconds
    await utimes(path, 1_700_000_000, 1_700_000_000);
    await chooseFiles(page, path);
    await page.getByText('Готов к отправке').waitFor();
    await appendFile(path, '\n');
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.getByRole('alert').filter({ hasText: 'Выберите их ещё раз: правленый.csv' }).waitFor();
    await chooseFiles(page, path);
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.waitForURL('**/sessions/*');
    await rm(folder, { recursive: true });
    assert.deepEqual(faults, []);
  });

  it('sends the files that were chosen although their token is no longer taken, once there is another', async () => {
    const { page } = await stack.signedIn('/upload');
    await chooseFiles(page, [csv('с новым ключом.csv', await oneMoreOrder('6b6b'))]);
    const refused = {
      status: 401,
      json: { error: { code: 'unauthenticated', message: '', details: {}, requestId: '' } },
    };
    await page.route('**/api/v1/files', (route) => route.fulfill(refused), { times: 1 });
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.waitForURL('**/sessions/*');
    await page.locator('main header').getByText('Готово', { exact: true }).waitFor({ timeout: 30_000 });
  });

  it('sends again by itself what a lost network broke off, and the file counts once', async () => {
    const test = await stack.signedIn('/upload');
    const { page } = test;
    const line = await network(test);
    await chooseFiles(page, [csv('через обрыв.csv', await manyOrders(6_000, 'c'))]);
    await line.slow();
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page
      .getByText(/^Отправляем: [1-9]/)
      .first()
      .waitFor();
    await line.gone();
    await page.getByText('Связь пропала. Отправим сами').waitFor();
    await line.fine();
    await page.waitForURL('**/sessions/*', { timeout: 30_000 });
    await page.locator('main header').getByText('Готово', { exact: true }).waitFor({ timeout: 30_000 });
    // the browser may have let go of all bytes before it was told that the line is gone: then the second sending is the
    // duplicate
    await eventually(
      async () => {
        const { body } = await (
          await stack.client()
        ).get<{ items: { files: { name: string; status: string; rows: { new: number } }[] }[] }>('/sessions');
        const sent = body.items.flatMap((session) => session.files).filter((file) => file.name === 'через обрыв.csv');
        const ends = sent.map((file) => file.status).toSorted();
        assert.ok(['completed', 'completed,duplicate'].includes(ends.join(',')), ends.join(','));
        assert.equal(
          sent.reduce((sum, file) => sum + file.rows.new, 0),
          6_000,
        );
      },
      { timeoutMs: 60_000 },
    );
  });

  it('keeps two tabs of one person apart and both signed in, however often both are loaded again', async () => {
    const first = await stack.signedIn('/upload');
    const second = await stack.open({ context: first.context });
    await second.page.goto(`${stack.url}/upload`);
    const tabs = [first, second];
    await Promise.all(
      tabs.map(async ({ page }, at) => {
        await chooseFiles(page, [csv(`вкладка ${at}.csv`, await oneMoreOrder(`d00${at}`))]);
        await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
        await page.waitForURL('**/sessions/*');
      }),
    );
    for (const [at, { page }] of tabs.entries()) {
      await page
        .locator('article')
        .filter({ hasText: `вкладка ${at}.csv` })
        .getByText('Готово', { exact: true })
        .waitFor({ timeout: 30_000 });
      assert.equal(await page.locator('article').count(), 1);
    }
    for (let round = 0; round < 3; round += 1) await Promise.all(tabs.map(({ page }) => page.reload()));
    for (const { page, faults } of tabs) {
      await heading(page).filter({ hasText: 'Загрузка от' }).waitFor();
      assert.deepEqual(faults, []);
    }
  });

  it('ends all six reports as ever although Redis dies half way, and says what that means', async () => {
    const { page, faults } = await stack.signedIn('/upload');
    await chooseFiles(page, stack.reports);
    await page.getByRole('button', { name: 'Загрузить 6 файлов' }).click();
    await page.waitForURL('**/sessions/*');
    await page.getByText(/^Готово файлов: [1-5] из 6/).waitFor({ timeout: 30_000 });
    await stack.redis.kill();
    await page.getByText('Посмотреть, что не сходится').waitFor({ timeout: 60_000 });
    await page.getByText('Очередь временно недоступна').waitFor({ timeout: 30_000 });
    assert.equal(await page.locator('article').getByText('Готово', { exact: true }).count(), 6);
    const { get } = await stack.client();
    const expected = new Map<string, number>();
    for (const { status } of Object.values(stack.truth.orders)) expected.set(status, (expected.get(status) ?? 0) + 1);
    for (const status of ['price_mismatch', 'gateway_mismatch', 'time_out_of_range']) {
      const { body } = await get<{ count: number }>(`/orders/totals?status=${status}`);
      assert.equal(body.count, expected.get(status) ?? 0, status);
    }
    assert.deepEqual(faults, []);
  });

  it('takes files while the queue is away, and says when it is back', async () => {
    const { page, faults } = await stack.signedIn('/upload');
    await page.getByText('Очередь временно недоступна').waitFor({ timeout: 30_000 });
    await chooseFiles(page, [csv('без очереди.csv', await oneMoreOrder())]);
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.waitForURL('**/sessions/*', { timeout: 40_000 });
    const file = page.locator('article').filter({ hasText: 'без очереди.csv' });
    await file.getByText('Готово', { exact: true }).waitFor({ timeout: 30_000 });
    assert.match(await file.innerText(), /прямо на сервере/);
    await stack.redis.restart();
    await page.getByText('Очередь временно недоступна').waitFor({ state: 'detached', timeout: 30_000 });
    await eventually(async () => assert.equal(await page.getByText('Нет связи с сервером').count(), 0));
    assert.deepEqual(faults, []);
  });
});
