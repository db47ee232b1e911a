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
