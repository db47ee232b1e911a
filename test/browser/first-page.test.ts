import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventually } from '../support/eventually.ts';
import { accessibilityFaults, overflows } from './open-browser.ts';
import { chooseFiles, EXAMPLES, heading, oneMoreOrder, openPageStack, type PageStack } from './page-stack.ts';

describe('the page in a real Chromium, on the real stack', function () {
  this.timeout(120_000);
  let stack: PageStack;
  const withStatus = (status: string): string[] =>
    Object.entries(stack.truth.orders).flatMap(([number, order]) => (order.status === status ? [number] : []));

  before(async () => {
    stack = await openPageStack({ withExamples: false });
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  it('takes the six reports dropped at once, shows them going and adds up what became of their rows', async () => {
    const { page, faults } = await stack.signedIn('/upload');
    await chooseFiles(page, stack.reports);
    await page.getByRole('button', { name: 'Загрузить 6 файлов' }).click();
    await page.waitForURL('**/sessions/*');
    await page.getByText('Посмотреть, что не сходится').waitFor({ timeout: 60_000 });
    assert.equal(await page.locator('article').count(), 6);
    const figures = (await page.locator('dl.sum').first().locator('dd').allInnerTexts()).map((text) =>
      Number(text.replace(/\D/g, '')),
    );
    const [read = 0, ...parts] = figures;
    assert.ok(read > 5_000);
    assert.equal(
      parts.reduce((sum, part) => sum + part, 0),
      read,
    );
    assert.match(
      await page.locator('article').filter({ hasText: 'happy_workers.csv' }).innerText(),
      /Заказы автоматов/,
    );
    // the session is in the address: a reload shows it again, without a new sign-in
    const address = page.url();
    await page.reload();
    await heading(page).filter({ hasText: 'Загрузка от' }).waitFor();
    assert.equal(page.url(), address);
    assert.deepEqual(faults, []);
  });

  describe('with the month of the six reports', () => {
    before(() => stack.haveReports());

    it('says what does not add up, and each number opens the orders behind it', async () => {
      const expected = withStatus('price_mismatch').length;
      const { page, faults } = await stack.signedIn('/');
      const line = page.locator('a.line').filter({ hasText: 'Разная цена' });
      await line.waitFor();
      assert.equal(Number(await line.locator('b').innerText()), expected);
      await line.click();
      await page.waitForURL('**/orders?status=price_mismatch');
      await page
        .locator('.totals strong')
        .filter({ hasText: new RegExp(`^${expected}\\s`) })
        .waitFor();
      // the sum comes on its own, rows may follow it
      await eventually(async () => assert.equal(await page.locator('[role=row] .open').count(), expected));
      assert.deepEqual(faults, []);
    });

    it('finds an order by its number, shows its records side by side and its history, and reads its raw row again', async () => {
      const [number = ''] = withStatus('price_mismatch');
      const { page, faults } = await stack.signedIn('/orders');
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

    it('searches by amount and says so, sorts by a press on a column, steps from order to order and comes back to the same row', async () => {
      const { page, faults } = await stack.signedIn('/orders?status=price_mismatch');
      const rows = page.locator('[role=row] .open');
      await rows.first().waitFor();
      await page.getByRole('button', { name: 'Разница' }).click();
      await page.waitForURL('**sort=-difference**');
      await page.locator('[aria-sort=descending]').filter({ hasText: 'Разница' }).waitFor();
      await page
        .locator('.why')
        .filter({ hasText: /В автомате .* VendHub/ })
        .first()
        .waitFor();
      await eventually(async () => {
        const shown = (await page.locator('.difference').allInnerTexts()).map((text) =>
          Number(text.replace('−', '-').replace(/[^\d-]/g, '')),
        );
        assert.ok(shown.length > 3);
        assert.deepEqual(
          shown,
          shown.toSorted((a, b) => b - a),
        );
      });
      const titles = await Promise.all([0, 1, 2].map((at) => rows.nth(at).getAttribute('title')));
      await rows.first().click();
      for (const at of [1, 2]) {
        await page.getByRole('button', { name: 'Следующий' }).click();
        await heading(page)
          .filter({ hasText: titles[at] ?? 'no such row' })
          .waitFor();
      }
      await page.getByRole('button', { name: 'К списку заказов' }).click();
      await page.waitForURL('**sort=-difference**');
      await eventually(async () =>
        assert.equal(await page.evaluate('document.activeElement?.getAttribute("title")'), titles[2]),
      );
      const amount = (await page.locator('.line .price').first().innerText()).replace(/[^\d\s]/g, '').trim();
      await page.getByRole('searchbox').fill(amount);
      await page.locator('.found').filter({ hasText: 'сумма' }).first().waitFor();
      await page.getByRole('button', { name: 'Автомат', exact: true }).first().click();
      await page.locator('.menu .option').filter({ hasText: '·' }).first().waitFor();
      assert.deepEqual(faults, []);
    });

    it('keeps the period from page to page, and offers the usual ones by name', async () => {
      const { page, faults } = await stack.signedIn('/?from=2025-06-02&to=2025-06-08');
      await page.getByRole('link', { name: 'Заказы', exact: true }).first().click();
      await page.waitForURL('**/orders?from=2025-06-02&to=2025-06-08');
      await page.getByRole('link', { name: 'Выручка', exact: true }).first().click();
      await page.waitForURL('**/summary?from=2025-06-02&to=2025-06-08');
      await page.locator('.trigger').filter({ hasText: '02.06.2025' }).click();
      await page.getByRole('button', { name: 'Прошлый месяц' }).click();
      await page.waitForURL(/summary\?from=\d{4}-\d{2}-01&to=/);
      assert.deepEqual(faults, []);
    });

    it('settles an order with a reason and a note, and takes that back', async () => {
      const { page, faults } = await stack.signedIn('/orders?status=fiscal_mismatch');
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
      const [header = '', ...rows] = (await readFile(`${EXAMPLES}happy_workers.csv`, 'utf8')).split('\n').slice(0, 5);
      const bad = [
        header,
        ...rows.map((row, at) => (at === 1 ? row.replaceAll('2025-06-01', '2025-06-31') : row)),
      ].join('\n');
      const { page, faults } = await stack.signedIn('/upload');
      await chooseFiles(page, [
        { name: 'плохие строки.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) },
        { name: 'чужая таблица.csv', mimeType: 'text/csv', buffer: Buffer.from('Имя;Город;Сумма\nа;б;5\nв;г;6\n') },
      ]);
      await page.getByRole('button', { name: 'Загрузить 2 файла' }).click();
      const rejected = page.locator('article').filter({ hasText: 'плохие строки.csv' });
      await rejected.getByText('Готово, есть отклонённые строки').waitFor({ timeout: 30_000 });
      await rejected.getByText('Почему строки отклонены').click();
      await rejected.getByText('Дату или время не удалось прочитать').first().waitFor();
      await page
        .locator('article')
        .filter({ hasText: 'чужая таблица.csv' })
        .getByRole('link', { name: 'Ответить на вопрос' })
        .waitFor();
      await rejected.getByRole('link', { name: 'Подробнее' }).click();
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Скачать для исправления: csv' }).click();
      const text = await readFile(await (await waiting).path(), 'utf8');
      assert.ok(text.includes('2025-06-31'), 'the row comes back as it was');
      assert.deepEqual(faults, []);
    });

    it('knows a file that was loaded before a byte of it is sent', async () => {
      const { page, faults } = await stack.signedIn('/upload');
      await chooseFiles(page, [stack.reports[0] ?? '']);
      await page.getByText('Этот самый файл уже загружен').waitFor();
      await page.getByText('Отправлять нечего').waitFor();
      assert.deepEqual(faults, []);
    });

    it('takes files dropped anywhere on any page', async () => {
      const { page, faults } = await stack.signedIn('/orders');
      const transfer = await page.evaluateHandle<unknown>(
        `(() => { const data = new DataTransfer(); data.items.add(new File(['a;b'], 'брошен.csv')); return data; })()`,
      );
      await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
      await page.waitForURL('**/upload');
      await page.getByText('брошен.csv').waitFor();
      assert.deepEqual(faults, []);
    });

    it('is led by the keyboard alone', async () => {
      const { page, faults } = await stack.signedIn('/orders?status=fully_matched');
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
      const { page, faults } = await stack.signedIn('/orders');
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
      const expected = withStatus('price_mismatch').length;
      const { page, faults } = await stack.signedIn('/orders?status=price_mismatch');
      await page.getByRole('button', { name: 'Выгрузить' }).click();
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: 'csv', exact: true }).click();
      const lines = (await readFile(await (await waiting).path(), 'utf8')).trim().split('\n');
      assert.equal(lines.length, expected + 1);
      assert.deepEqual(faults, []);
    });

    it('speaks Russian, Uzbek and English, and remembers which', async () => {
      const { page, faults } = await stack.signedIn('/orders?status=hw_only');
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
      const { page, context } = await stack.signedIn('/');
      const other = await stack.open({ context });
      await other.page.goto(`${stack.url}/files`);
      await heading(other.page).filter({ hasText: 'Файлы и загрузки' }).waitFor();
      await page.getByRole('button', { name: 'Выйти' }).click();
      await page.locator('#email').waitFor();
      await other.page.locator('#email').waitFor();
      await page.reload();
      await page.locator('#email').waitFor();
      const stored = await page.evaluate<string>('JSON.stringify({ ...localStorage, ...sessionStorage })');
      assert.doesNotMatch(stored, /eyJ|token/i);
    });

    it('marks what a corrected report changed in the list, and tells what it was by mouse, keyboard and touch', async () => {
      const [number = ''] = withStatus('fully_matched');
      const lines = (await readFile(`${EXAMPLES}happy_workers.csv`, 'utf8')).split('\n');
      const [, before = ''] =
        /^(?:[^,]*,){10}(\d+),/.exec(
          lines.find((line) => line.startsWith(number))?.replace(/"[^"]*(?:""[^"]*)*"/g, '') ?? '',
        ) ?? [];
      const corrected = lines
        .filter((line, at) => at === 0 || line.startsWith(number))
        .map((line) => line.replace(`,${before},`, ',99000,'));
      const { page, faults } = await stack.signedIn('/upload');
      await chooseFiles(page, [
        { name: 'исправлено.csv', mimeType: 'text/csv', buffer: Buffer.from(corrected.join('\n')) },
      ]);
      await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
      await page.locator('article').getByRole('link', { name: 'Показать изменённые заказы' }).click();
      await page.waitForURL('**/orders?file=*');
      const price = page.getByRole('button', { name: '99 000' });
      await price.waitFor();
      assert.equal(await page.locator('[role=row] .open').count(), 1);
      const was = new RegExp(`было ${Number(before).toLocaleString('ru').replace(/\s/g, '\\s')}\\s.*стало 99\\s000`);
      assert.match(await page.locator(`[id="${await price.getAttribute('aria-describedby')}"]`).innerText(), was);
      const sheet = page.locator('[data-reka-popper-content-wrapper]').filter({ hasText: 'Happy Workers' });
      await price.hover();
      await sheet
        .locator('del')
        .filter({ hasText: new RegExp(`^${before.slice(0, -3)}\\s000`) })
        .waitFor();
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'detached' });
      await page.mouse.move(0, 0);
      await price.focus();
      await sheet.waitFor();
      await price.blur();
      await sheet.waitFor({ state: 'detached' });
      await price.dispatchEvent('pointerup', { pointerType: 'touch' });
      await sheet.waitFor();
      assert.deepEqual(faults, []);
    });

    it('looks first where a person wants that: says what would change, and changes it when he applies it', async () => {
      const { page, faults } = await stack.signedIn('/upload', { width: 390 });
      const choose = async (name: string, seed: string): Promise<void> => {
        await page
          .locator('[data-test=file-picker]')
          .setInputFiles([{ name, mimeType: 'text/csv', buffer: Buffer.from(await oneMoreOrder(seed)) }]);
      };
      await choose('вперёд.csv', 'cafe');
      await page.getByRole('checkbox', { name: /Сначала показать/ }).check();
      await page.getByRole('button', { name: 'Посмотреть 1 файл' }).click();
      await page.waitForURL('**/sessions/*');
      await page
        .locator('.file')
        .getByText(/^\d новы. заказа?$/)
        .waitFor({ timeout: 30_000 });
      await page.getByText('Ничего ещё не изменилось').waitFor();
      assert.deepEqual(await overflows(page), []);
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.getByRole('button', { name: 'Применить', exact: true }).click();
      await page.getByText('Вышло так, как было показано.').waitFor({ timeout: 30_000 });
      await page.goto(`${stack.url}/upload`);
      await choose('назад.csv', 'face');
      assert.ok(await page.getByRole('checkbox', { name: /Сначала показать/ }).isChecked(), 'the wish is remembered');
      await page.getByRole('button', { name: 'Посмотреть 1 файл' }).click();
      await page.getByRole('button', { name: 'Не применять' }).click({ timeout: 30_000 });
      await page.locator('.file').getByText('Отменён').waitFor();
      assert.deepEqual(faults, []);
    });

    it('takes an import back: says first what would change, asks why, and then says who undid it, when and why', async () => {
      const client = await stack.client();
      const { body } = await client.upload([{ name: 'лишний.csv', content: await oneMoreOrder('bead') }]);
      await client.waitForSession(body.session.id);
      const { page, faults } = await stack.signedIn(`/sessions/${body.session.id}`, { width: 390 });
      await page.getByRole('button', { name: 'Отменить эту загрузку' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 строка уходит').waitFor();
      await dialog.getByText('1 заказ исчезает').waitFor();
      assert.deepEqual(await overflows(page), []);
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      // looking has changed nothing, and the keyboard is back where it was
      assert.match(await page.evaluate<string>('document.activeElement?.textContent ?? ""'), /Отменить эту загрузку/);
      await page.getByRole('link', { name: 'Подробнее' }).click();
      await page.waitForURL('**/files/*');
      await page.setViewportSize({ width: 1280, height: 860 });
      await page.getByRole('button', { name: 'Отменить эту загрузку' }).press('Enter');
      const submit = dialog.getByRole('button', { name: 'Отменить загрузку', exact: true });
      await dialog.getByRole('textbox', { name: 'Почему отменяете' }).fill('коротко');
      assert.ok(await submit.isDisabled(), 'a reason of seven characters is too short');
      await dialog.getByRole('textbox', { name: 'Почему отменяете' }).fill('Загружен чужой отчёт');
      await submit.click();
      await dialog.getByText('Загрузка отменена', { exact: true }).waitFor({ timeout: 30_000 });
      await dialog.getByText('1 строка ушла').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      const notice = page.locator('.notice').filter({ hasText: 'Эта загрузка отменена' });
      await notice.getByText('Почему: Загружен чужой отчёт').waitFor();
      assert.match(await notice.innerText(), /\S, \d\d\.\d\d\.\d{4}/);
      assert.equal(await page.getByRole('button', { name: 'Отменить эту загрузку' }).count(), 0);
      await page.getByRole('button', { name: 'Загрузить снова' }).waitFor();
      assert.deepEqual(faults, []);
    });
  });
});
