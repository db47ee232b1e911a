import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { ensureBuilt } from '../scripts/build.ts';
import { compareToLimit, seconds, tell, type Bench } from './bench.ts';
import { makeOrders } from './page-world.ts';
import { BENCH_ADMIN, openProduct } from './product.ts';
import { openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;
const FIRST_SCREEN_LIMIT_S = 1;
const FILTER_LIMIT_MS = 500;
const LONG_TASK_LIMIT_MS = 100;
const SCRIPT_LIMIT_KB = 250;
const FIRST_SCREENS = 7;
const SCROLLS = 80;
/** Chromium in a container, and without the traffic of its own. */
const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Every one is asked for once, so that none comes from the page's own memory. */
const FILTERS = [
  ...[
    'price_mismatch',
    'hw_only',
    'vendhub_only',
    'fiscal_mismatch',
    'gateway_mismatch',
    'time_out_of_range',
    'fully_matched',
  ].map((status) => `status=${status}`),
  ...['cash', 'payme', 'click', 'uzum', 'qr', 'vip'].map((type) => `paymentType=${type}`),
  ...['hw_only', 'delivery_failed_but_paid'].map((code) => `issue=${code}`),
  ...['machine00003', 'machine00017', 'machine00039'].map((code) => `machine=${code}`),
  'from=2025-03-01&to=2025-03-31',
  'from=2025-06-10&to=2025-06-10',
  'amountFrom=44000&amountTo=44000',
  'amountFrom=5000&amountTo=9000',
  'pending=true',
  'settled=true',
  'status=hw_only&paymentType=cash&from=2025-05-01&to=2025-05-31',
  'status=fully_matched&machine=machine00011',
  'source=vendhub&status=vendhub_only',
  'changeType=changed',
  'q=bench',
  'q=00c0ffee',
];

/** The page over a year of a million orders, in a real Chromium. */
export const webBench: Bench = {
  name: 'web',
  about: 'the page over a million orders in Chromium: first screen, filter to painted rows, scrolling, script',
  async run(context) {
    ensureBuilt({ onStart: (part) => context.say(`building ${part}`) });
    const orderCount = Math.round(ORDERS * context.scale);
    const server = await openBenchServer(context);
    const product = await openProduct(context, server);
    context.say(`making ${orderCount} orders`);
    await makeOrders(product.databaseUrl, orderCount);
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: BROWSER_ARGS });
    context.onEnd('browser', () => browser.close());
    const user = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await user.addInitScript({ path: fileURLToPath(new URL('in-page.js', import.meta.url)) });
    const { scriptKb, coldMs } = await signIn(user, product.api.url);
    context.say(`first visit, nothing in any cache: ${seconds(coldMs)}`);
    const first: number[] = [];
    for (let time = 0; time < FIRST_SCREENS; time++) first.push(await firstScreen(user, product.api.url));
    const { rows, totals, slowest } = await changeFilters(user, product.api.url);
    const scrolling = await scroll(user, product.api.url);
    return [
      tell('orders', String(orderCount)),
      compareToLimit('first screen of a returning user, middle', middle(first) / 1000, FIRST_SCREEN_LIMIT_S, 's'),
      tell(
        'slowest of them; the very first, nothing in any cache',
        `${seconds(Math.max(...first))}; ${seconds(coldMs)}`,
      ),
      compareToLimit(`filter to painted rows, p95 of ${rows.length}`, percentile(rows, 0.95), FILTER_LIMIT_MS, 'ms'),
      tell(
        'the same, middle and slowest',
        `${middle(rows).toFixed(0)} ms, ${Math.max(...rows).toFixed(0)} ms (${slowest})`,
      ),
      tell(
        'filter to the new totals, middle and slowest',
        `${middle(totals).toFixed(0)} ms, ${Math.max(...totals).toFixed(0)} ms`,
      ),
      compareToLimit('scrolling, longest task', scrolling.longestMs, LONG_TASK_LIMIT_MS, 'ms'),
      tell('rows scrolled past', String(scrolling.rows)),
      compareToLimit('script of the first load, compressed', scriptKb, SCRIPT_LIMIT_KB, 'KB'),
    ];
  },
};

const shown = (page: Page): Promise<number> => page.evaluate<number>('benchPage.shown');

async function signIn(user: BrowserContext, url: string): Promise<{ scriptKb: number; coldMs: number }> {
  const page = await user.newPage();
  await page.goto(url);
  await page.locator('#email').fill(BENCH_ADMIN.email);
  await page.locator('#password').fill(BENCH_ADMIN.password);
  const startedAt = performance.now();
  await page.locator('button[type=submit]').click();
  await shown(page);
  const coldMs = performance.now() - startedAt;
  const bytes = await page.evaluate<number>('benchPage.scriptBytes()');
  await page.close();
  return { scriptKb: bytes / 1000, coldMs };
}

/** A new tab of somebody who was here before: the page in the browser's cache, the sign-in in its cookie. */
async function firstScreen(user: BrowserContext, url: string): Promise<number> {
  const page = await user.newPage();
  await page.goto(url);
  const ms = await shown(page);
  await page.close();
  return ms;
}

async function changeFilters(
  user: BrowserContext,
  url: string,
): Promise<{ rows: number[]; totals: number[]; slowest: string }> {
  const page = await user.newPage();
  await page.goto(`${url}/orders`);
  await page.locator('[role=row] .open').first().waitFor();
  const rows: number[] = [];
  const totals: number[] = [];
  let slowest = '';
  for (const query of FILTERS) {
    const took = await page.evaluate<{ rowsMs: number; totalsMs: number }>(
      `benchPage.changeFilter(${JSON.stringify(query)})`,
    );
    if (took.rowsMs > Math.max(0, ...rows)) slowest = query;
    rows.push(took.rowsMs);
    totals.push(took.totalsMs);
  }
  await page.close();
  return { rows, totals, slowest };
}

async function scroll(user: BrowserContext, url: string): Promise<{ longestMs: number; rows: number }> {
  const page = await user.newPage();
  await page.goto(`${url}/orders`);
  await page.locator('[role=row] .open').first().waitFor();
  await page.mouse.move(700, 500);
  await page.evaluate('benchPage.longestTaskMs = 0');
  for (let turn = 0; turn < SCROLLS; turn++) {
    await page.mouse.wheel(0, 1_500);
    await page.evaluate('benchPage.frame().then(benchPage.frame)');
  }
  const longestMs = await page.evaluate<number>('benchPage.longestTaskMs');
  const rows = await page.evaluate<number>('benchPage.rowsScrolledPast()');
  await page.close();
  return { longestMs, rows };
}

function middle(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
