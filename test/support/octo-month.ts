/**
 * Program of fourth-gateway.test.ts, run in a copy of the product that knows one gateway more: loads a month and prints
 * what became of it as JSON.
 */
import { writeSync } from 'node:fs';
import pg from 'pg';
import { gatewayTotalsOf } from '../../shared/analytics/gateway-totals.ts';
import { createDatabase } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { orderDetail } from '../../shared/orders/order-detail.ts';
import { PAYMENT_TYPES } from '../../shared/rules/codes.ts';
import { acceptFile, loadReport } from './load-report.ts';

const MATCHING = { hwVendhubWindowS: 60, fiscalWindowS: 60, gatewayWindowS: 60, amountTolerance: '0.01' };
const [url = '', migration = '', ...reports] = process.argv.slice(2);

const client = new pg.Client({ connectionString: url });
await client.connect();
await client.query(migration);
for (const text of reports) await loadReport(client, MATCHING, await acceptFile(client, 'report.csv'), text);
const { rows: orders } = await client.query<{ id: string; number: string | null }>(
  `select id, order_number as number, proof_source as proof, status, pending, issues, payment_type as type from orders
    order by time`,
);
const db = createDatabase({ url, poolMax: 2, applicationName: 'octo', logger: createSilentLogger() });
const detail = async (number: string) =>
  orderDetail(db, orders.find((one) => one.number === number)?.id ?? '0', MATCHING, 'en');
const [paid, unpaid] = [await detail('day-05'), await detail('unpaid')];
const told = {
  orders: orders.map(({ id: _id, ...order }) => order),
  rules: [paid?.why.rule, unpaid?.why.rule],
  legs: Object.entries(paid?.legs ?? {}).flatMap(([source, leg]) => (leg === null ? [] : [source])),
  demanded: unpaid?.why.coverage.map(({ source }) => source),
  totals: (await gatewayTotalsOf(db, {})).items.filter(({ gateway }) => String(gateway) === 'octo'),
  types: PAYMENT_TYPES,
};
writeSync(1, JSON.stringify(told));
await client.end();
await db.destroy();
