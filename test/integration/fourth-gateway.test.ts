/**
 * A fourth gateway is a file of its own, a line in the list of sources, a migration and a text: in a copy of the
 * product that got these and nothing else its payments are recognised, matched, judged, explained and added up like
 * those of the others.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const MACHINE = 'a7ca181f0000';
const HW =
  'Order number,Goods name,Order resource,Order type,Order status,Machine Code,Order price,Brew status,Creation time,Paying time,Delivery time';
const VH = 'ID,Order number,Goods ID,Time,Goods name,Order price,ИКПУ,Order resource,Payment type,Machine Code';
const DAYS = Array.from({ length: 28 }, (_, day) => String(day + 1).padStart(2, '0'));

/** A month: each day one order paid through it, first and last a cash order; what is wrong stands below. */
function reports(): string[] {
  const hw: string[] = [];
  const vh: string[] = [];
  const octo: string[] = [];
  const sale = (number: string, [kind, type]: [string, string], price: number, at: string): void => {
    hw.push(
      [
        number,
        'Latte',
        kind,
        'Normal order',
        'Paid',
        MACHINE,
        price,
        'Delivered',
        `${at}:00`,
        `${at}:00`,
        `${at}:40`,
      ].join(),
    );
    vh.push([vh.length + 1, number, 380, `${at}:40`, 'Latte', price, '02202004001000000', 'x', type, MACHINE].join());
  };
  const paid = (price: number, at: string, state = 'SUCCESS'): void =>
    void octo.push([`p-${octo.length}`, `${at}:10`, price, state].join());
  const QR: [string, string] = ['Custom payment', 'Окто'];
  sale('first', ['Cash payment', 'Наличные'], 5_000, '2025-06-01 00:10');
  for (const day of DAYS) {
    sale(`day-${day}`, QR, 15_000, `2025-06-${day} 12:00`);
    paid(15_000, `2025-06-${day} 12:00`);
  }
  sale('unpaid', QR, 16_000, '2025-06-10 13:00');
  sale('other', ['Custom payment', 'Payme'], 18_000, '2025-06-10 15:00');
  paid(18_000, '2025-06-10 15:00');
  paid(17_000, '2025-06-10 14:00');
  paid(19_000, '2025-06-10 14:30', 'CANCELLED');
  paid(1_000, '2025-06-01 00:00');
  paid(1_000, '2025-06-30 23:50');
  sale('last', ['Cash payment', 'Наличные'], 5_000, '2025-06-30 23:40');
  return [
    [HW, ...hw],
    [VH, ...vh],
    ['Octo payment,Octo time,Octo sum,Octo state', ...octo],
  ].map((lines) => lines.join('\n'));
}

interface Told {
  orders: {
    number: string | null;
    proof: string | null;
    status: string;
    pending: boolean;
    issues: string[];
    type: string;
  }[];
  rules: string[];
  legs: string[];
  demanded: string[];
  totals: { month: string; orders: { count: number }; payments: { count: number }; level: string }[];
  types: string[];
}

describe('a fourth gateway', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let copy: string;

  before(async () => {
    database = await createTestDatabase();
    copy = await mkdtemp(join(tmpdir(), 'vhm24r-octo-'));
    for (const part of [
      'shared',
      'migrations',
      'test/support/load-report.ts',
      'test/support/octo-month.ts',
      'package.json',
      'tsconfig.json',
    ])
      await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    await cp(join(root, 'test/fixtures/octo/octo.ts.txt'), join(copy, 'shared/ingest/sources/octo.ts'));
    const list = join(copy, 'shared/ingest/sources/index.ts');
    const lines = (await readFile(list, 'utf8')).replace('const gateways = { ', 'const gateways = { octo, ');
    await writeFile(list, `import { octo } from './octo.ts';\n${lines}`);
  });
  after(async () => {
    await rm(copy, { recursive: true, force: true });
    await database.drop();
  });

  async function month(): Promise<Told> {
    const migration = await readFile(join(root, 'test/fixtures/octo/migration.sql'), 'utf8');
    const args = ['--import', 'tsx', 'test/support/octo-month.ts', database.url, migration, ...reports()];
    const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    assert.equal(code, 0, err);
    return JSON.parse(out) as Told;
  }

  it('is one file and one line: its month is matched, judged, explained and added up', async () => {
    const told = await month();
    const of = (number: string) => told.orders.find((order) => order.number === number);
    for (const day of DAYS)
      assert.deepEqual([of(`day-${day}`)?.status, of(`day-${day}`)?.type], ['fully_matched', 'octo'], day);
    assert.deepEqual([of('unpaid')?.status, of('unpaid')?.issues], ['gateway_mismatch', []]);
    assert.deepEqual(
      [of('other')?.status, of('other')?.pending, of('other')?.issues],
      ['matched', true, ['gateway_wrong']],
    );
    assert.deepEqual(
      told.orders.filter(({ proof }) => proof !== null).map(({ proof, status }) => [proof, status]),
      [
        ['octo', 'octo_only'],
        ['octo', 'octo_only'],
        ['octo', 'void'],
        ['octo', 'octo_only'],
      ],
    );
    assert.deepEqual(told.rules, ['13', '15']);
    assert.deepEqual(told.legs.toSorted(), ['happy_workers', 'octo', 'vendhub']);
    assert.deepEqual(told.demanded, ['vendhub', 'octo']);
    assert.deepEqual(
      told.totals.map(({ orders, payments }) => [orders.count, payments.count]),
      [[DAYS.length + 1, DAYS.length + 4]],
    );
    assert.ok(told.types.includes('octo'));
  });
});
