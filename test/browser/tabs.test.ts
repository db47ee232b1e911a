import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import { openPageStack, type PageStack } from './page-stack.ts';

describe('several tabs, and the end of a sign-in', function () {
  this.timeout(180_000);
  let stack: PageStack;

  before(async () => {
    stack = await openPageStack({ withExamples: true });
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  it('shows in every tab what was decided in one of them', async () => {
    const client = await stack.client();
    const { body } = await client.get<{ items: { id: string }[] }>('/orders?status=price_mismatch&limit=1');
    const path = `/orders/${body.items[0]?.id}`;
    const looking = await stack.signedIn(path);
    await looking.page.getByText('Почему такой статус').waitFor();
    const deciding = await stack.open({ context: looking.context });
    await deciding.page.goto(stack.url + path);
    await deciding.page.getByLabel('Причина').selectOption('valid');
    await deciding.page.getByLabel('Пояснение').fill('Цена в автомате верная');
    await deciding.page.getByRole('button', { name: 'Записать решение' }).click();
    for (const { page } of [deciding, looking])
      await page.getByRole('button', { name: 'Отменить решение' }).waitFor({ timeout: 30_000 });
    assert.deepEqual([...looking.faults, ...deciding.faults], []);
  });

  it('does nothing in the name of one person for another who signed in beside him in the same browser', async () => {
    const client = await stack.client();
    const { body } = await client.post<{ invitation: { url: string } }>('/users', {
      email: 'olma@example.uz',
      role: 'operator',
    });
    const first = await stack.signedIn('/users');
    const second = await stack.open({ context: first.context });
    await second.page.goto(body.invitation.url);
    await second.page.locator('#new-password').fill('olma-garden-river-77');
    await second.page.getByRole('button', { name: 'Сохранить и войти' }).click();
    await second.page.getByRole('link', { name: 'olma@example.uz' }).waitFor();
    await first.page.getByText('вошёл другой человек').waitFor({ timeout: 30_000 });
    assert.equal(new URL(first.page.url()).pathname, '/sign-in');
    // she stays signed in, also after a reload
    await second.page.reload();
    await second.page.getByRole('link', { name: 'olma@example.uz' }).waitFor();
    assert.deepEqual([...first.faults, ...second.faults], []);
  });

  it('ends a sign-in that the server did not hear of as soon as it can be told, and says so until then', async () => {
    const { page, context, faults } = await stack.signedIn('/files');
    await page.route('**/api/v1/auth/logout', (route) => route.abort());
    await page.getByRole('button', { name: 'Выйти' }).click();
    await page.getByText('Выход ещё не подтверждён').waitFor();
    await page.reload();
    await page.getByText('Выход ещё не подтверждён').waitFor();
    await page.unroute('**/api/v1/auth/logout');
    await page.getByText('Выход ещё не подтверждён').waitFor({ state: 'detached', timeout: 30_000 });
    await eventually(async () => assert.deepEqual(await context.cookies(), []));
    assert.deepEqual(faults, []);
  });
});
