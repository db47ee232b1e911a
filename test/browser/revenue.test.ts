/** What is counted apart from the revenue, and the way from there to its orders. */
import assert from 'node:assert/strict';
import { openPageStack, type PageStack } from './page-stack.ts';

describe('the page of revenue', function () {
  this.timeout(120_000);
  let stack: PageStack;

  before(async () => {
    stack = await openPageStack({ withExamples: false });
    const client = await stack.client();
    const states = ['Paid', 'Unpaid', 'Unpaid', 'Refunded'];
    const sales = [
      'Order number,Goods name,Order resource,Order type,Order status,Machine Code,Order price,Brew status,Creation time',
      ...states.map(
        (state, at) => `n${at},Latte,Cash payment,Normal order,${state},a7ca181f0000,9000,,2025-08-0${at + 1} 12:00:00`,
      ),
    ].join('\n');
    const { body } = await client.upload([{ name: 'sales.csv', content: sales }]);
    assert.equal((await client.waitForSession(body.session.id)).status, 'completed');
  });
  afterEach(() => stack.closePages());
  after(() => stack?.close());

  it('opens the orders that nobody paid for, and the list can be asked for those alone', async () => {
    const { page, faults } = await stack.signedIn('/summary?from=2025-08-01&to=2025-08-31');
    const unpaid = page.locator('.figure').filter({ hasText: 'не оплачено' });
    assert.match(await unpaid.innerText(), /^18\s000\s.*2\sзаказа$/s);
    const card = (await page.locator('.head').first().boundingBox())?.width ?? 0;
    const wanted = await page.evaluate<number>(`document.querySelector('.head').scrollWidth`);
    assert.ok(wanted <= card, `figures of ${wanted} px in ${card}`);
    await unpaid.getByRole('link').click();
    await page.waitForURL('**/orders?sale=unpaid&from=2025-08-01&to=2025-08-31');
    await page.locator('.totals strong').filter({ hasText: '2 заказа' }).waitFor();
    await page.locator('.chip').filter({ hasText: 'не оплачено' }).waitFor();
    await page
      .locator('.menus .trigger')
      .filter({ hasText: /^Фильтры/ })
      .click();
    await page.getByRole('checkbox', { name: 'возвращено' }).check();
    await page.locator('.totals strong').filter({ hasText: '3 заказа' }).waitFor();
    assert.deepEqual(faults, []);
  });
});
