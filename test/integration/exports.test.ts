import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { read, utils } from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { extractText } from 'unpdf';
import { execute, selectRow } from '../../shared/db/rows.ts';
import { expireExports } from '../../shared/exports/expire-exports.ts';
import { eventually } from '../support/eventually.ts';
import { nextExport } from '../../shared/exports/export-turns.ts';
import { openTestApi, openTestWorker, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import {
  makeOrders,
  type ErrorBody,
  HW,
  BROKEN,
  endedExport,
  exportedFile,
  type ExportBody,
  type ExportOrder,
} from '../support/exports.ts';

const ORDER_COUNT = 3_500;
const EN = { headers: { 'accept-language': 'en' } };

describe('exports', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, LEASE_MS: '1000' }, { sweepIntervalMs: 200 });
    await makeOrders(db(), ORDER_COUNT);
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;

  const ended = (id: string) => endedExport(api, id);
  const exported = (body: ExportOrder, options = {}) => exportedFile(api, body, options);
  const csv = (bytes: Buffer): Record<string, string>[] =>
    parse(bytes, { bom: true, columns: true, delimiter: [',', ';'] });

  async function upload(name: string, content: string): Promise<string> {
    const sent = await api.client.upload([{ name, content }]);
    const session = await api.client.waitForSession(sent.body.session.id);
    return session.files[0]?.id ?? '';
  }

  it('all orders of exactly this filter, newest first, in the words of the user', async () => {
    const filter = { status: 'hw_only', pending: 'true', machine: 'bbbbbbbbbbbb' };
    const totals = await api.client.get<{ count: number; sum: string }>(
      `/orders/totals?${new URLSearchParams(filter).toString()}`,
    );
    const { done, bytes, headers } = await exported({ kind: 'orders', format: 'csv', filter });
    const rows = csv(bytes);
    assert.ok(rows.length > 10);
    assert.deepEqual([rows.length, done.rows], [totals.body.count, totals.body.count]);
    assert.equal(
      rows.reduce((sum, row) => sum + Number(row['Сумма']), 0),
      Number(totals.body.sum),
    );
    const times = rows.map((one) => (one['Дата и время'] ?? '').replace(/^(\d\d)\.(\d\d)\.(\d{4})/, '$3-$2-$1'));
    assert.ok(times.every((time, at) => at === 0 || time < (times[at - 1] ?? '')));
    const [row] = rows.filter((one) => one['Коды'] !== '');
    assert.deepEqual(
      [row?.['Статус'], row?.['Код статуса'], row?.['Ждёт отчёта'], row?.['Разобран'], row?.['Что не сходится']],
      ['Нет в VendHub', 'hw_only', 'да', 'нет', 'Оплачено, но не выдано: покупателю нужно вернуть деньги'],
    );
    assert.equal(headers.get('content-type'), 'text/csv; charset=utf-8');
    const disposition = headers.get('content-disposition') ?? '';
    assert.match(disposition, /^attachment; filename="orders-\d{4}-\d{2}-\d{2}-\d{4}\.csv"/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });

  it('in English where that is the language of the request; lists and flags as JSON has them', async () => {
    const body = {
      kind: 'orders',
      format: 'csv',
      filter: { status: ['hw_only', 'fully_matched'], paymentType: ['cash'], pending: false },
    };
    const { bytes } = await exported(body, EN);
    const rows = csv(bytes);
    const totals = await api.client.get<{ count: number }>(
      '/orders/totals?status=hw_only,fully_matched&paymentType=cash&pending=false',
    );
    assert.equal(rows.length, totals.body.count);
    assert.deepEqual([...new Set(rows.map((row) => row['Payment']))], ['Cash']);
    assert.deepEqual(new Set(rows.map((row) => row['Status'])), new Set(['Matched', 'Not in VendHub']));
  });

  it('in Uzbek: headings, words and reasons; both amounts and the difference stand in a row', async () => {
    const body = { kind: 'orders', format: 'csv', filter: { q: 'made-10', status: 'hw_only' } };
    const { bytes } = await exported(body, { headers: { 'accept-language': 'uz' } });
    const [row] = csv(bytes);
    assert.ok(row);
    assert.deepEqual(Object.keys(row).slice(6, 14), [
      'Summa',
      'VendHub summasi',
      'Cheklar summasi',
      'Toʻlovlar summasi',
      'Farq',
      'Toʻlov',
      'Status',
      'Nima uchun',
    ]);
    assert.deepEqual([row['Status'], row['Nima uchun']], ['VendHub’da yoʻq', 'VendHub hisobotida bunday raqam yoʻq']);
  });

  it('xlsx: every order once, over many batches, with numbers and times as such', async () => {
    const { done, bytes, headers } = await exported({ kind: 'orders', format: 'xlsx', filter: {} });
    assert.equal(done.rows, ORDER_COUNT);
    assert.match(headers.get('content-type') ?? '', /spreadsheetml/);
    const workbook = read(bytes, { cellDates: false });
    assert.deepEqual(workbook.SheetNames, ['Заказы']);
    const cells = workbook.Sheets['Заказы'];
    assert.ok(cells);
    const lines = utils.sheet_to_json<unknown[]>(cells, { header: 1, raw: true });
    const header = lines.findIndex((line) => line[0] === 'Номер заказа');
    assert.deepEqual([lines[0]?.[0], lines[1]?.[0]], ['Заказы', 'Период: за всё время']);
    const listed = lines.slice(header + 1, -1);
    assert.equal(listed.length, ORDER_COUNT);
    assert.equal(new Set(listed.map((line) => line[0])).size, ORDER_COUNT);
    const sum = listed.reduce((total, line) => total + Number(line[6]), 0);
    assert.deepEqual([lines.at(-1)?.[0], lines.at(-1)?.[1], lines.at(-1)?.[6]], ['Всего', ORDER_COUNT, sum]);
    const [newest] = listed;
    assert.equal(newest?.[0], `made-${ORDER_COUNT}`);
    assert.equal(newest?.[6], 10_000 + ORDER_COUNT);
    assert.equal(cells[`B${header + 2}`].w, '03.07.2025 10:20:00');
  });

  it('history, rejected rows and analytics; what looks like a formula stays text', async () => {
    await upload('first.csv', HW('10000'));
    const second = await upload('second.csv', HW('12000'));
    const changes = csv((await exported({ kind: 'changes', format: 'csv', filter: { fileId: second } })).bytes);
    assert.deepEqual(
      changes.map((row) => [
        row['Номер заказа'],
        row['Колонка'],
        row['Старое значение'],
        row['Новое значение'],
        row['Тип изменения'],
        row['Файл'],
      ]),
      [['real-1', 'Цена заказа', '10000', '12000', 'Изменено', 'second.csv']],
    );
    const [order] = csv((await exported({ kind: 'orders', format: 'csv', filter: { q: 'real-1' } })).bytes);
    assert.deepEqual([order?.['Товар'], order?.['Вкус'], order?.['Версия']], [`'=SUM(A1)`, 'Сладкий', '2']);

    const broken = await upload('broken.csv', BROKEN);
    const errors = csv((await exported({ kind: 'errors', format: 'csv', filter: { fileId: broken } })).bytes);
    assert.deepEqual(
      errors.map((row) => [row['Строка'], row['Колонка'], row['Значение'], row['Что не так'], row['Код']]),
      [['3', 'Order price', 'ten', 'Число не удалось прочитать', 'number_unreadable']],
    );

    const figures = await exported({
      kind: 'analytics',
      format: 'xlsx',
      filter: { from: '2025-07-01', to: '2025-07-31', group: 'month' },
    });
    const workbook = read(figures.bytes);
    assert.deepEqual(workbook.SheetNames.slice(0, 3), ['Сводка', 'Типы оплаты', 'Топ автоматы']);
    const answer = await api.client.get<{ revenue: { count: number; sum: string } }>(
      '/analytics/summary?from=2025-07-01&to=2025-07-31',
    );
    const summary = utils.sheet_to_json<unknown[]>(workbook.Sheets['Сводка'] as never, { header: 1 });
    assert.deepEqual(summary[0], ['Сводка']);
    const { count, sum } = answer.body.revenue;
    assert.deepEqual(summary.find(([figure]) => figure === 'Выручка')?.slice(1), [count, Number(sum)]);
    const text = (await exported({ kind: 'analytics', format: 'csv' })).bytes.toString('utf8');
    assert.match(text, /^\ufeffСводка\r\n/);
    assert.match(text, /\r\n\r\nТипы оплаты\r\n/);
  });

  it('xls for old programs and pdf for paper: every order of the filter, in the words of the user', async () => {
    const filter = { status: 'hw_only' };
    const xls = await exported({ kind: 'orders', format: 'xls', filter });
    assert.match(xls.headers.get('content-disposition') ?? '', /\.xls/);
    const book = read(xls.bytes, { cellDates: false });
    const rows = utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 });
    const head = rows.findIndex((row) => row.includes('Номер заказа'));
    const numbers = rows.slice(head + 1).map((row) => String(row[rows[head]!.indexOf('Номер заказа')]));
    assert.equal(numbers.filter((text) => text.startsWith('made-')).length, ORDER_COUNT / 5);
    const pdf = await exported({ kind: 'orders', format: 'pdf', filter: { ...filter, paymentType: 'cash' } });
    assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    const { text } = await extractText(new Uint8Array(pdf.bytes), { mergePages: true });
    assert.match(text, /Номер заказа/);
    for (const number of ['made-15', 'made-3480']) assert.ok(text.includes(number), number);
  });

  it('what cannot be exported is refused in a sentence', async () => {
    const refused = async (body: unknown, options = {}) => {
      const answer = await api.client.post<ErrorBody>('/exports', body, options);
      assert.equal(answer.status, 400, JSON.stringify(answer.body));
      assert.equal(answer.body.error.code, 'validation_failed');
      return answer.body.error.details.issues?.[0];
    };
    assert.deepEqual(
      await refused({ kind: 'orders', format: 'docx', filter: {} }).then((issue) => issue?.path),
      'format',
    );
    assert.equal((await refused({ kind: 'orders', format: 'csv', filter: { stauts: 'hw_only' } }))?.path, 'filter');
    assert.equal(
      (await refused({ kind: 'orders', format: 'csv', filter: { status: 'nonsense' } }))?.path,
      'filter.status.0',
    );
    assert.equal((await refused({ kind: 'errors', format: 'csv', filter: {} }))?.path, 'filter.fileId');
    assert.equal(
      (await refused({ kind: 'errors', format: 'csv', filter: { fileId: randomUUID() } }))?.message,
      'Такого файла нет',
    );
    assert.ok(await refused({ kind: 'people', format: 'csv', filter: {} }));
    assert.equal((await api.client.get(`/exports/${randomUUID()}`)).status, 404);
    assert.equal((await api.client.get('/exports/abc')).status, 404);
  });

  it('a viewer may, it is in the audit log, and a single-use link opens the file once', async () => {
    const viewer = await (await makePerson(db(), { role: 'viewer' })).signIn(api.url);
    const asViewer = (path: string, body: unknown) =>
      fetch(`${api.url}/api/v1${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${viewer.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const made = (await (
      await asViewer('/exports', { kind: 'orders', format: 'csv', filter: { q: 'made-77' } })
    ).json()) as ExportBody;
    await ended(made.id);
    const link = (await (await asViewer('/downloads', { path: `/exports/${made.id}/download` })).json()) as {
      url: string;
    };
    const first = await fetch(`${api.url}${link.url}`);
    assert.equal(first.status, 200);
    assert.match(await first.text(), /made-77/);
    assert.equal((await fetch(`${api.url}${link.url}`)).status, 401);
    const logged = await selectRow<{ details: { kind: string } }>(
      db(),
      `select details from audit_log where action = 'exports.created' and subject = ?`,
      [`export:${made.id}`],
    );
    assert.equal(logged?.details.kind, 'orders');
  });

  it('after a day the file is gone, and the answer says why', async () => {
    const { done } = await exported({ kind: 'orders', format: 'csv', filter: { q: 'made-7' } });
    const day = new Date(done.expiresAt ?? 0).getTime() - Date.now();
    assert.ok(Math.abs(day - 86_400_000) < 60_000, String(day));
    await execute(db(), `update exports set expires_at = now() - interval '1 second' where id = ?`, [done.id]);
    const stored = await selectRow<{ storage_key: string }>(db(), 'select storage_key from exports where id = ?', [
      done.id,
    ]);
    const { store } = api.opened.resources;
    for (const swept of [false, true]) {
      const answer = await api.client.get<ErrorBody>(`/exports/${done.id}/download`);
      assert.deepEqual(
        [answer.status, answer.body.error.code, answer.body.error.details.code],
        [404, 'not_found', 'expired'],
        `swept: ${swept}`,
      );
      assert.equal((await api.client.get<ExportBody>(`/exports/${done.id}`)).body.error?.code, 'expired');
      await expireExports({ db: db(), store });
    }
    assert.equal(await store.exists(stored?.storage_key ?? ''), false);
  });

  it('one person’s many exports do not stand before another’s, and small ones go first', async () => {
    const [greedy, modest] = [await makePerson(db()), await makePerson(db())];
    const order = async (by: string, small: boolean, ageS: number): Promise<string> => {
      const row = await selectRow<{ id: string }>(
        db(),
        `insert into exports (id, kind, format, created_by, small, created_at, next_attempt_at)
         values (gen_random_uuid(), 'orders', 'xlsx', ?, ?, now() - make_interval(secs => ?), now() + interval '1 hour')
           returning id`,
        [by, small, ageS],
      );
      return row?.id ?? '';
    };
    const large = [await order(greedy.id, false, 90), await order(greedy.id, false, 80)];
    const little = await order(greedy.id, true, 10);
    const other = [await order(modest.id, true, 5), await order(modest.id, false, 4)];
    const ids = [...large, little, ...other];
    // one look sees them all as due, and takes the next: no worker gets between
    const served = await db().transaction(async (trx) => {
      const order: string[] = [];
      await execute(trx, `update exports set next_attempt_at = now() - interval '1 second' where id = any(?)`, [ids]);
      for (
        let next = await nextExport(trx, { onlySmall: false });
        next !== null;
        next = await nextExport(trx, { onlySmall: false })
      ) {
        order.push(next.id);
        await execute(
          trx,
          `update exports set status = 'failed', error_code = 'cancelled', claimed_at = clock_timestamp() where id = ?`,
          [next.id],
        );
      }
      return order;
    });
    assert.deepEqual(served, [little, other[0], large[0], other[1], large[1]]);
  });

  it('a person may have so many on the way and keep so many bytes, also when all are asked for at once', async () => {
    const who = await makePerson(db());
    const { token } = await who.signIn(api.url);
    const order = async () => {
      const answer = await fetch(`${api.url}/api/v1/exports`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'accept-language': 'en' },
        body: JSON.stringify({ kind: 'orders', format: 'csv', filter: {} }),
      });
      const body = (await answer.json()) as { error?: { code: string; details: { code: string } } };
      return [answer.status, body.error?.details.code];
    };
    await execute(
      db(),
      `insert into exports (id, kind, format, created_by, next_attempt_at)
       select gen_random_uuid(), 'orders', 'csv', ?, now() + interval '1 hour' from generate_series(1, 19)`,
      [who.id],
    );
    const answers = await Promise.all(Array.from({ length: 6 }, order));
    assert.equal(answers.filter(([status]) => status === 202).length, 1);
    assert.ok(answers.every(([status, code]) => status === 202 || (status === 409 && code === 'too_many_exports')));
    const keep = (count: number, bytes: number) =>
      execute(
        db(),
        `insert into exports (id, kind, format, created_by, status, storage_key, size_bytes, expires_at)
         select gen_random_uuid(), 'orders', 'csv', ?, 'completed', 'exports/20250701/100000-' || gen_random_uuid(), ?,
           now() + interval '1 hour'
         from generate_series(1, ${count})`,
        [who.id, bytes],
      );
    const clear = () =>
      execute(
        db(),
        `update exports set status = 'failed', error_code = 'cancelled', storage_key = null where created_by = ?`,
        [who.id],
      );
    await clear();
    await keep(100, 10);
    assert.deepEqual(await order(), [409, 'exports_full']);
    await clear();
    await keep(2, 2 * 1024 ** 3);
    assert.deepEqual(await order(), [409, 'exports_full']);
    await clear();
    assert.deepEqual(await order(), [202, undefined]);
  });

  it('an export may be cancelled by whom it belongs to, and by nobody else below an administrator', async () => {
    const owner = await makePerson(db());
    const mine = await owner.signIn(api.url);
    const other = await (await makePerson(db())).signIn(api.url);
    const { rows } = await db().raw<{ rows: { id: string }[] }>(
      `insert into exports (id, kind, format, created_by, next_attempt_at)
       values (gen_random_uuid(), 'orders', 'csv', ?, now() + interval '1 hour') returning id`,
      [owner.id],
    );
    const cancel = (token: string) =>
      fetch(`${api.url}/api/v1/exports/${rows[0]?.id}/cancel`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      });
    assert.equal((await cancel(other.token)).status, 403);
    const answer = await cancel(mine.token);
    const body = (await answer.json()) as ExportBody;
    assert.deepEqual([answer.status, body.status, body.error?.code], [200, 'failed', 'cancelled']);
    assert.equal((await cancel(mine.token)).status, 200, 'twice does no harm');
  });

  it('with Redis up the worker writes it', async () => {
    const redis = await startRedis();
    const env = { DATABASE_URL: database.url, REDIS_URL: redis.url };
    const queued = await openTestApi(env);
    const worker = await openTestWorker(env);
    try {
      await eventually(() => assert.equal(queued.opened.resources.redis.isUp(), true));
      const made = await queued.client.post<ExportBody>('/exports', {
        kind: 'orders',
        format: 'xlsx',
        filter: { q: 'made-3' },
      });
      assert.equal(made.status, 202);
      const done = await ended(made.body.id);
      assert.equal(done.status, 'completed');
      assert.equal(queued.opened.resources.pool.activeCount(), 0);
    } finally {
      await worker.close();
      await queued.close();
      await redis.stop();
    }
  });
});
