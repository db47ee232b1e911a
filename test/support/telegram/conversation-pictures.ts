/**
 * `npm run screenshots:bot`: photographs conversations with the bot, in each language, into
 * docs/screens/telegram-<language>.png. Every line is what the bot sent to the stand-in of the Bot API.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { planInventedSales } from '../../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../../../scripts/make-month/write-month.ts';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { LANGS, type Lang } from '../../../shared/texts/languages.ts';
import { telegramTexts } from '../../../shared/texts/tables.ts';
import { eventually } from '../eventually.ts';
import { openTestApi } from '../in-process-api.ts';
import { closeSharedServer, createTestDatabase } from '../postgres.ts';
import { type Chat, openChat } from './chat.ts';
import { openBotApi, type BotApiStandIn, type SentMessage } from './stand-in.ts';

const folder = fileURLToPath(new URL('../../../docs/screens', import.meta.url));

type Entry = { said: string } | { pressed: string } | { sent: SentMessage };

interface Talk {
  title: string;
  entries: Entry[];
}

/** A chat whose lines are kept in their order. */
function talkOf(telegram: BotApiStandIn, chat: Chat, title: string) {
  const talk: Talk = { title, entries: [] };
  let seen = 0;
  /** What came since; a message that is edited later is shown as it reads in the end. */
  async function answers(pattern: RegExp): Promise<void> {
    await chat.hears(pattern);
    const all = telegram.messagesOf(chat.id);
    for (const sent of all.slice(seen)) talk.entries.push({ sent });
    seen = all.length;
  }
  return {
    talk,
    answers,
    async says(text: string, pattern: RegExp): Promise<void> {
      talk.entries.push({ said: text });
      await chat.say(text);
      await answers(pattern);
    },
    async sends(files: { name: string; content: Uint8Array }[], pattern: RegExp): Promise<void> {
      talk.entries.push({ said: files.map(({ name }) => `📎 ${name}`).join('\n') });
      await chat.send(files);
      await answers(pattern);
    },
    async presses(words: string): Promise<void> {
      talk.entries.push({ pressed: words });
      await chat.press(words);
    },
  };
}

/** The beginning of a sentence of the bot, up to its first figure. */
const begins = (code: keyof typeof telegramTexts, lang: Lang): RegExp => {
  const text = telegramTexts[code][lang].replace(/<[^>]*>/g, '').split(/[{\n]/)[0] ?? '';
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
};

const NAMES = { ru: ['Дилшод', 'Азамат'], en: ['Dilshod', 'Azamat'], uz: ['Dilshod', 'Azamat'] } as const;

async function converse(lang: Lang): Promise<Talk[]> {
  const [database, telegram] = await Promise.all([createTestDatabase(), openBotApi()]);
  const month = await mkdtemp(join(tmpdir(), 'vhm24r-talk-'));
  const api = await openTestApi({
    DATABASE_URL: database.url,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_ADMIN_IDS: '1001',
    PUBLIC_URL: 'https://vhm24r.example.uz',
  });
  try {
    telegram.deliverTo = [api.url];
    await eventually(() => {
      if (telegram.webhook === null) throw new Error('no webhook yet');
    });
    await writeMonth({
      outFolder: month,
      plan: planInventedSales({ seed: 5, from: parseWallTime('2025-06-01'), days: 10, count: 160 }),
      seed: 5,
      machineCount: 2,
      anomalyShare: 0.1,
      formats: ['csv'],
    });
    const file = async (name: string) => ({ name, content: await readFile(join(month, name)) });
    const [personName, adminName] = NAMES[lang];
    const person = talkOf(telegram, openChat(telegram, 2001, { name: personName, lang }), personName);
    const admin = talkOf(telegram, openChat(telegram, 1001, { name: adminName, lang }), adminName);
    await admin.says(`/lang ${lang}`, begins('lang_is', lang));
    await person.says('/start', begins('hello_stranger', lang));
    await person.presses(telegramTexts.apply[lang]);
    await person.answers(begins('applied', lang));
    await admin.answers(begins('applicant', lang));
    const approve = telegramTexts.approve_as[lang].replace('{role}', telegramTexts.role_operator[lang]);
    await admin.presses(approve);
    await person.answers(begins('you_are_approved', lang));
    await person.sends([await file('happy_workers.csv'), await file('vendhub.csv')], begins('attention', lang));
    const shared = 'transaction_id,transaction_time,amount,masked_pan,merchant_id,commission,status,username';
    const row = 't-1,2025-06-02 12:00:00,15000,8600 12** **** 1234,1,150,success,x';
    await person.sends([{ name: 'register.csv', content: Buffer.from(`${shared}\n${row}\n`) }], /❓/);
    await person.presses('Payme');
    await person.answers(new RegExp(`register.*— Payme[\\s\\S]*${begins('attention', lang).source}`));
    await person.sends([await file('vendhub.csv')], begins('file_duplicate', lang));
    await person.says('/find 15000 12:00 02.06.2025', begins('find_some', lang));
    await admin.says('/users', begins('users', lang));
    await admin.says('/help', begins('help', lang));
    return [person.talk, admin.talk];
  } finally {
    await api.close();
    await telegram.close();
    await database.drop();
    await rm(month, { recursive: true, force: true });
  }
}

const plain = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>');

function bubble(entry: Entry): string {
  if ('said' in entry) return `<div class="mine">${plain(entry.said)}</div>`;
  if ('pressed' in entry) return `<div class="press">▸ ${plain(entry.pressed)}</div>`;
  const rows = entry.sent.keyboard.map(
    (row) =>
      '<div class="row">' +
      `${row.map(({ text, url }) => `<span>${plain(text)}${url === undefined ? '' : ' ↗'}</span>`).join('')}` +
      '</div>',
  );
  return `<div class="bot">${entry.sent.text.replaceAll('\n', '<br>')}</div>${rows.join('')}`;
}

const pageOf = (talks: readonly Talk[]): string => `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 24px; display: flex; gap: 24px; align-items: flex-start; background: #dfe7dc;
  font: 15px/1.4 system-ui, 'DejaVu Sans', sans-serif; color: #111; width: 912px; }
section { width: 444px; display: flex; flex-direction: column; gap: 6px; }
h1 { font-size: 15px; margin: 0 0 6px; text-align: center; color: #4a5a46; }
.bot, .mine { padding: 8px 12px; border-radius: 12px; max-width: 400px; overflow-wrap: anywhere; }
.bot { background: #fff; align-self: flex-start; }
.mine { background: #d8f5c3; align-self: flex-end; }
.press { align-self: flex-end; color: #4a5a46; font-size: 13px; }
.row { display: flex; gap: 4px; width: 400px; }
.row span {
  flex: 1; text-align: center; background: #a9bda2; color: #fff; border-radius: 8px; padding: 6px 4px; font-size: 13px;
}
code { font-family: 'DejaVu Sans Mono', monospace; font-size: 13px; } a { color: #2a6fb0; }
</style>${talks
  .map(({ title, entries }) => `<section><h1>${plain(title)}</h1>${entries.map(bubble).join('')}</section>`)
  .join('')}`;

// a sign of the bot's that no font has would be a box
if (execFileSync('fc-list', [':charset=1f4e5', 'family'], { encoding: 'utf8' }).trim() === '')
  throw new Error('no font has the signs of the bot: apt-get install fonts-noto-color-emoji');

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const lang of LANGS) {
    const page = await browser.newPage({ viewport: { width: 960, height: 800 } });
    await page.setContent(pageOf(await converse(lang)));
    await page.screenshot({ path: join(folder, `telegram-${lang}.png`), fullPage: true });
    await page.close();
    console.log(`docs/screens/telegram-${lang}.png`);
  }
} finally {
  await browser.close();
  await closeSharedServer();
}
