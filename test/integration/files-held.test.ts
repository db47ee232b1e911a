/**
 * Files that wait for a word about what they would replace, and files with rows that cannot be: by the whole way of a
 * file.
 */
import assert from 'node:assert/strict';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

interface FileBody {
  id: string;
  sessionId: string;
  status: string;
  source: string | null;
  rows: Record<string, number>;
  warnings: { code: string; params: Record<string, unknown>; message: string }[];
  retry: unknown;
  recognition: { question: { code: string; message: string; params: Record<string, unknown> } | null };
}

const MACHINE = 'c81d181f0000';
const sales = (month: string): string =>
  [
    'ID;Order number;Goods ID;Time;Goods name;Order price;ИКПУ;Штрихкод;Маркировка;Order resource;Payment type;Machine Code',
    ...Array.from(
      { length: 30 },
      (_, n) =>
        `${n + 1};ud${month}${n};380;2025-${month}-10 10:${n + 10}:40;Latte;15000;02202004001000000;1;1;cash;Наличные;${MACHINE}`,
    ),
  ].join('\n');
const machines = [
  'Order number,Goods name,Order resource,Order type,Order status,Machine Code,Order price,Brew status,Creation time,Paying time,Delivery time',
  `n1,Latte,Cash payment,Normal order,Paid,${MACHINE},15000,Delivered,2025-05-10 10:00:00,2025-05-10 10:00:00,2025-05-10 09:50:00`,
  `n2,Latte,Cash payment,Normal order,Paid,${MACHINE},15000,Delivered,2025-05-10 11:00:00,2025-05-10 11:00:00,2025-05-10 11:00:40`,
].join('\n');

describe('a file that waits for a word, or holds what cannot be', function () {
  this.timeout(180_000);
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
  const upload = async (name: string, text: string): Promise<FileBody> => {
    const answer = await api.client.upload([{ name, content: new Uint8Array(Buffer.from(text)) }]);
    return file(answer.body.session.files[0]!.id);
  };

  it('is held when its rows would replace others, and loads as the operator says', async () => {
    assert.equal((await upload('june.csv', sales('06'))).status, 'completed');
    const july = await upload('july.csv', sales('07'));
    assert.deepEqual([july.status, july.source, july.rows['new']], ['needs_mapping', 'vendhub', 0]);
    assert.equal(july.recognition.question?.code, 'records_would_be_replaced');
    assert.match(july.recognition.question?.message ?? '', /^30 из 30 строк .*1: ud060 10\.06\.2025/);
    await api.client.post(`/files/${july.id}/mapping`, { identities: 'new' });
    await api.client.waitForSession(july.sessionId);
    const loaded = await file(july.id);
    assert.deepEqual([loaded.status, loaded.rows['new'], loaded.retry], ['completed', 30, null]);
    const { body } = await api.client.get<{ items: { status: string }[] }>('/orders?status=vendhub_only&limit=100');
    assert.equal(body.items.length, 60);
  });

  it('loads a row delivered before it was made, and names the row', async () => {
    const loaded = await upload('hw.csv', machines);
    assert.deepEqual([loaded.status, loaded.rows['new'], loaded.rows['rejected']], ['completed', 2, 0]);
    const warning = loaded.warnings.find(({ code }) => code === 'times_disagree');
    assert.deepEqual(warning?.params, { count: 1, rows: '2' });
    const { body } = await api.client.get<{ items: { orderNumber: string; issues: string[] }[] }>(
      '/orders?issue=times_disagree',
    );
    assert.deepEqual(
      body.items.map(({ orderNumber }) => orderNumber),
      ['n1'],
    );
  });
});
