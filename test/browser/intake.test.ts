import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventually } from '../support/eventually.ts';
import { openChat } from '../support/telegram/chat.ts';
import { openBotApi, type BotApiStandIn } from '../support/telegram/stand-in.ts';
import { EXAMPLES, oneMoreOrder, openPageStack, type PageStack } from './page-stack.ts';

const patient = { timeoutMs: 60_000 };

describe('the page and the other ways in', function () {
  this.timeout(180_000);
  let telegram: BotApiStandIn;
  let stack: PageStack;

  before(async () => {
    telegram = await openBotApi();
    const apiEnv = { TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root };
    stack = await openPageStack({ withExamples: false, apiEnv });
  });
  afterEach(() => stack.closePages());
  after(async () => {
    await stack?.close();
    await telegram?.close();
  });

  it('binds a chat, chooses what is told there, says that the person stopped the bot, and shows what came from there', async () => {
    const { page, faults } = await stack.signedIn('/account');
    const box = page.getByRole('region', { name: 'Telegram' });
    await box.getByRole('button').first().click();
    const link = box.getByRole('link');
    await link.waitFor();
    const code = /^https:\/\/t\.me\/vhm24r_test_bot\?start=([\w-]{32})$/.exec(
      (await link.getAttribute('href')) ?? '',
    )?.[1];
    const chat = openChat(telegram, 81_001, { name: 'Дилшод' });
    await chat.say(`/start ${code}`);
    await chat.hears(/привязан к учётной записи/);
    await box.getByText('81001').waitFor();
    await box.getByLabel('Мои файлы обработаны').check();
    // the page shows the choice before the server has it
    await eventually(async () => {
      await chat.say('/notices');
      const choices = await chat.hears(/Уведомления/);
      assert.ok(choices.keyboard.flat().some(({ text }) => text === '✅ Мои файлы обработаны'));
    }, patient);

    await chat.send([{ name: 'from-telegram.csv', content: Buffer.from(await oneMoreOrder('7e1e')) }]);
    await chat.hears(/Обработано файлов: 1/);
    telegram.blocked.add(chat.id);
    await chat.say('/help');
    await eventually(async () => {
      await page.reload();
      await box.getByText('Вы остановили бота').waitFor({ timeout: 3_000 });
    }, patient);
    telegram.blocked.delete(chat.id);
    await chat.say('/start');
    await chat.hears(/Здравствуйте/);
    await page.reload();
    await box.getByText('81001').waitFor();
    assert.equal(await box.getByText('Вы остановили бота').count(), 0);

    await page.goto(`${stack.url}/files`);
    const row = page.getByRole('row').filter({ hasText: 'from-telegram.csv' });
    await row.waitFor();
    assert.match(await row.innerText(), /Telegram/);
    assert.deepEqual(faults, []);
  });

  it('says on the first page which export to fetch and from where, and marks its days in the calendar', async () => {
    const client = await stack.client();
    const lines = (await readFile(`${EXAMPLES}click.csv`, 'utf8')).split(/(?<=\n)/);
    const dayOf = (line: string): string => /^\d{4}-\d\d-\d\d/.exec(line)?.[0] ?? '';
    for (const [name, isWanted] of [
      ['click-1.csv', (day: string) => day < '2025-06-10'],
      ['click-2.csv', (day: string) => day === '' || day > '2025-06-16'],
    ] as const) {
      const content = lines.filter((line) => isWanted(dayOf(line))).join('');
      const sent = await client.upload([{ name, content }]);
      await client.waitForSession(sent.body.session.id);
    }
    const { page, faults } = await stack.signedIn('/');
    await page.getByText('Отчёты, которых не хватает').waitFor();
    const sentence = 'Click, 10.06.2025–16.06.2025: выгрузите реестр платежей в кабинете продавца Click';
    await page.getByRole('listitem').filter({ hasText: sentence }).waitFor();
    // each missing day of the calendar says the same, and leads to the upload
    await eventually(async () => assert.equal(await page.getByRole('link', { name: sentence }).count(), 7), patient);
    await page.getByRole('link', { name: sentence }).first().click();
    await page.waitForURL('**/upload*');
    assert.deepEqual(faults, []);
  });
});
