import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { listAudit } from '../../shared/audit/list-audit.ts';
import { areRevokedInDatabase, readChanges } from '../../shared/auth/blacklist/revocations.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { claimingFile, FILES, type ClaimedFile } from '../../shared/ingest/claimed-file.ts';
import { findDuplicated } from '../../shared/ingest/process-file.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { listChanges } from '../../shared/orders/changes.ts';
import { findOrder } from '../../shared/orders/find-order.ts';
import { listOrders } from '../../shared/orders/list-orders.ts';
import { machineCounts } from '../../shared/orders/machine-counts.ts';
import { nearProofs } from '../../shared/orders/near-misses.ts';
import { orderTotals } from '../../shared/orders/order-totals.ts';
import { proofMeanings } from '../../shared/orders/search-proofs.ts';
import { listFiles, listRowErrors } from '../../shared/uploads/files-repository.ts';
import { claimRow, findDue } from '../../shared/work/claim.ts';
import { acceptFile, loadReport } from '../support/load-report.ts';
import { DEFAULT_MATCHING } from '../support/load-world.ts';
import { fillDatabase, RARE_MACHINE, RARE_PRICE } from '../support/plans/filled-database.ts';
import { givePlans, watchPlans } from '../support/plans/watch-plans.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** What grows by orders and days. A row of uploaded_files is a report: a year has a few thousand. */
const READ_WHOLE = new RegExp(
  'Seq Scan on (orders|order_statuses|order_changes|happy_workers_orders|fiscal_receipts|gateway_payments|row_errors' +
    '|audit_log|revoked_tokens)\\b',
);
const BY_FILE = /(?:happy_workers_orders|vendhub_sales|fiscal_receipts|gateway_payments)_file_id_idx/;
const PAGE = { sort: '-time', matching: DEFAULT_MATCHING, limit: 50 } as const;

describe('statements that run often', function () {
  this.timeout(60_000);
  const plans = watchPlans();
  let database: TestDatabase;
  let db: Db;
  let client: pg.Client;
  let fileId: string;
  /** as a first reading gives it */
  let sinceXid: string;
  let order: { id: string; order_number: string; time: Date };
  /** what docs/performance.md says: statement -> indexes */
  let promised: Map<string, string[]>;

  before(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    fileId = await fillDatabase(client, database.url);
    const { rows } = await client.query<typeof order>('select id, order_number, time from orders where id = 1000');
    order = rows[0] as typeof order;
    await givePlans(client, database.name);
    await client.end();
    client = new pg.Client({ connectionString: database.url });
    plans.listenTo(client);
    await client.connect();
    db = createDatabase({ url: database.url, poolMax: 4, applicationName: 'test-plans', logger: createSilentLogger() });
    plans.listenToPool(db);
    sinceXid = (await readChanges(db, '0')).nextXid;
    const text = await readFile(new URL('../../docs/performance.md', import.meta.url), 'utf8');
    const table = text.slice(text.indexOf('## Plans')).matchAll(/^\| ([^|]+) \| `[^|]+ \| (`[^|]+`) \|/gm);
    promised = new Map(
      [...table].map(([, name = '', indexes = '']) => [
        name,
        [...indexes.matchAll(/`(\w+)`/g)].map(([, one = '']) => one),
      ]),
    );
  });
  after(async () => {
    await db?.destroy();
    await client?.end();
    await database?.drop();
  });

  const lastSeen = () => ({ value: null, time: order.time.toISOString(), id: order.id });
  const report = (): string =>
    'Order number,Goods name,Order resource,Order type,Order status,Machine Code,Order price,Brew status,' +
    `Creation time,Paying time\nfresh,Latte,Cash payment,Normal order,Paid,machine00007,15000,Delivered,` +
    `2025-03-01 10:00:00,2025-03-01 10:00:00\n${order.order_number},Latte,Cash payment,Normal order,Paid,` +
    'machine00007,15000,Delivered,2025-03-01 11:00:00,2025-03-01 11:00:00\n';
  const receipts = (): string =>
    'Дата и время;Операция;Номер чека;Кассир;Торговый пункт;Фискальный модуль;Наличные;Карта;Сумма операции\n' +
    '2025-03-01 10:00:20;Продажа;1;К;Сервер;LG000000000001;15000;0;15000\n';
  const load = async (text: string) =>
    loadReport(client, DEFAULT_MATCHING, await acceptFile(client, 'small.csv'), text, 'replace');

  const statements: Record<string, () => Promise<unknown>> = {
    'the next page of orders': () => listOrders(db, {}, { ...PAGE, after: lastSeen() }),
    'a page of one status': () => listOrders(db, { status: ['hw_only'] }, PAGE),
    'a page of what is pending': () => listOrders(db, { pending: true }, PAGE),
    'a page of one machine': () => listOrders(db, { machine: 'machine00007' }, PAGE),
    'a page of a machine that sold little, by status': () =>
      listOrders(db, { machine: RARE_MACHINE, status: ['fully_matched'] }, { ...PAGE, sort: 'status' }),
    'a page of several machines': () => listOrders(db, { machine: `${RARE_MACHINE},machine00007` }, PAGE),
    'a page of a price that is rare': () => listOrders(db, { amountFrom: RARE_PRICE, amountTo: RARE_PRICE }, PAGE),
    'a page of what several reports tell of': () =>
      listOrders(db, { source: ['fiscal_bills', 'payme', 'click'] }, PAGE),
    'a page of what was changed in any way': () =>
      listOrders(db, { changeType: ['updated', 'filled', 'changed'] }, PAGE),
    'totals of one report': () => orderTotals(db, { source: ['payme'] }, DEFAULT_MATCHING),
    'totals of a machine': () => orderTotals(db, { machine: 'machine00007' }, DEFAULT_MATCHING),
    'totals of what is not pending': () => orderTotals(db, { pending: false }, DEFAULT_MATCHING),
    'machines to choose from': () => machineCounts(db, {}, DEFAULT_MATCHING),
    'a page of an issue': () => listOrders(db, { issue: ['delivery_failed_but_paid'] }, PAGE),
    'a page of what is unpaid or refunded': () => listOrders(db, { sale: ['unpaid'] }, PAGE),
    'an order by its number': () => listOrders(db, { q: order.order_number }, PAGE),
    'a payment by the end of its card': () => proofMeanings(db, '1234'),
    'the history of an order': () => listChanges(db, order.id, { limit: 50 }),
    'proofs near an order': async () => {
      const facts = await findOrder(db, order.id);
      assert.ok(facts);
      await nearProofs(db, facts, DEFAULT_MATCHING);
    },
    'the next page of files': () => listFiles(db, { beforeSeq: '3000', limit: 50 }),
    'rejected rows of a file': () => listRowErrors(db, fileId, { limit: 50 }),
    'the audit log, newest first': () => listAudit(db, { limit: 50 }),
    'files that nobody has': () => findDue(db, 'uploaded_files', 100, true),
    'a claim': () =>
      claimRow({ outbox: FILES, claiming: claimingFile }, db, randomUUID(), {
        mode: 'queue',
        instanceId: 'test',
        leaseMs: 1_000,
        signal: new AbortController().signal,
      }),
    'the same bytes': () => findDuplicated(db, { id: fileId } as ClaimedFile),
    'what was revoked since': () => readChanges(db, sinceXid),
    'whether a token is revoked': () => areRevokedInDatabase(db, [{ jtis: ['j1'], userId: '1', version: 1 }]),
  };
  /** Of so few rows some tables are sooner read than looked up, whatever the index: only what must not be is asked. */
  const imports: Record<string, () => Promise<unknown>> = {
    'a small report into a full database': () => load(report()),
    'receipts into a full database': () => load(receipts()),
  };

  it('are those that docs/performance.md names', () => {
    assert.deepEqual([...Object.keys(statements), ...Object.keys(imports)], [...promised.keys()]);
  });

  async function scansOf(name: string, work: () => Promise<unknown>): Promise<string[]> {
    const scans = (await plans.of(work)).split('\n').filter((line) => / Scan /.test(line));
    assert.ok(scans.length > 0, 'no plan was given');
    for (const index of promised.get(name) ?? [])
      assert.ok(
        scans.some((scan) => scan.includes(index)),
        `not by ${index}:\n${scans.join('\n')}`,
      );
    return scans;
  }

  for (const [name, work] of Object.entries(statements)) {
    it(`${name}: by the index that docs/performance.md names, and nothing large is read whole`, async () => {
      const scans = await scansOf(name, work);
      assert.deepEqual(
        scans.filter((scan) => READ_WHOLE.test(scan)),
        [],
      );
    });
  }

  for (const [name, work] of Object.entries(imports))
    it(`${name}: by the indexes that docs/performance.md names, and not by what came with it`, async () => {
      // which of years of records came with a file no index tells but roughly
      const scans = await scansOf(name, work);
      assert.deepEqual(
        scans.filter((scan) => BY_FILE.test(scan)),
        [],
      );
    });
});
