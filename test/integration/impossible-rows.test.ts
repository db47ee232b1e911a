import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { rejectImpossible } from '../../shared/ingest/impossible-values.ts';
import { mergeStaged } from '../../shared/ingest/merge.ts';
import { refuseFailingRows } from '../../shared/ingest/refuse-failing-rows.ts';
import { keptFields, sourceList } from '../../shared/ingest/sources/index.ts';
import type { FieldType, Source } from '../../shared/ingest/sources/source.ts';
import { createStaging, dropStaging, type Staging, stagingOf } from '../../shared/ingest/staging.ts';
import { createWorkTables } from '../../shared/reconcile/work-tables.ts';
import { addCoverage } from '../../shared/reconcile/coverage.ts';
import { reconcileTouched, touchPeriod } from '../../shared/reconcile/engine.ts';
import { takeMergeLock } from '../../shared/reconcile/merge-lock.ts';
import { acceptFile, emptyDatabase } from '../support/load-report.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { isLong } from '../support/long.ts';

const MATCHING = { hwVendhubWindowS: 60, fiscalWindowS: 60, gatewayWindowS: 60, amountTolerance: '0.01' };
const TIMES = [
  'infinity',
  '-infinity',
  '0001-01-01 00:00:00+00',
  '9999-12-31 23:59:59+00',
  '4713-01-01 00:00:00+00 BC',
  '294276-12-31 00:00:00+00',
  '1970-01-01 00:00:00+00',
  '2025-06-10 12:10:00+05',
  '2025-06-10 11:00:00+05',
  null,
];
const MONEY = ['0', '-1', '-15000', '0.01', '99999999999999.99', '-99999999999999.99', '9999999999999.99', 'NaN', null];
const INTS = ['0', '-1', '9223372036854775807', '-9223372036854775808', null];
/** Beyond what an index takes, even packed; in the long run beyond a page of a table many times. */
const LONG = randomBytes(isLong ? 60_000 : 6_000).toString('hex');
const TEXTS = [
  '',
  ' ',
  ':',
  'cart',
  `cart${LONG}`,
  LONG,
  'x'.repeat(100_000),
  '\u0001\u001f\u007f\t\n\\',
  '😀\u202e\ufeff',
  "'); drop table orders; --",
  '\\N',
  '{}',
  'NaN',
  'ff0000030420250804070128326618%_zz',
  'cash',
  'click',
  'refunded',
  'sale',
  'return',
  null,
];
const EXTREMES: Partial<Record<FieldType, readonly (string | null)[]>> = {
  timestamp: TIMES,
  date: TIMES,
  money: MONEY,
  int: INTS,
};

type Row = Record<string, string | null>;

/** An ordinary row of the source; they lie near each other and many have one price, so that they meet in groups. */
function ordinary(source: Source, n: number): Row {
  const row: Row = {
    row_index: String(n),
    sheet: null,
    source_row: String(n + 1),
    natural_key: `${source.name}-${n}`,
    extra: null,
  };
  const at = `2025-06-10 12:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}+05`;
  for (const { column, type, name } of keptFields(source)) {
    if (type === 'timestamp') row[column] = at;
    else if (type === 'date') row[column] = '2025-06-10';
    else if (type === 'money') row[column] = name === 'card_amount' ? '0' : '15000';
    else if (type === 'int') row[column] = String(n);
    else row[column] = VOCABULARY[type] ?? `${column}-${n}`;
  }
  return row;
}
const VOCABULARY: Partial<Record<FieldType, string>> = {
  payment_type: 'cash',
  order_type: 'normal',
  payment_status: 'paid',
  brew_status: 'delivered',
  gateway_state: 'success',
  receipt_operation: 'sale',
};

/** One row a column and an extreme value, between ordinary ones. */
function extremeRows(source: Source): Row[] {
  const rows: Row[] = [];
  const add = (changes: Row): void => void rows.push({ ...ordinary(source, rows.length), ...changes });
  // in the short run each column takes one in four, another one each, so that each value stands somewhere
  for (const [at, { column, type }] of keptFields(source).entries())
    for (const [nth, value] of (EXTREMES[type] ?? TEXTS).entries())
      if (isLong || nth % 4 === at % 4) add({ [column]: value });
  for (const key of TEXTS) if (key !== null) add({ natural_key: key });
  for (const extra of ['{}', '[]', '5', '"x"', 'null', `{"${LONG}":"${LONG}"}`]) add({ extra });
  for (const sheet of TEXTS) add({ sheet });
  add({ source_row: '9223372036854775807' });
  for (let version = 0; version < 4; version++)
    add({ natural_key: 'the same', ...(version % 2 === 0 ? {} : { extra: '{"a":"b"}' }) });
  return rows;
}

describe('rows that no report should hold', function () {
  this.timeout(300_000);
  let database: TestDatabase;
  let client: pg.Client;

  before(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('set jit = off');
  });
  after(async () => {
    await client.end();
    await database.drop();
  });
  beforeEach(() => emptyDatabase(client));

  const stage = async (source: Source, staging: Staging, rows: readonly Row[]): Promise<void> => {
    await createStaging(client, staging, source);
    const columns = Object.keys(rows[0] as Row);
    for (let at = 0; at < rows.length; at += 50) {
      await client.query(
        `insert into ${staging.rows} (${columns.join(', ')})
         select ${columns.map((column) => `(x).${column}`).join(', ')}
         from (select jsonb_populate_record(null::${staging.rows}, value - 'extra') as x,
           nullif(value ->> 'extra', '')::jsonb as extra
           from jsonb_array_elements($1::jsonb) value) p`.replace('(x).extra', 'p.extra'),
        [JSON.stringify(rows.slice(at, at + 50))],
      );
    }
  };
  const load = async (source: Source, rows: readonly Row[]) => {
    const { fileId, seq } = await acceptFile(client, `${source.name}.csv`);
    const staging = stagingOf(fileId, '1');
    await stage(source, staging, rows);
    await client.query('begin');
    await takeMergeLock(client);
    const outcome = await refuseFailingRows(client, staging, async () => {
      await createWorkTables(client);
      const counts = await mergeStaged({ client, source, staging, fileId, seq, confirm: true, identities: 'replace' });
      const context = { client, matching: MATCHING, cause: { kind: 'file' as const, fileId } };
      await addCoverage(context, source.name, { from: '2025-06-01T00:00:00+05:00', to: '2025-06-30T00:00:00+05:00' });
      await reconcileTouched(context);
      return counts;
    });
    await client.query(`update uploaded_files set status = 'completed', source = $2 where id = $1`, [
      fileId,
      source.name,
    ]);
    const { rows: rejects } = await client.query<{ code: string; row_index: string }>(
      `select code, row_index from ${staging.rejects} order by row_index`,
    );
    await client.query('commit');
    await dropStaging(client, staging);
    return { counts: outcome.result, refused: outcome.refused?.rows ?? [], rejects };
  };
  const rerun = async (): Promise<number> => {
    await client.query('begin');
    await createWorkTables(client);
    await touchPeriod(client, { from: null, to: null });
    const { ordersChanged } = await reconcileTouched({ client, matching: MATCHING, cause: { kind: 'recompute' } });
    await client.query('commit');
    return ordersChanged;
  };

  it('never fail a file, whatever stands in whatever column of whatever source, nor the re-run of everything', async () => {
    for (const source of sourceList) {
      const rows = extremeRows(source);
      const first = await load(source, rows);
      const { counts } = first;
      const sum = counts.new + counts.updated + counts.unchanged + counts.rejected + first.refused.length;
      // versions of one key count as rows of their own
      assert.ok(sum >= rows.length - 4 && first.rejects.length === counts.rejected + first.refused.length, source.name);
      assert.ok(counts.new > rows.length / 2, `${source.name}: ${JSON.stringify(counts)}`);
      assert.deepEqual(
        first.refused.length > 10,
        false,
        `${source.name}: only json that is no object is found by trying`,
      );
      const again = await load(source, rows);
      assert.equal(again.counts.new, 0, source.name);
    }
    // the same columns once more, each value on an ordinary record that is known
    for (const source of sourceList) {
      const rows = extremeRows(source).map((row, at) => ({
        ...row,
        natural_key: row['natural_key']?.startsWith(source.name)
          ? (ordinary(source, at)['natural_key'] ?? '')
          : (row['natural_key'] ?? ''),
      }));
      await load(
        source,
        rows.reverse().map((row, at) => ({ ...row, row_index: String(at) })),
      );
    }
    await rerun();
    assert.equal(await rerun(), 0);
  });

  it('are found by halving where a statement fails over them, and refused by name while the others load', async () => {
    const vendhub = sourceList.find((source) => source.name === 'vendhub') as Source;
    await client.query(`
      create function refuse_odd() returns trigger language plpgsql as $$
      begin if new.goods_name like 'odd%' then raise exception using errcode = '22023'; end if; return new; end $$;
      create trigger refuse_odd before insert on orders for each row execute function refuse_odd()`);
    try {
      const rows = Array.from({ length: 100 }, (_, n) => ({
        ...ordinary(vendhub, n),
        goods_name: n === 17 || n === 71 ? `odd ${n}` : 'Latte',
      }));
      const { counts, refused, rejects } = await load(vendhub, rows);
      assert.deepEqual([counts.new, refused], [98, [17, 71]]);
      assert.deepEqual(
        rejects.map((reject) => [reject.code, reject.row_index]),
        [
          ['internal_rejected', '17'],
          ['internal_rejected', '71'],
        ],
      );
    } finally {
      await client.query(`drop trigger refuse_odd on orders; drop function refuse_odd`);
    }
  });

  it('are not blamed for what fails without them', async () => {
    const vendhub = sourceList.find((source) => source.name === 'vendhub') as Source;
    const staging = stagingOf('00000000-0000-4000-8000-000000000000', '1');
    await stage(vendhub, staging, [ordinary(vendhub, 1)]);
    await client.query('begin');
    await assert.rejects(
      refuseFailingRows(client, staging, () => client.query('select 1 from no_such_table')),
      (error: { code?: string }) => error.code === '42P01',
    );
    await client.query('rollback');
    await dropStaging(client, staging);
  });

  it('are told by field and reason', async () => {
    const vendhub = sourceList.find((source) => source.name === 'vendhub') as Source;
    const staging = stagingOf('00000000-0000-4000-8000-000000000001', '1');
    await stage(vendhub, staging, [ordinary(vendhub, 1), { ...ordinary(vendhub, 2), event_time: 'infinity' }]);
    assert.deepEqual(await rejectImpossible(client, vendhub, staging), { staged: 2, rejected: 1 });
    const { rows } = await client.query(`select field, code, value from ${staging.rejects}`);
    assert.deepEqual(rows, [{ field: 'event_time', code: 'value_out_of_range', value: 'infinity' }]);
    await dropStaging(client, staging);
  });
});
