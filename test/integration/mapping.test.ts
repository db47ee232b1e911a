/**
 * Every answer of POST /files/:id/mapping: what was read wrongly is read as the operator says, and so is the next file
 * of the same headers.
 */
import assert from 'node:assert/strict';
import { asText } from '../../scripts/make-month/layouts.ts';
import { csvBytes, rowsOfHappyWorkers, xlsxBytes, type Rows } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { encodeAs } from '../unit/readers/reading.ts';

interface FileBody {
  id: string;
  sessionId: string;
  status: string;
  source: string | null;
  rows: Record<string, number>;
  error: { code: string; params: Record<string, unknown> } | null;
  recognition: {
    headerRow: number | null;
    sheet: string | null;
    delimiter: string | null;
    encoding: string | null;
    columns: { header: string; field: string | null; style: string | null }[];
    question: { code: string } | null;
    drift: { added: string[]; removed: string[] } | null;
    preview: (string | null)[][];
  };
}

const PRICE = 'Цена заказа';

describe('the answers of an operator', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url, SYNC_WAIT_MS: '60000' });
  });
  after(async () => {
    await api.close();
    await database.drop();
  });

  const file = async (id: string): Promise<FileBody> => (await api.client.get<FileBody>(`/files/${id}`)).body;

  async function upload(name: string, content: Uint8Array): Promise<FileBody> {
    const answer = await api.client.upload([{ name, content: new Uint8Array(content) }]);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return file(answer.body.session.files[0]!.id);
  }

  async function answered(asked: FileBody, answer: Record<string, unknown>): Promise<FileBody> {
    assert.equal(asked.status, 'needs_mapping');
    const { status, body } = await api.client.post(`/files/${asked.id}/mapping`, answer);
    assert.ok(status === 200 || status === 202, JSON.stringify(body));
    await api.client.waitForSession(asked.sessionId);
    return file(asked.id);
  }

  async function order(number: string): Promise<{ price: string; goodsName: string }> {
    const { body } = await api.client.get<{ items: { price: string; goodsName: string }[] }>(`/orders?q=${number}`);
    assert.equal(body.items.length, 1, number);
    return body.items[0]!;
  }

  const sales = (prefix: string): Rows => rowsOfHappyWorkers([{ number: `${prefix}-1` }, { number: `${prefix}-2` }]);
  const cells = (rows: Rows): string[][] => rows.map((row) => row.map(asText));
  const done = ({ status, source, rows }: FileBody) => [status, source, rows['new'], rows['rejected']];
  const LOADED = ['completed', 'happy_workers', 2, 0];

  /** Headers that no report has: nothing shows which reading of the bytes is the right one. */
  const foreign = (prefix: string): string[][] =>
    cells(sales(prefix)).map((row, i) => row.map((cell, at) => (i === 0 ? `C${at}` : cell.replaceAll(',', ' '))));
  const columns = Object.fromEntries(
    [
      'Номер заказа',
      'Наименование товара',
      'Статус платежа',
      'Машинный код',
      PRICE,
      'Статус варки',
      'Время создания',
    ].map((header, i) => [
      `C${sales('x')[0]!.indexOf(header)}`,
      ['order_number', 'goods_name', 'payment_status', 'machine_code', 'order_price', 'brew_status', 'creation_time'][
        i
      ]!,
    ]),
  );

  it('on the encoding are kept to, and remembered', async () => {
    const koi = (prefix: string) => encodeAs(csvBytes(foreign(prefix)).toString(), 'koi8-r');
    const asked = await upload('koi.csv', koi('KOI-A'));
    assert.equal(asked.recognition.encoding, 'windows-1251');
    const read = await answered(asked, { encoding: 'koi8-r', source: 'happy_workers', columns, remember: true });
    assert.deepEqual([...done(read), read.recognition.encoding], [...LOADED, 'koi8-r']);
    assert.equal((await order('KOI-A-1')).goodsName, 'Капучино');
    const next = await upload('koi next.csv', koi('KOI-B'));
    assert.deepEqual([...done(next), next.recognition.encoding], [...LOADED, 'koi8-r']);
    assert.equal((await order('KOI-B-1')).goodsName, 'Капучино');
  });

  it('on the delimiter are kept to, and remembered', async () => {
    // More commas in every line than bars, as many in each.
    const barred = (prefix: string) =>
      Buffer.from(
        foreign(prefix)
          .map((row) => [...row, 'x,'.repeat(40)].join('|'))
          .join('\n'),
      );
    const asked = await upload('bars.csv', barred('BAR-A'));
    assert.equal(asked.recognition.delimiter, ',');
    const read = await answered(asked, { delimiter: '|', source: 'happy_workers', columns, remember: true });
    assert.deepEqual([...done(read), read.recognition.delimiter], [...LOADED, '|']);
    const next = await upload('bars next.csv', barred('BAR-B'));
    assert.deepEqual([...done(next), next.recognition.delimiter], [...LOADED, '|']);
  });

  it('on the row of the header are kept to, and remembered', async () => {
    const deep = (prefix: string) =>
      csvBytes([...Array.from({ length: 20 }, (_, i) => [`Строка ${i + 1}`, 'Отчёт', 'Отчёт']), ...sales(prefix)]);
    const asked = await upload('deep.csv', deep('DEEP-A'));
    assert.ok(asked.recognition.preview.length >= 15, 'the first rows are shown');
    const read = await answered(asked, { headerRow: 21, remember: true, source: 'happy_workers' });
    assert.deepEqual([...done(read), read.recognition.headerRow], [...LOADED, 21]);
    const next = await upload('deep next.csv', deep('DEEP-B'));
    assert.deepEqual([...done(next), next.recognition.headerRow], [...LOADED, 21]);
  });

  it('on the sheet are kept to, and remembered', async () => {
    const book = (prefix: string) => {
      const [mine, other] = [sales(prefix), sales(`${prefix}-OLD`)];
      for (const rows of [mine, other]) rows[0]![rows[0]!.indexOf(PRICE)] = 'Сколько';
      return xlsxBytes({ Черновик: other, Итоги: mine });
    };
    const asked = await upload('two.xlsx', await book('SHEET-A'));
    const answer = { sheet: 'Итоги', source: 'happy_workers', columns: { Сколько: 'order_price' }, remember: true };
    const read = await answered(asked, answer);
    assert.deepEqual([...done(read), read.recognition.sheet], [...LOADED, 'Итоги']);
    const next = await upload('two next.xlsx', await book('SHEET-B'));
    assert.deepEqual([...done(next), next.recognition.sheet], [...LOADED, 'Итоги']);
    assert.equal((await api.client.get<{ items: unknown[] }>('/orders?q=SHEET-B-OLD')).body.items.length, 0);
  });

  it('on how numbers are written are kept to, remembered, and survive a change of the columns that is accepted by one call', async () => {
    const priced = (prefix: string, extra: string[] = []) => {
      const rows = sales(prefix);
      const at = rows[0]!.indexOf(PRICE);
      rows.forEach((row, i) => {
        row[at] = i === 0 ? 'Сумма порции' : '15,500';
        row.push(...extra.map((name) => (i === 0 ? name : 'x')));
      });
      return csvBytes(rows, { delimiter: ';' });
    };
    const asked = await upload('numbers.csv', priced('NUM-A'));
    const answer = {
      source: 'happy_workers',
      columns: { 'Сумма порции': 'order_price' },
      styles: { order_price: 'comma' },
      remember: true,
    };
    const read = await answered(asked, answer);
    assert.deepEqual(done(read), LOADED);
    assert.equal(read.recognition.columns.find(({ field }) => field === 'order_price')?.style, 'comma');
    assert.equal(Number((await order('NUM-A-1')).price), 15.5);
    assert.deepEqual(done(await upload('numbers next.csv', priced('NUM-B'))), LOADED);
    assert.equal(Number((await order('NUM-B-1')).price), 15.5);

    const changed = await upload('numbers changed.csv', priced('NUM-C', ['Смена']));
    assert.equal(changed.recognition.question?.code, 'mapping_drift');
    assert.deepEqual(changed.recognition.drift?.added, ['Смена']);
    assert.deepEqual(done(await answered(changed, { acceptDrift: true })), LOADED);
    assert.equal(Number((await order('NUM-C-1')).price), 15.5);
    assert.deepEqual(done(await upload('numbers later.csv', priced('NUM-D', ['Смена']))), LOADED);

    // a report as it always is has nothing to do with those columns
    assert.deepEqual(done(await upload('as ever.csv', csvBytes(sales('NUM-P')))), LOADED);

    const other = await upload(
      'numbers as they look.csv',
      csvBytes(sales('NUM-E').map((row) => row.map((cell) => (cell === PRICE ? 'Цена за порцию' : cell)))),
    );
    const plain = await answered(other, { source: 'happy_workers', columns: { 'Цена за порцию': 'order_price' } });
    assert.deepEqual(done(plain), LOADED);
    const again = await upload(
      'not remembered.csv',
      csvBytes(sales('NUM-F').map((row) => row.map((cell) => (cell === PRICE ? 'Цена за порцию' : cell)))),
    );
    assert.equal(again.status, 'needs_mapping', 'what nobody asked to remember is asked again');
  });

  it('that lead nowhere are told, and may be given again', async () => {
    const rows = sales('WRONG');
    rows[0]![rows[0]!.indexOf(PRICE)] = 'Почём';
    const asked = await upload('wrong.xlsx', await xlsxBytes({ a: rows }));
    const failed = await answered(asked, { sheet: 'b' });
    assert.deepEqual(
      [failed.status, failed.error?.code, failed.error?.params['reason']],
      ['failed', 'bad_file', 'no_such_sheet'],
    );
    for (const answer of [
      { delimiter: 'x' },
      { headerRow: 0 },
      { styles: { order_price: 'roman' } },
      { source: 'bank' },
      { unknown: 1 },
    ]) {
      assert.equal((await api.client.post(`/files/${asked.id}/mapping`, answer)).status, 400, JSON.stringify(answer));
    }
    const { status } = await api.client.post(`/files/${asked.id}/mapping`, {
      sheet: 'a',
      source: 'happy_workers',
      columns: { Почём: 'order_price' },
    });
    assert.ok(status === 200 || status === 202);
    await api.client.waitForSession(asked.sessionId);
    assert.deepEqual(done(await file(asked.id)), LOADED);
    assert.equal(
      (await api.client.post(`/files/${asked.id}/mapping`, { headerRow: 2 })).status,
      409,
      'what is loaded is loaded',
    );
  });
});
