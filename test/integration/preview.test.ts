/** Looking at files before they take effect, through the routes: what is told comes out, and nothing else shows it. */
import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { expirePreviews } from '../../shared/preview/expire-previews.ts';
import type { FileDetailView, SessionView } from '../../shared/uploads/file-schema.ts';
import { csvBytes, rowsOfHappyWorkers, rowsOfVendhub } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { randomWorld } from '../support/reference/random-world.ts';
import { renderReports } from '../support/reference/render-reports.ts';
import { pictureOf } from '../support/world-picture.ts';
import { isLong } from '../support/long.ts';

/** What was told of the file, without when and against what. */
function receiptOf(preview: FileDetailView['preview']): unknown {
  if (preview === null) return null;
  const { rows, orders, statuses, issues, coverage, samples } = preview;
  return { rows, orders, statuses, issues, coverage, samples };
}

const WORLD_COUNT = isLong ? 100 : 1;
const FIRST_SEED = Number(process.env['TEST_SEED'] ?? 1);
const SLOW = { timeoutMs: 60_000 };

type Content = { name: string; content: string | Uint8Array<ArrayBuffer> };

describe('looking before an import lands', function () {
  this.timeout(120_000 + WORLD_COUNT * 60_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let db: Db;
  let sql: Awaited<ReturnType<typeof openTestClient>>;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '0' }, { sweepIntervalMs: 200 });
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    sql = await openTestClient(database.url);
  });
  after(async () => {
    await sql.end();
    await db.destroy();
    await api.close();
    await database.drop();
  });
  beforeEach(() => emptyDatabase(sql));

  const file = async (id: string): Promise<FileDetailView> =>
    (await api.client.get<FileDetailView>(`/files/${id}`)).body;
  const session = async (id: string): Promise<SessionView> => {
    await api.client.waitForSession(id, SLOW);
    return (await api.client.get<SessionView>(`/sessions/${id}`)).body;
  };
  async function send(files: readonly Content[], preview: boolean): Promise<SessionView> {
    const answer = await api.client.upload(files, { preview });
    assert.ok([200, 202].includes(answer.status), JSON.stringify(answer.body));
    return session(answer.body.session.id);
  }
  const look = (...files: Content[]) => send(files, true);
  const load = (...files: Content[]) => send(files, false);
  async function apply(path: string): Promise<void> {
    const answer = await api.client.post(`${path}/apply`);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
  }

  const hw = (rows: Parameters<typeof rowsOfHappyWorkers>[0], name = 'hw.csv'): Content => ({
    name,
    content: new Uint8Array(csvBytes(rowsOfHappyWorkers(rows))),
  });
  const vendhub = (numbers: readonly string[]): Content => ({
    name: 'vendhub.csv',
    content: new Uint8Array(csvBytes(rowsOfVendhub(numbers.map((number) => ({ number }))))),
  });

  it('tells what each of several reports will do on top of those before it, shows it nowhere, and it comes out so', async () => {
    await load(hw([{ number: 'P-1' }, { number: 'P-2' }]));
    const before = await pictureOf(sql);
    const seen = await look(
      hw([{ number: 'P-1' }, { number: 'P-2', price: 20_000 }, { number: 'P-3' }], 'hw-2.csv'),
      vendhub(['P-1', 'P-3']),
    );
    assert.deepEqual(
      seen.files.map(({ status, rows }) => [status, rows.new, rows.updated, rows.unchanged]),
      [
        ['previewed', 1, 1, 1],
        ['previewed', 2, 0, 0],
      ],
    );
    const [first, second]: (FileDetailView | undefined)[] = await Promise.all(seen.files.map(({ id }) => file(id)));
    assert.deepEqual(first?.preview?.orders, { new: 1, changed: 0 });
    assert.equal(second?.preview?.orders.new, 0, 'on top of the one before');
    assert.ok((second?.preview?.statuses ?? []).length > 0);
    assert.deepEqual(
      first?.preview?.samples
        .filter(({ changeType }) => changeType === 'changed')
        .map(({ field, newValue }) => [field, newValue]),
      [['order_price', '20000']],
    );
    assert.equal(first?.preview?.against, second?.preview?.against);
    assert.equal(first?.preview?.differs, null);
    assert.deepEqual(await pictureOf(sql), before, 'nothing shows it');
    await apply(`/sessions/${seen.id}`);
    const done = await session(seen.id);
    const applied: FileDetailView[] = await Promise.all(done.files.map(({ id }) => file(id)));
    for (const [index, one] of applied.entries()) {
      assert.deepEqual([one.status, one.preview?.differs, one.preview?.differences], ['completed', false, []]);
      assert.deepEqual(one.preview?.result, receiptOf((index === 0 ? first : second)?.preview ?? null));
    }
    assert.notDeepEqual(await pictureOf(sql), before);
    assert.equal((await api.client.post(`/sessions/${seen.id}/apply`)).status, 409, 'it is applied once');
  });

  it('says when something else took effect in between, and what came out otherwise', async () => {
    const seen = await look(hw([{ number: 'Q-1' }, { number: 'Q-2' }]));
    await load(hw([{ number: 'Q-2' }], 'other.csv'));
    const [{ id } = { id: '' }] = seen.files;
    await apply(`/files/${id}`);
    await session(seen.id);
    const { preview, rows } = await file(id);
    assert.deepEqual([preview?.rows.new, preview?.result?.rows.new, rows.new], [2, 1, 1]);
    assert.equal(preview?.differs, true);
    assert.ok(
      preview.differences.includes('rows') && preview.differences.includes('orders'),
      String(preview.differences),
    );
  });

  it('says that nothing came of it when the same bytes were loaded in between', async () => {
    const seen = await look(hw([{ number: 'S-1' }, { number: 'S-2' }]));
    const loaded = await load(hw([{ number: 'S-1' }, { number: 'S-2' }]));
    const [{ id } = { id: '' }] = seen.files;
    await apply(`/sessions/${seen.id}`);
    await session(seen.id);
    const { status, duplicateOf, preview } = await file(id);
    assert.deepEqual([status, duplicateOf], ['duplicate', loaded.files[0]?.id]);
    assert.deepEqual([preview?.differs, preview?.rows.new, preview?.result?.rows.new], [true, 2, 0]);
    assert.ok(preview?.differences.includes('orders'), String(preview?.differences));
  });

  it('keeps its bytes from being known, and ends as cancelled when it is thrown away or a week has passed', async () => {
    const seen = await look(hw([{ number: 'R-1' }]));
    const other = await look(hw([{ number: 'R-1' }]));
    assert.equal(other.files[0]?.status, 'previewed');
    assert.equal((await load(hw([{ number: 'R-1' }]))).files[0]?.status, 'completed');
    const [thrown, expired] = [seen.files[0]?.id ?? '', other.files[0]?.id ?? ''];
    assert.equal((await api.client.post(`/files/${thrown}/cancel`)).status, 200);
    assert.equal((await file(thrown)).status, 'cancelled');
    await sql.query(`update uploaded_files set foreseen_at = clock_timestamp() - interval '8 days' where id = $1`, [
      expired,
    ]);
    assert.equal(await expirePreviews(db), 1);
    const { status, error } = await file(expired);
    assert.deepEqual([status, error?.code], ['cancelled', 'preview_expired']);
    assert.equal((await api.client.post(`/files/${expired}/apply`)).status, 409);
    assert.equal((await api.client.post(`/files/${expired}/retry`)).status, 200, 'it can be looked at again');
    assert.equal((await session(other.id)).files[0]?.status, 'duplicate');
  });

  it('hands back rejected rows, asks its questions, and looks again at the whole session with the answer', async () => {
    const rows = csvBytes(rowsOfHappyWorkers([{ number: 'S-1' }, { number: 'S-2' }])).toString();
    const bad = { name: 'bad.csv', content: rows.replace(/15000/, 'fifteen') };
    const strange = {
      name: 'strange.csv',
      content: 'Что;Когда;Сколько\nкофе;01.07.2025 10:00;15000\nчай;01.07.2025 11:00;9000\n',
    };
    const seen = await look(bad, strange);
    assert.deepEqual(
      seen.files.map(({ status }) => status),
      ['previewed', 'needs_mapping'],
    );
    const [first] = seen.files;
    assert.equal(first?.preview?.rows.rejected, 1);
    const errors = await api.client.get<{ items: unknown[] }>(`/files/${first?.id}/errors`);
    assert.equal(errors.body.items.length, 1);
    assert.deepEqual((await pictureOf(sql))['orders'], []);
    const answer = await api.client.post(`/files/${seen.files[1]?.id}/mapping`, {
      source: 'click',
      columns: { Когда: 'paid_at', Сколько: 'amount' },
    });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const again = await session(seen.id);
    assert.equal(again.files[0]?.status, 'previewed');
    assert.notEqual(again.files[1]?.status, 'completed', 'an answer applies nothing');
    assert.deepEqual((await pictureOf(sql))['orders'], []);
  });

  it('begins anew when whoever looked died in the middle', async () => {
    await db.raw(
      `create function hold() returns trigger language plpgsql as $$ begin new.next_attempt_at := 'infinity'; return new; end $$`,
    );
    await db.raw('create trigger hold before insert on previews for each row execute function hold()');
    const answer = await api.client.upload([hw([{ number: 'T-1' }])], { preview: true });
    const { id } = answer.body.session;
    await db.raw('drop trigger hold on previews');
    await db.raw('drop function hold()');
    await db.raw(
      `update uploaded_files set status = 'processing', fence = 7, lease_until = 'infinity' where session_id = ?`,
      [id],
    );
    await db.raw(
      `update previews set status = 'processing', fence = 3, lease_until = clock_timestamp() - interval '1 second'
        where id = ?`,
      [id],
    );
    assert.equal((await session(id)).files[0]?.status, 'previewed');
    const { rows } = await db.raw<{ rows: { tables: string }[] }>(
      `select count(*) as tables from pg_tables where schemaname = 'staging'`,
    );
    assert.equal(rows[0]?.tables, '0');
  });

  it('keeps its claim while it reads for longer than a lease', async () => {
    await api.close();
    // short, so that reading outlasts it
    api = await openTestApi(
      { DATABASE_URL: database.url, SYNC_WAIT_MS: '0', LEASE_MS: '3000' },
      { sweepIntervalMs: 200 },
    );
    await db.raw(
      `create function hold() returns trigger language plpgsql as $$ begin new.next_attempt_at := 'infinity'; return new; end $$`,
    );
    await db.raw('create trigger hold before insert on previews for each row execute function hold()');
    const answer = await api.client.upload([hw([{ number: 'U-1' }])], { preview: true });
    const { id } = answer.body.session;
    await db.raw('drop trigger hold on previews');
    await db.raw('drop function hold()');
    await sql.query('begin; lock table file_chunks in access exclusive mode');
    try {
      await db.raw('update previews set next_attempt_at = clock_timestamp() where id = ?', [id]);
      await eventually(
        async () => {
          const { rows } = await db.raw<{ rows: { fence: string; extended: boolean }[] }>(
            `select fence, lease_until > started_at + interval '4 seconds' as extended from previews where id = ?`,
            [id],
          );
          assert.deepEqual(rows, [{ fence: '1', extended: true }]);
        },
        { timeoutMs: 30_000 },
      );
    } finally {
      await sql.query('rollback');
    }
    assert.equal((await session(id)).files[0]?.status, 'previewed');
  });

  it(`comes out as it was seen (${WORLD_COUNT} random worlds, all reports in one session)`, async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLD_COUNT; seed++) {
      await emptyDatabase(sql);
      const reports = renderReports(randomWorld(seed));
      const half = Math.ceil(reports.length / 2);
      const files = reports.map(({ name, text }) => ({ name, content: text }));
      await load(...files.slice(0, half));
      const before = await pictureOf(sql);
      const seen = await look(...files.slice(half));
      assert.deepEqual(await pictureOf(sql), before, `world ${seed} untouched`);
      const waiting = seen.files.filter(({ status }) => status === 'previewed');
      if (waiting.length === 0) continue;
      await apply(`/sessions/${seen.id}`);
      const done = await session(seen.id);
      for (const { id, name } of waiting) {
        const { preview, status } = await eventually(() => file(id));
        const was = seen.files.find((one) => one.id === id)?.preview;
        const about = `world ${seed}, ${name} ${status}`;
        assert.deepEqual(preview?.result?.rows, was?.rows, about);
        assert.deepEqual([preview?.differs, preview?.differences], [false, []], about);
      }
      assert.ok(done.files.every(({ status }) => status !== 'previewed'));
    }
  });
});
