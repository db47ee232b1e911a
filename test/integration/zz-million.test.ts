import pg from 'pg';
import { createTestDatabase } from '../support/postgres.ts';
import { refreshSums } from '../../shared/sums/refresh-sums.ts';
import { createDatabase } from '../../shared/db/client.ts';
import { reconciliationSummary } from '../../shared/orders/summary.ts';
import { ANALYTICS_NAMES, loadAnalytics } from '../../shared/analytics/answers.ts';
import { orderTotals, listOrders } from '../../shared/orders/list-orders.ts';
const M = { hwVendhubWindowS: 60, fiscalWindowS: 60, gatewayWindowS: 60, amountTolerance: '0.01' };
export async function mochaGlobalSetup() {}
describe('million', function () {
  this.timeout(600000);
  it('x', async () => {
    const d = await createTestDatabase();
    const c = new pg.Client({ connectionString: d.url }); await c.connect();
    await c.query("set timezone='Asia/Tashkent'; set jit=off; set work_mem='64MB'");
    const t = async (n: string, f: () => Promise<unknown>) => { const s = performance.now(); const r = await f(); console.log(n, Math.round(performance.now() - s), 'ms', typeof r === 'number' ? r : ''); return r; };
    const ins = (n: number, off: number) => c.query(`insert into orders (id, order_number, machine_code, goods_name, payment_type, price, time, has_hw, has_vh, time_delta_s, price_delta, status)
      select g, 'n'||g, 'm'||(g%100), 'goods'||(g%30), (array['cash','payme','click','qr'])[1+g%4], 10000+(g%7)*1000, timestamptz '2025-01-01 00:00+05' + g * interval '31.5 seconds', true, true, 0, 0,
      (array['fully_matched','matched','hw_only'])[1+(g%40)/19] from generate_series(${off}, ${off + n - 1}) g`);
    await c.query('alter table orders disable trigger user');
    await t('insert 200k without triggers', () => ins(200000, 1));
    await c.query('alter table orders enable trigger user');
    await t('insert 200k with', () => ins(200000, 200001));
    await t('insert 600k', () => ins(600000, 400001));
    await t('update 200k with', () => c.query(`update orders set status='matched' where id <= 200000`));
    await c.query('alter table orders disable trigger user');
    await t('update 200k without', () => c.query(`update orders set status='fully_matched' where id <= 200000`));
    await c.query('alter table orders enable trigger user');
    await c.query('vacuum analyze orders');
    const db = createDatabase({ url: d.url, poolMax: 5, applicationName: 'x', logger: { debug() {}, info() {}, warn() {}, error() {} } as never, statementTimeoutMs: 0 });
    await t('summary while all stale', () => reconciliationSummary(db, { from: null, to: null }, M));
    const round = async () => { await c.query('begin'); const r = await refreshSums(c, M); await c.query('commit'); return r; };
    await c.query('insert into order_sums_stale (day) select distinct time::date from orders');
    while ((await t('round', round)) as number > 0);
    await c.query('vacuum analyze order_sums');
    console.log((await c.query('select count(*), pg_size_pretty(pg_total_relation_size(\'order_sums\')) from order_sums')).rows[0]);
    for (let i = 0; i < 2; i++) {
    await t('summary', () => reconciliationSummary(db, { from: null, to: null }, M));
    await t('summary cut', () => reconciliationSummary(db, { from: new Date('2025-02-02T01:02:00Z'), to: new Date('2025-11-02T11:02:00Z') }, M));
    for (const name of ANALYTICS_NAMES) await t(name, () => loadAnalytics(db, name, { limit: 10, group: 'day' }));
    await t('totals', () => orderTotals(db, {}, M));
    await t('totals q', () => orderTotals(db, { q: 'goods1' }, M));
    await t('totals amount', () => orderTotals(db, { amountFrom: '11000' }, M));
    await t('totals machine', () => orderTotals(db, { machine: 'm5', status: ['matched'] }, M));
    await t('totals source', () => orderTotals(db, { source: ['fiscal_bills'] }, M));
    await t('list source', () => listOrders(db, { source: ['fiscal_bills'] }, { limit: 50 }));
    await t('list q', () => listOrders(db, { q: 'goods1', amountFrom: '99999' }, { limit: 50 }));
    }
    await t('touch 1000 in 1000 rows spread', async () => { await c.query('begin'); await c.query(`update orders set price=price+1 where id % 1000 = 0`); const r = await refreshSums(c, M); await c.query('commit'); return r; });
    await t('touch 1 order', async () => { await c.query('begin'); await c.query(`update orders set price=price+1 where id = 500000`); const r = await refreshSums(c, M); await c.query('commit'); return r; });
    await t('summary with stale', () => reconciliationSummary(db, { from: null, to: null }, M));
    await db.destroy(); await c.end(); await d.drop();
  });
});
