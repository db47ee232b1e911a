import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { accessibilityFaults, overflows, type PageOptions } from './open-browser.ts';
import { EXAMPLES, heading, openPageStack, type PageStack } from './page-stack.ts';
import { isLong } from '../support/long.ts';

type Language = 'ru' | 'uz' | 'en';

describe('how the page looks', function () {
  this.timeout(120_000);
  let stack: PageStack;
  let paths: Record<'order' | 'session' | 'asked' | 'rejected', string>;

  before(async () => {
    stack = await openPageStack({ withExamples: true });
    const client = await stack.client();
    const [header = '', ...rows] = (await readFile(`${EXAMPLES}happy_workers.csv`, 'utf8')).split('\n').slice(0, 5);
    const bad = [header, ...rows.map((row, at) => (at === 1 ? row.replaceAll('2025-06-01', '2025-06-31') : row))].join(
      '\n',
    );
    const { body } = await client.upload([
      { name: 'плохие строки.csv', content: bad },
      {
        name: 'чужая таблица с очень длинным названием, каких не бывает.csv',
        content: 'Имя;Город;Сумма\nа;б;5\nв;г;6\n',
      },
    ]);
    await client.waitForSession(body.session.id);
    const idOf = async (query: string): Promise<string> =>
      (await client.get<{ items: { id: string }[] }>(query)).body.items[0]?.id ??
      assert.fail(`nothing behind ${query}`);
    paths = {
      order: `/orders/${await idOf('/orders?status=gateway_mismatch&limit=1')}`,
      session: `/sessions/${body.session.id}`,
      asked: `/files/${await idOf('/files?status=needs_mapping&limit=1')}`,
      rejected: `/files/${await idOf('/files?status=completed_with_errors&limit=1')}`,
    };
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  /** Every page there is, with something in it. */
  const everyPath = (): string[] => [
    '/',
    '/orders',
    '/orders?q=nothing-like-this',
    paths.order,
    '/summary',
    '/upload',
    paths.session,
    '/files',
    '/files?view=sessions',
    paths.asked,
    paths.rejected,
    '/users',
    '/audit',
    '/system',
    '/account',
    '/nowhere',
  ];

  /** As a link would: without loading the whole page again. */
  async function go(page: Page, path: string): Promise<void> {
    const routeOf = (url: string): string => new URL(url, stack.url).pathname.replace(/[0-9a-f-]{36}|\d+/, ':id');
    const same = routeOf(page.url()) === routeOf(path);
    // another page gives the window its title when it has come
    await page.evaluate(
      `${same ? '' : `document.title = '';`} history.pushState(null, '', ${JSON.stringify(path)}); ` +
        `dispatchEvent(new PopStateEvent('popstate'))`,
    );
    if (!same) await eventually(async () => assert.notEqual(await page.title(), ''));
    await page.evaluate(`new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`);
    await heading(page).waitFor();
  }

  async function loaded(page: Page, path: string): Promise<void> {
    await go(page, path);
    await page.locator('.skeleton').first().waitFor({ state: 'detached' });
    // figures of the filter before fade until the new ones are there
    await page.locator('.stale').first().waitFor({ state: 'detached' });
  }

  async function judge(page: Page, what: string): Promise<void> {
    assert.deepEqual(await accessibilityFaults(page), [], what);
    assert.deepEqual(await overflows(page), [], `${what} sticks out`);
  }

  /** Of the first orders of the list: machine and reason without room, and cells that lie on one another. */
  function crampedCells(page: Page): Promise<string[]> {
    return page.evaluate<string[]>(`[...document.querySelectorAll('.line')].slice(0, 6).flatMap((line) => {
      const cells = [...line.querySelectorAll('.cell')].filter((cell) => cell.getClientRects().length > 0);
      const boxOf = (cell) => cell.getBoundingClientRect();
      const cramped = [['place', 90], ['why', 120]].flatMap(([name, least]) => {
        const cell = line.querySelector('.' + name);
        return cell && boxOf(cell).width >= least ? [] : [name + ' has ' + (cell ? boxOf(cell).width : 'no') + ' px'];
      });
      const edge = boxOf(line).right;
      const beyond = cells.filter((cell) => boxOf(cell).right > edge + 1).map((cell) => cell.className + ' sticks out');
      return [...cramped, ...beyond];
    })`);
  }

  const looks: { name: string; options: PageOptions }[] = [
    { name: 'light on a desk, Russian', options: { dark: false, width: 1280, language: 'ru' } },
    { name: 'dark on a phone of 360 px, Russian', options: { dark: true, width: 360, language: 'ru' } },
  ];
  for (const { name, options } of looks) {
    it(`keeps every page open to everybody and inside the window: ${name}`, async () => {
      const { page, faults } = await stack.open(options);
      await page.goto(stack.url);
      await page.locator('#email').waitFor();
      await judge(page, 'sign-in');
      await stack.signIn(page);
      for (const path of everyPath()) {
        await loaded(page, path);
        await judge(page, path);
      }
      assert.deepEqual(faults, []);
    });
  }

  // the longest words first: what holds them holds the others
  for (const [language, dark] of (
    [
      ['uz', false],
      ['en', true],
    ] as [Language, boolean][]
  ).slice(0, isLong ? 2 : 1)) {
    it(`cuts nothing off on a phone of 360 px, and stays open to everybody: ${language}`, async () => {
      const { page, faults } = await stack.signedIn('/', { dark, width: 360, language });
      for (const path of everyPath()) {
        await loaded(page, path);
        assert.deepEqual(await overflows(page), [], `${path} sticks out`);
        if (['/', paths.order, paths.asked, '/system'].includes(path)) await judge(page, path);
      }
      assert.deepEqual(faults, []);
    });
  }

  it('has machine and reason to read in the list of orders at every width, one beside the other', async () => {
    const { page, faults } = await stack.signedIn('/orders?status=gateway_mismatch', { width: 1440 });
    for (const width of [1440, 1280, 1100, 1024, 960, 861, 768, 640]) {
      await page.setViewportSize({ width, height: 860 });
      await eventually(async () => {
        assert.deepEqual(await overflows(page), [], `sticks out at ${width}`);
        assert.deepEqual(await crampedCells(page), [], `at ${width}`);
      });
    }
    await page.setViewportSize({ width: 1440, height: 860 });
    await go(page, '/orders?issue=refund_not_executed');
    const urgent = page.locator('.line .status .tag').first();
    await urgent.filter({ hasText: 'Возврат не выполнен' }).waitFor();
    const room = (await urgent.boundingBox())?.width ?? 0;
    assert.ok(room > 120, `the most urgent word has ${room} px beside the others`);
    assert.deepEqual(faults, []);
  });

  it('keeps figures and their words apart, and inside their boxes, at every width', async () => {
    const { page } = await stack.signedIn('/summary', { width: 1440, language: 'uz' });
    // of the words themselves: a box is as wide as it is, whatever runs over its edge
    const tight = (box: string, inner: string): Promise<string[]> =>
      page.evaluate<string[]>(`[...document.querySelectorAll('${box}')].flatMap((box) =>
        [...box.querySelectorAll('${inner}')].filter((one) => {
          const words = document.createRange();
          words.selectNodeContents(one);
          const edge = box.getBoundingClientRect().right - parseFloat(getComputedStyle(box).paddingRight);
          return words.getBoundingClientRect().right > edge + 1;
        }).map((one) => one.textContent))`);
    for (const width of [1440, 1210, 1190, 1024, 390, 320]) {
      await page.setViewportSize({ width, height: 860 });
      await go(page, '/summary');
      await page.locator('.figure b').nth(4).waitFor();
      assert.deepEqual(await tight('.figure', 'b'), [], `revenue at ${width}`);
      await go(page, '/');
      await page.locator('.line .what').first().waitFor();
      assert.deepEqual(await tight('.what', '.help'), [], `words of discrepancies at ${width}`);
      assert.deepEqual(await overflows(page), [], `first page at ${width}`);
    }
  });

  for (const { name, options } of isLong ? looks : looks.slice(0, 1)) {
    it(`and so while it loads, with nothing to show, and when it failed: ${name}`, async () => {
      const { page, faults } = await stack.signedIn('/account', options);
      for (const path of ['/orders/999999999', '/sessions/00000000-0000-4000-8000-000000000000']) {
        await go(page, path);
        await page.getByRole('alert').filter({ hasText: 'Не найдено' }).waitFor();
        await judge(page, `${path} is not there`);
      }
      const held: (() => void)[] = [];
      await page.route(/\/api\/v1\/(orders|files|sessions|reconciliation)/, (route) => {
        held.push(() => void route.fulfill({ json: { items: [], nextCursor: null, count: 0, sum: '0' } }));
      });
      for (const path of ['/orders?status=hw_only', '/files?status=failed', '/files?view=sessions']) {
        await go(page, path);
        await page.locator('.skeleton').first().waitFor();
        await judge(page, `${path} loads`);
        for (const answer of held.splice(0)) answer();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        await judge(page, `${path} is empty`);
      }
      assert.deepEqual(faults, []);
    });

    it(`and with each of its sheets and dialogs open: ${name}`, async () => {
      const { page, faults } = await stack.signedIn('/orders', options);
      await page.locator('.open').first().waitFor();
      if (options.width === 360) await page.locator('.fold').click();
      for (const sheet of ['Статус', 'Период', 'Выгрузить', 'Мои фильтры']) {
        await page.getByRole('button', { name: sheet, exact: true }).first().click();
        await page.getByRole('dialog').waitFor();
        await judge(page, sheet);
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await judge(page, 'keys');
      await page.keyboard.press('Escape');
      await loaded(page, paths.order);
      await page.evaluate(`document.querySelectorAll('main details').forEach((one) => (one.open = true))`);
      await judge(page, 'unfolded');
      assert.deepEqual(faults, []);
    });
  }
});
