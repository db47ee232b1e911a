/** What is asked and told in between, in a narrow window too. */
import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { chooseFiles, heading, oneMoreOrder, openPageStack, type PageStack } from './page-stack.ts';
import { overflows } from './open-browser.ts';

const NARROW = { width: 390, height: 840 };
/** A name, an address, a state, a role, two lines of buttons and a note. */
const TALLEST_USER = 300;

describe('what the page asks', function () {
  this.timeout(120_000);
  let stack: PageStack;

  before(async () => {
    stack = await openPageStack({ withExamples: false });
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  it('has people with long names legible on a phone', async () => {
    const client = await stack.client();
    await client.post('/users', {
      email: 'dilnoza.abdurahmonova-hisobchi@vending-operator.example.test',
      firstName: 'Дилноза',
      lastName: 'Абдурахмонова-Каримбердиева',
      role: 'finance',
    });
    for (const language of ['ru', 'uz', 'en'] as const) {
      const { page } = await stack.signedIn('/users', { ...NARROW, language });
      const person = page.locator('.user').filter({ hasText: 'Дилноза' });
      await person.waitFor();
      const height = (await person.boundingBox())?.height ?? Infinity;
      assert.ok(height <= TALLEST_USER, `${language}: ${height} px for one person`);
      assert.deepEqual(await overflows(page), []);
    }
  });

  it('has the keyboard go into a form that opens within the page, and back to what opened it', async () => {
    const { page } = await stack.signedIn('/users');
    const add = page.getByRole('button', { name: 'Добавить человека' });
    await add.press('Enter');
    await page.keyboard.type('novaya@example.test');
    assert.equal(await page.getByLabel('Эл. почта').inputValue(), 'novaya@example.test');
    await page.getByRole('button', { name: 'Отмена' }).press('Enter');
    await page.waitForFunction(`document.activeElement.textContent.trim() === 'Добавить человека'`);
    await page.getByRole('button', { name: 'Имя…' }).first().press('Enter');
    await page.waitForFunction(`document.activeElement.getAttribute('aria-label') === 'Имя'`);
    await page.getByRole('button', { name: 'Отмена' }).press('Enter');
    await page.waitForFunction(`document.activeElement.textContent.trim() === 'Имя…'`);
  });

  it('says whose a link to choose a password is, and of one that has ended before somebody thinks of one', async () => {
    const client = await stack.client();
    const { body } = await client.post<{ invitation: { url: string } }>('/users', {
      email: 'taklif@example.test',
      role: 'viewer',
    });
    const { page } = await stack.open();
    const link = `${stack.url}/invitation${new URL(body.invitation.url).hash}`;
    await page.goto(link);
    await page.waitForFunction(`document.querySelector('#email')?.value === 'taklif@example.test'`);
    await page.goto(`${stack.url}/`);
    await page.goto(`${link.slice(0, -3)}xyz`);
    await page.getByRole('alert').filter({ hasText: 'Ссылка уже использована' }).waitFor();
    assert.equal(await page.locator('#new-password').count(), 0);
  });

  it('says of a link to what is not there any more that it is gone, and offers the way on instead of another try', async () => {
    const { page } = await stack.signedIn('/sessions/00000000-0000-4000-8000-000000000000');
    const notice = page.getByRole('alert').filter({ hasText: 'Не найдено' });
    await notice.waitFor();
    assert.equal(await page.getByRole('button', { name: 'Повторить' }).count(), 0);
    await notice.getByRole('link', { name: 'К началу' }).click();
    await page.waitForURL(/\/$/);
  });

  it('shows beside each other what known records are and what the file would make of them', async () => {
    const sales = (month: string): string =>
      [
        'ID;Order number;Goods ID;Time;Goods name;Order price;ИКПУ;Order resource;Payment type;Machine Code',
        ...Array.from({ length: 30 }, (_, n) =>
          [n + 1, `ud${month}${n}`, 380, `2025-${month}-10 10:${n + 10}:40`, 'Latte', 15000].join(';'),
        ).map((row) => `${row};02202004001000000;cash;Наличные;c81d181f0000`),
      ].join('\n');
    const client = await stack.client();
    const june = await client.upload([{ name: 'june.csv', content: sales('06') }]);
    await client.waitForSession(june.body.session.id);
    const { body } = await client.upload([{ name: 'july.csv', content: sales('07') }]);
    await client.waitForSession(body.session.id);
    for (const options of [{}, NARROW]) {
      const { page } = await stack.signedIn(`/files/${body.session.files[0]?.id}`, options);
      await heading(page).waitFor();
      const rows = page.locator('.samples tbody tr');
      await rows.first().waitFor();
      assert.equal(await rows.count(), 3);
      assert.deepEqual(
        (await rows.first().locator('td').allInnerTexts()).map((text) => text.split('\n')),
        [['1'], ['ud060', '10.06.2025 10:10'], ['ud070', '10.07.2025 10:10']],
      );
      assert.equal(await page.locator('.answers button').count(), 3);
      const [table, box] = [page.locator('.samples'), page.locator('.question .scroll-x')];
      assert.ok(
        ((await table.boundingBox())?.width ?? 0) <= ((await box.boundingBox())?.width ?? 0),
        'a column is cut off',
      );
      assert.deepEqual(await overflows(page), []);
    }
    const { page } = await stack.signedIn(`/sessions/${body.session.id}`);
    await page.locator('.notice').filter({ hasText: 'Файл ждёт вашего ответа' }).waitFor();
    await page.goto(`${stack.url}/upload`);
    // an upload with a question is not done
    await page.locator('.line').filter({ hasText: 'Нужен ваш ответ' }).first().waitFor();
  });

  it('copies also over plain http, where a page has no clipboard', async () => {
    const client = await stack.client();
    const { body } = await client.upload([{ name: 'one.csv', content: await oneMoreOrder('c0c0') }]);
    await client.waitForSession(body.session.id);
    const { page } = await stack.open();
    await page.addInitScript(`
      Object.defineProperty(window, 'isSecureContext', { value: false });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });`);
    await stack.signIn(page, '/orders');
    await page.getByRole('searchbox').fill('ff0000c0c0');
    await page.locator('.totals strong').filter({ hasText: /^1\s/ }).waitFor();
    await page.locator('.open').first().click();
    await page.getByRole('button', { name: 'Скопировать номер' }).click();
    await page.getByRole('button', { name: 'Скопировано' }).waitFor();
    await page.goBack();
    const field = page.getByRole('searchbox').first();
    await field.fill('');
    await page.keyboard.press('Control+V');
    assert.match(await field.inputValue(), /^ff0000c0c0/);
  });

  it('shows no link any more to who has just blocked its person', async () => {
    const client = await stack.client();
    await client.post('/users', { email: 'malika@example.test', firstName: 'Малика', role: 'finance' });
    const { page } = await stack.signedIn('/users');
    const person = page.locator('.user').filter({ hasText: 'Малика' });
    await person.getByRole('button', { name: 'Пригласить' }).click();
    const link = page.locator('.notice').filter({ hasText: 'Ссылка для входа: Малика' });
    await link.waitFor();
    await person.getByRole('button', { name: 'Заблокировать' }).click();
    await page.locator('.dialog').getByRole('button', { name: 'Заблокировать' }).click();
    await person.getByText('заблокирован').waitFor();
    assert.equal(await link.count(), 0);
    await person.getByRole('button', { name: 'Разблокировать' }).click();
    await person.getByText('одобрен').waitFor();
  });

  it('lets a file that is no report go instead of asking about it for ever', async () => {
    const { page, faults } = await stack.signedIn('/upload');
    await chooseFiles(page, { name: 'памятка.txt', mimeType: 'text/plain', buffer: Buffer.from('купить молоко\n') });
    await page.getByRole('button', { name: 'Загрузить 1 файл' }).click();
    await page.waitForURL('**/sessions/*');
    await page.getByRole('link', { name: 'Ответить на вопрос' }).click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Отменить файл' }).click();
    await page.getByText('Файл отменён: из него ничего не загружено').waitFor();
    await page.getByRole('link', { name: 'Вся загрузка' }).click();
    await heading(page).filter({ hasText: 'Загрузка от' }).waitFor();
    // what was known of it before is shown until it has been read again
    await eventually(async () => assert.equal(await page.getByText('Нужен ваш ответ').count(), 0));
    assert.deepEqual(faults, []);
  });

  it('says of a file that was only looked at and thrown away that nothing came of it', async () => {
    const client = await stack.client();
    const { body } = await client.upload([{ name: 'look.csv', content: await oneMoreOrder('cccc') }], {
      preview: true,
    });
    await client.waitForSession(body.session.id);
    const { page, faults } = await stack.signedIn(`/sessions/${body.session.id}`);
    await page.getByText('1 новый заказ').waitFor();
    await page.getByRole('button', { name: 'Не применять' }).click();
    await page.locator('article').getByText('Отменён').waitFor();
    await page.locator('dl.sum').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('link', { name: 'Посмотреть, что не сходится' }).count(), 0);
    await page.getByRole('link', { name: 'Подробнее' }).click();
    await page.getByText('Файл отменён: из него ничего не загружено').waitFor();
    assert.equal(await page.getByText('1 новый заказ').count(), 0);
    assert.deepEqual(faults, []);
  });
});
