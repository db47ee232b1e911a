/** Taking imports back through the routes: what goes, what comes back, what stands against it. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { csvBytes, rowsOfHappyWorkers, rowsOfPayments, rowsOfVendhub, xlsxBytes, zipBytes } from '../support/files.ts';
import { eventually } from '../support/eventually.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { randomWorld } from '../support/reference/random-world.ts';
import { renderReports } from '../support/reference/render-reports.ts';
import { assertSamePicture, pictureOf } from '../support/world-picture.ts';
import { isLong } from '../support/long.ts';

interface Undo {
  id: string;
  status: string;
  blockedBy: { code: string } | null;
  receipt: {
    rows: Record<string, number>;
    orders: Record<string, number>;
    decisions: { stale: number };
    files: { id: string; name: string }[];
  } | null;
}

/** A month where there is time for it, a morning of a few orders otherwise. */
async function sixReports(): Promise<{ name: string; content: string | Uint8Array<ArrayBuffer> }[]> {
  if (!isLong) {
    const reports = renderReports(randomWorld(13, { orderCount: 12, defaultConfig: true }));
    const first = [...new Map(reports.map((report) => [report.name.replace(/-\d+\.csv$/, ''), report])).values()];
    assert.equal(first.length, 6);
    return first.map(({ name, text }) => ({ name, content: text }));
  }
  const folder = new URL('../../examples/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => /\.(csv|xlsx)$/.test(name));
  return Promise.all(
    names.map(async (name) => ({ name, content: new Uint8Array(await readFile(new URL(name, folder))) })),
  );
}

describe('undoing an import', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let sql: Awaited<ReturnType<typeof openTestClient>>;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '25000' });
    sql = await openTestClient(database.url);
  });
  after(async () => {
    await sql.end();
    await api.close();
    await database.drop();
  });

  beforeEach(() => emptyDatabase(sql));

  interface FileBody {
    id: string;
    name: string;
    sessionId: string;
    parentId: string | null;
    status: string;
    source: string | null;
    openErrors: number;
    corrects: string | null;
    duplicateOf: string | null;
  }

  const fileOf = async (id: string): Promise<FileBody> => (await api.client.get<FileBody>(`/files/${id}`)).body;

  /** All files of a session, members too. */
  async function filesOf(sessionId: string): Promise<FileBody[]> {
    await api.client.waitForSession(sessionId);
    return (await api.client.get<{ files: FileBody[] }>(`/sessions/${sessionId}`)).body.files;
  }

  async function assertNothingLeft(): Promise<void> {
    for (const [table, rows] of Object.entries(await pictureOf(sql))) assert.deepEqual(rows, [], table);
  }

  async function upload(
    name: string,
    content: Uint8Array | string,
  ): Promise<{ id: string; sessionId: string; status: string }> {
    const answer = await api.client.upload([{ name, content: content as string }]);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const { id } = answer.body.session.files[0]!;
    return (await api.client.get<{ id: string; sessionId: string; status: string }>(`/files/${id}`)).body;
  }

  async function undo(path: string, body: { dryRun?: boolean; reason?: string }): Promise<Undo> {
    const asked = await api.client.post<Undo>(`${path}/undo`, body);
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    return eventually(
      async () => {
        const { body: found } = await api.client.get<Undo>(`/undos/${asked.body.id}`);
        assert.ok(found.status !== 'queued' && found.status !== 'processing', found.status);
        return found;
      },
      { timeoutMs: 60_000 },
    );
  }

  it('gives back what another file says, tells it before, and takes the file again afterwards', async () => {
    const first = await upload('hw.csv', csvBytes(rowsOfHappyWorkers([1, 2, 3].map((n) => ({ number: `A-${n}` })))));
    const before = await pictureOf(sql);
    const second = rowsOfHappyWorkers(
      [1, 2, 3, 4].map((n) => ({ number: `A-${n}`, ...(n === 2 ? { price: 20_000 } : {}) })),
    );
    const wrong = await upload('hw-wrong.csv', csvBytes(second));
    const loaded = await pictureOf(sql);
    const orderId = (await sql.query<{ id: string }>(`select id from orders where order_number = 'A-4'`)).rows[0]!.id;
    const told = await undo(`/files/${wrong.id}`, { dryRun: true });
    assert.deepEqual(told.receipt?.rows, { removed: 1, restored: 1, kept: 2 });
    assert.deepEqual(await pictureOf(sql), loaded);
    const refused = await api.client.post(`/files/${wrong.id}/undo`, { reason: 'short' });
    assert.equal(refused.status, 400);
    const done = await undo(`/files/${wrong.id}`, { reason: 'the prices of another month' });
    assert.equal(done.status, 'completed');
    assert.deepEqual(done.receipt, told.receipt);
    assert.deepEqual(await pictureOf(sql), before);
    const { body: file } = await api.client.get<Record<string, unknown>>(`/files/${wrong.id}`);
    assert.deepEqual([file['status'], file['undoReason']], ['undone', 'the prices of another month']);
    assert.equal((await api.client.get<{ id: string }>(`/files/${wrong.id}/undo`)).body.id, done.id);
    const gone = await api.client.get<{ error: { code: string } }>(`/orders/${orderId}`);
    assert.deepEqual([gone.status, gone.body.error.code], [410, 'order_undone']);
    const { body: history } = await api.client.get<{ items: { cause: string }[] }>(`/orders/${orderId}/changes`);
    assert.ok(history.items.some((change) => change.cause === 'undo'));
    const again = await upload('hw-wrong.csv', csvBytes(second));
    assert.equal(again.status, 'completed');
    assert.deepEqual(await pictureOf(sql), loaded);
    await undo(`/sessions/${again.sessionId}`, { reason: 'once more, for the test' });
    const retried = await api.client.post(`/files/${wrong.id}/retry`, {});
    assert.equal(retried.status, 200, JSON.stringify(retried.body));
    await eventually(async () => {
      assert.equal((await api.client.get<{ status: string }>(`/files/${wrong.id}`)).body.status, 'completed');
    });
    assert.deepEqual(await pictureOf(sql), loaded);
    for (const id of [first.id, wrong.id])
      assert.equal((await undo(`/files/${id}`, { reason: 'everything goes now' })).status, 'completed');
    await assertNothingLeft();
  });

  it('leaves a row to the other report that has its time more exactly, where neither has ids of its records', async () => {
    const lines = csvBytes(rowsOfVendhub([{ number: 'V-1' }, { number: 'V-2' }]))
      .toString()
      .split('\n');
    const exact = lines.map((line) => line.slice(line.indexOf(',') + 1)).join('\n');
    const alone = await upload('exact.csv', exact);
    const never = await pictureOf(sql);
    assert.equal(never['vendhub']?.length, 2);
    await undo(`/files/${alone.id}`, { reason: 'only to see what it makes' });
    const coarse = await upload('coarse.csv', exact.replaceAll(/(\d\d:\d\d):\d\d/g, '$1'));
    await upload('exact.csv', exact);
    assert.equal((await pictureOf(sql))['vendhub']?.length, 2, 'the same rows');
    assert.equal((await undo(`/files/${coarse.id}`, { reason: 'saved again by hand' })).status, 'completed');
    assertSamePicture(await pictureOf(sql), never, 'without the coarse one');
  });

  it('lets a file that came twice count where the first is taken back', async () => {
    const content = csvBytes(rowsOfVendhub([{ number: 'D-1' }, { number: 'D-2' }]));
    const first = await upload('vh.csv', content);
    const loaded = await pictureOf(sql);
    const duplicate = await upload('vh.csv', content);
    assert.equal(duplicate.status, 'duplicate');
    assert.deepEqual((await undo(`/files/${first.id}`, { reason: 'the first of the two' })).receipt?.rows, {
      removed: 0,
      restored: 0,
      kept: 2,
    });
    assert.deepEqual(await pictureOf(sql), loaded);
    assert.equal((await api.client.get<{ status: string }>(`/files/${duplicate.id}`)).body.status, 'completed');
    await undo(`/files/${duplicate.id}`, { reason: 'and then the second' });
    assert.deepEqual((await pictureOf(sql))['orders'], []);
  });

  it('looks a file through that was loaded before keys were noted', async () => {
    const file = await upload('old.csv', csvBytes(rowsOfHappyWorkers([{ number: 'O-1' }, { number: 'O-2' }])));
    await sql.query('delete from file_effects where file_id = $1', [file.id]);
    assert.deepEqual((await undo(`/files/${file.id}`, { reason: 'an old file goes' })).receipt?.rows, {
      removed: 2,
      restored: 0,
      kept: 0,
    });
    assert.deepEqual((await pictureOf(sql))['orders'], []);
  });

  it('stops, and changes nothing, where a file that must be read again is not in the store', async () => {
    const rows = rowsOfHappyWorkers([{ number: 'M-1' }]);
    const kept = await upload('kept.csv', csvBytes(rows));
    const other = await upload('other.csv', `${Buffer.from(csvBytes(rows)).toString()}\n`);
    assert.equal(other.status, 'completed');
    await sql.query(
      `update uploaded_files set storage_key = left(storage_key, -1) || case right(storage_key, 1) when '0' then '1'
        else '0' end where id = $1`,
      [kept.id],
    );
    const blocked = await undo(`/files/${other.id}`, { reason: 'its bytes are away' });
    assert.deepEqual([blocked.status, blocked.blockedBy?.code], ['blocked', 'bytes_missing']);
    assert.equal((await api.client.get<{ status: string }>(`/files/${other.id}`)).body.status, 'completed');
  });

  it('takes back one sheet of a workbook, then all of it; the workbook sent again brings what is missing', async () => {
    const content = await xlsxBytes({
      machine: rowsOfHappyWorkers([{ number: 'W-1' }, { number: 'W-2' }]),
      server: rowsOfVendhub([{ number: 'W-1' }, { number: 'W-2' }]),
    });
    const book = await upload('month.xlsx', content);
    const whole = await pictureOf(sql);
    const sheets = (await filesOf(book.sessionId)).filter(({ parentId }) => parentId === book.id);
    assert.deepEqual(sheets.map(({ source, status }) => `${source} ${status}`).toSorted(), [
      'happy_workers completed',
      'vendhub completed',
    ]);
    const server = sheets.find(({ source }) => source === 'vendhub');
    const done = await undo(`/files/${server?.id}`, { reason: 'the sheet of another month' });
    assert.deepEqual(done.receipt?.rows, { removed: 2, restored: 0, kept: 0 });
    assert.equal((await fileOf(book.id)).status, 'completed');
    assert.equal((await pictureOf(sql))['vendhub']?.length, 0);
    assert.equal((await pictureOf(sql))['happy_workers']?.length, 2);
    const again = await upload('month.xlsx', content);
    assert.equal(again.status, 'completed', 'not all of its bytes count any more');
    await filesOf(again.sessionId);
    const lines = (picture: Record<string, string[]>) => Object.values(picture).map((rows) => rows.length);
    assert.deepEqual(lines(await pictureOf(sql)), lines(whole));
    for (const id of [again.id, book.id])
      assert.equal((await undo(`/files/${id}`, { reason: 'and now all of it' })).status, 'completed');
    await assertNothingLeft();
  });

  it('takes an archive back with all that came out of it; the same archive sent twice before counts once less', async () => {
    const content = await zipBytes({
      'machine.csv': csvBytes(rowsOfHappyWorkers([{ number: 'Z-1' }, { number: 'Z-2' }])),
      'server.csv': csvBytes(rowsOfVendhub([{ number: 'Z-1' }, { number: 'Z-2' }])),
    });
    const first = await upload('june.zip', content);
    const members = (await filesOf(first.sessionId)).filter(({ parentId }) => parentId !== null);
    const loaded = await pictureOf(sql);
    const second = await upload('june-again.zip', content);
    assert.equal(second.status, 'duplicate');
    const told = await undo(`/files/${first.id}`, { dryRun: true });
    assert.equal((await filesOf(second.sessionId)).length, 1, 'a dry run leaves nothing');
    const done = await undo(`/files/${first.id}`, { reason: 'it came twice' });
    assert.deepEqual(done.receipt, told.receipt);
    assert.deepEqual(
      done.receipt?.files.map(({ id }) => id).toSorted(),
      [first.id, ...members.map(({ id }) => id)].toSorted(),
    );
    for (const { id } of [first, ...members]) assert.equal((await fileOf(id)).status, 'undone');
    assertSamePicture(await pictureOf(sql), loaded, 'the second stands for the first');
    assert.deepEqual(
      (await filesOf(second.sessionId)).map(({ status }) => status),
      ['completed', 'completed', 'completed'],
    );
    await undo(`/files/${second.id}`, { reason: 'and then the second' });
    await assertNothingLeft();
    const third = await upload('june.zip', content);
    await filesOf(third.sessionId);
    assert.equal(third.status, 'completed');
    assertSamePicture(await pictureOf(sql), loaded, 'uploaded, undone and uploaded again');
  });

  it('takes a session of six reports back, newest first, and they come to the same when they are sent again', async () => {
    const reports = await sixReports();
    const send = async (): Promise<string> => {
      const { body } = await api.client.upload(reports);
      await filesOf(body.session.id);
      return body.session.id;
    };
    const first = await send();
    const loaded = await pictureOf(sql);
    const told = await undo(`/sessions/${first}`, { dryRun: true });
    assertSamePicture(await pictureOf(sql), loaded, 'a dry run changes nothing');
    const done = await undo(`/sessions/${first}`, { reason: 'the reports of another operator' });
    assert.deepEqual(done.receipt, told.receipt);
    assert.deepEqual(
      done.receipt?.files.map(({ name }) => name),
      (await filesOf(first)).map(({ name }) => name).toReversed(),
    );
    await assertNothingLeft();
    await send();
    assertSamePicture(await pictureOf(sql), loaded, 'uploaded, undone and uploaded again');
  });

  it('does not undo a file before its correction, and opens its errors again after that', async () => {
    const rows = rowsOfHappyWorkers([{ number: 'C-1' }, { number: 'C-2' }]);
    const price = rows[0]?.indexOf('Цена заказа') ?? -1;
    (rows[2] as (typeof rows)[number])[price] = '';
    const faulty = await upload('faulty.csv', csvBytes(rows));
    assert.deepEqual([faulty.status, (await fileOf(faulty.id)).openErrors], ['completed_with_errors', 1]);
    const before = await pictureOf(sql);
    const given = await fetch(`${api.url}/api/v1/files/${faulty.id}/errors?format=csv`, {
      headers: { authorization: `Bearer ${api.client.token}` },
    });
    const lines = (await given.text()).split(/\r?\n/);
    const at = (lines[0] ?? '').split(/[;,]/).findIndex((name) => name.includes('Цена заказа'));
    const separator = (lines[0] ?? '').includes(';') ? ';' : ',';
    const cells = (lines[1] ?? '').split(separator);
    cells[at] = '15000';
    const mended = await upload('mended.csv', [lines[0], cells.join(separator), ''].join('\n'));
    assert.deepEqual([(await fileOf(mended.id)).corrects, (await fileOf(faulty.id)).openErrors], [faulty.id, 0]);
    const blocked = await undo(`/files/${faulty.id}`, { reason: 'of another month' });
    assert.deepEqual([blocked.status, blocked.blockedBy?.code], ['blocked', 'has_correction']);
    assert.equal((await fileOf(faulty.id)).status, 'completed_with_errors');
    assert.equal((await undo(`/files/${mended.id}`, { reason: 'first the correction' })).status, 'completed');
    assertSamePicture(await pictureOf(sql), before, 'as before it was corrected');
    assert.equal((await fileOf(faulty.id)).openErrors, 1);
    assert.equal((await undo(`/files/${faulty.id}`, { reason: 'then the corrected' })).status, 'completed');
    await assertNothingLeft();
  });

  it('makes decisions on what it changes stale and shows them so, and leaves others alone', async () => {
    await upload(
      'machine.csv',
      csvBytes(rowsOfHappyWorkers([{ number: 'E-1' }, { number: 'E-2' }, { number: 'E-3' }])),
    );
    const wrong = await upload(
      'server.csv',
      csvBytes(rowsOfVendhub([{ number: 'E-1' }, { number: 'E-9', reportId: 9_100 }])),
    );
    const idOf = async (number: string): Promise<string> =>
      (await sql.query<{ id: string }>(`select id from orders where order_number = $1`, [number])).rows[0]?.id ?? '';
    const ids = { touched: await idOf('E-1'), other: await idOf('E-3'), gone: await idOf('E-9') };
    for (const id of Object.values(ids)) {
      const made = await api.client.post(`/orders/${id}/decisions`, {
        kind: 'accept',
        resolution: 'timing',
        note: 'seen by the accountant',
      });
      assert.equal(made.status, 201, JSON.stringify(made.body));
    }
    const done = await undo(`/files/${wrong.id}`, { reason: 'the report of another server' });
    assert.equal(done.receipt?.decisions.stale, 2);
    const shown = async (id: string) =>
      (await api.client.get<{ settled: boolean; decision: { stale: boolean } | null }>(`/orders/${id}`)).body;
    assert.deepEqual([(await shown(ids.touched)).settled, (await shown(ids.touched)).decision?.stale], [false, true]);
    assert.deepEqual([(await shown(ids.other)).settled, (await shown(ids.other)).decision?.stale], [true, false]);
    const { status, body } = await api.client.get<{ error: { code: string; details: Record<string, string> } }>(
      `/orders/${ids.gone}`,
    );
    assert.deepEqual(
      [status, body.error.code, body.error.details['fileId'], body.error.details['orderNumber']],
      [410, 'order_undone', wrong.id, 'E-9'],
    );
    const history = await api.client.get<{ items: Record<string, unknown>[] }>(`/orders/${ids.gone}/changes`);
    const taken = history.body.items.find(({ cause }) => cause === 'undo');
    assert.deepEqual([taken?.['fileId'], taken?.['undoReason']], [wrong.id, 'the report of another server']);
    assert.ok(typeof taken?.['changedByName'] === 'string', 'by whom');
  });

  it('answers for a payment that went, whether it stood alone or in an order', async () => {
    await upload('machine.csv', csvBytes(rowsOfHappyWorkers([{ number: 'P-1', kind: 'click' }])));
    const payments = await upload('click.csv', csvBytes(rowsOfPayments('click', [{}, { amount: 77_000 }])));
    const { rows } = await sql.query<{ id: string }>(`select orphan_order_id as id from gateway_payments order by id`);
    await undo(`/files/${payments.id}`, { reason: 'the payments of another shop' });
    for (const { id } of rows) {
      const { status, body } = await api.client.get<{ error: { code: string } }>(`/orders/${id}`);
      assert.deepEqual([status, body.error.code], [410, 'order_undone'], id);
    }
  });

  it('counts a file of the same bytes that is being recognised as a duplicate at this very moment', async () => {
    const content = csvBytes(rowsOfHappyWorkers([{ number: 'R-1' }]));
    const first = await upload('first.csv', content);
    const loaded = await pictureOf(sql);
    // an undo that has come as far as its last statements holds the row of its file
    await sql.query('begin');
    await sql.query(`select 1 from uploaded_files where id = $1 for no key update`, [first.id]);
    const answer = await api.client.upload([{ name: 'second.csv', content }]);
    const second = answer.body.session.files[0]?.id ?? '';
    await eventually(async () => {
      const { rows } = await api.client
        .get<{ items: unknown[] }>('/files?limit=1')
        .then(() => sql.query(`select 1 from uploaded_files where id = $1 and attempts = 0 and fence > 0`, [second]));
      assert.equal(rows.length, 1);
    });
    await sql.query(`update uploaded_files set name = name where id = $1`, [first.id]);
    assert.notEqual((await fileOf(second)).status, 'duplicate', 'nobody is told yet');
    await sql.query('commit');
    await undo(`/files/${first.id}`, { reason: 'the first of the two' });
    await eventually(async () => assert.equal((await fileOf(second)).status, 'completed'), { timeoutMs: 60_000 });
    assert.equal((await pictureOf(sql))['orders']?.length, loaded['orders']?.length);
    await undo(`/files/${second}`, { reason: 'and then the second' });
    await assertNothingLeft();
  });

  it('never lets a file that was only looked at count in place of the one that was undone', async () => {
    const content = csvBytes(rowsOfHappyWorkers([{ number: 'V-1' }]));
    const first = await upload('first.csv', content);
    const { body } = await api.client.upload([{ name: 'seen.csv', content }], { preview: true });
    const [seen] = await filesOf(body.session.id);
    assert.equal(seen?.status, 'duplicate');
    await undo(`/files/${first.id}`, { reason: 'nobody applied the other' });
    await assertNothingLeft();
  });
});
