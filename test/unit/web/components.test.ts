/**
 * What components of the page make of what they are given, without a browser. What happens in one is in test/browser.
 */
import assert from 'node:assert/strict';
import { PROBLEM_STATUSES } from '../../../client/vocabulary.ts';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';

const KINDS = ['Принять как есть', 'Связать', 'Разорвать связь'];
const web = join(import.meta.dirname, '../../../web');

describe('components of the page', function () {
  this.timeout(120_000);
  let server: ViteDevServer;
  let renderIn: (component: unknown, props: Record<string, unknown>) => Promise<string>;

  before(async () => {
    server = await createServer({
      configFile: join(web, 'vite.config.ts'),
      appType: 'custom',
      logLevel: 'error',
      server: { middlewareMode: true, hmr: false, ws: false, watch: null },
      optimizeDeps: { noDiscovery: true, include: [] },
    });
    ({ render: renderIn } = (await server.ssrLoadModule('/test/render.ts')) as { render: typeof renderIn });
  });
  after(() => server.close());

  /** Its words, one space between them. */
  async function shown(component: string, props: Record<string, unknown>): Promise<string> {
    const { default: loaded } = (await server.ssrLoadModule(`/src/${component}`)) as { default: unknown };
    const html = await renderIn(loaded, props);
    return html
      .replaceAll(/<!--.*?-->/gs, '')
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
  }

  it('the sum of rows is written out so that anyone can add it up', async () => {
    const totals = { read: 12_000, new: 9_000, updated: 1_000, unchanged: 1_500, rejected: 300, skipped: 200 };
    const text = await shown('parts/row-sum.vue', { totals });
    assert.deepEqual(
      text.match(/[=+]\s[\d\s]+/g)?.map((term) => Number(term.replaceAll(/\D/g, ''))),
      [9_000, 1_000, 1_500, 300, 200],
    );
    assert.match(text, /12\s000/);
  });

  it('a filter shows each condition as a word that can be taken away, and nothing where there is none', async () => {
    const { emptyFilter } = (await server.ssrLoadModule('/src/orders/filter.ts')) as {
      emptyFilter: () => Record<string, unknown>;
    };
    const of = (changes: Record<string, unknown>) =>
      shown('orders/active-filters.vue', { filter: { ...emptyFilter(), ...changes } });
    assert.equal(await of({}), '');
    assert.match(await of({ status: ['price_mismatch'], amountFrom: '15000' }), /Разная цена.*≥ 15\s000/);
    const problems = await of({ status: [...PROBLEM_STATUSES] });
    assert.doesNotMatch(problems, /Разная цена/, 'all problems are one word, not a list of statuses');
  });

  it('a file that is tried again says why, how often and when next', async () => {
    const retry = { reason: 'storage', attempts: 3, nextAttemptAt: '2026-05-01T10:20:30.000+05:00' };
    assert.match(await shown('files/retry-notice.vue', { retry }), /3.*10:20/);
    const now = await shown('files/retry-notice.vue', { retry: { ...retry, nextAttemptAt: null } });
    assert.doesNotMatch(now, /10:20/);
  });

  it('a large file whose rows are read is said to take its turn, not to be written already', async () => {
    const of = (rowsRead: number, phase = 'merging') =>
      shown('files/file-progress.vue', { file: { phase, rowsRead, progress: 0.8 } });
    assert.match(await of(500_000), /по очереди/);
    assert.match(await of(500), /^записываем: 500 строк/);
    assert.match(await of(500_000, 'reading'), /^читаем строки/);
  });

  it('the audit log names the steps of an exchange of keys, not those of a queue', async () => {
    const of = (step: string) => {
      const entry = { id: '1', at: '2026-05-01T10:00:00.000+05:00', action: 'keys.rotated', subject: null, note: null };
      return shown('people/audit-table.vue', { entries: [{ ...entry, details: { step } }] });
    };
    assert.match(await of('promote'), /новый ключ подписывает/);
    assert.match(await of('retire'), /прежний ключ убран/);
  });

  const nothing = { removed: 0, restored: 0, kept: 0 };
  const receipt = {
    rows: nothing,
    orders: { removed: 0, changed: 0 },
    statuses: [],
    issues: [],
    decisions: { stale: 0 },
    coverage: [],
    files: [],
  };

  it('a receipt of an undo tells what changes and leaves out what stays', async () => {
    const text = await shown('files/undo-receipt.vue', {
      receipt: { ...receipt, rows: { ...nothing, removed: 21 }, orders: { removed: 1, changed: 0 } },
    });
    assert.match(text, /21 строка/);
    assert.match(text, /1 заказ /);
    assert.doesNotMatch(text, /\b0\b/);
  });

  it('a receipt of an undo that was made tells what has changed, not what will', async () => {
    const made = { ...receipt, rows: { ...nothing, removed: 2, kept: 1 }, orders: { removed: 1, changed: 3 } };
    assert.match(
      await shown('files/undo-receipt.vue', { receipt: made }),
      /2 строки уходят .*остаётся.*3 заказа меняются/,
    );
    const told = await shown('files/undo-receipt.vue', { receipt: made, done: true });
    assert.match(told, /2 строки ушли .*1 строка осталась.*1 заказ исчез .*3 заказа изменились/);
    assert.doesNotMatch(told, /уходят|остаётся|исчезает|меняются/);
  });

  it('a receipt never says that more orders than there are have a status: receipts and payments may be ambiguous too', async () => {
    const status = (code: string, count: number) => ({ from: code, to: null, count, sum: '1000' });
    const undone = {
      ...receipt,
      orders: { removed: 12, changed: 0 },
      statuses: [status('ambiguous_match', 14), status('hw_only', 5)],
    };
    const text = await shown('files/undo-receipt.vue', { receipt: undone });
    assert.match(text, /12 заказов.* 14 со статусом «Неоднозначно» \(.*\), считая чеки.* из них 5 /);
    const appearing = undone.statuses.map((one) => ({ ...one, from: null, to: one.from }));
    const seen = { ...receipt, orders: { new: 19, changed: 0 }, statuses: appearing };
    const preview = await shown('files/preview-receipt.vue', { receipt: seen });
    assert.match(preview, /5 новых заказов.* из них 5 .*14 со статусом «Неоднозначно» \(.*\), считая чеки/);
  });

  it('a receipt of an undo that changes nothing says so', async () => {
    assert.notEqual(await shown('files/undo-receipt.vue', { receipt }), '');
  });

  const missing = [
    { source: 'click', from: '2025-06-10', to: '2025-06-16', days: 7, expectedBy: '2025-06-11', lastSeen: '' },
    { source: 'payme', from: '2025-06-20T14:00:00.000+05:00', to: '2025-06-20T16:30:00.000+05:00', days: 1 },
  ];

  it('the first page says which report to fetch, from where and of which days, and nothing when all is there', async () => {
    const text = await shown('reconciliation/missing-notice.vue', { items: missing });
    assert.match(text, /Click, 10\.06\.2025–16\.06\.2025: выгрузите реестр платежей в кабинете продавца Click/);
    assert.match(text, /Payme, 20\.06\.2025 14:00–16:30: /);
    assert.equal(await shown('reconciliation/missing-notice.vue', { items: [] }), '');
  });

  it('the calendar marks the days that should be there, with the report to fetch', async () => {
    const ranges = [{ from: '2025-06-01T00:00:00.000+05:00', to: '2025-06-30T23:00:00.000+05:00' }];
    const coverage = [{ source: 'payme', ranges, days: [], emptyDays: [] }];
    const count = async (items: unknown[]): Promise<[number, number]> => {
      const text = await shown('reconciliation/coverage-calendar.vue', { coverage, missing: items });
      return [text.split('кабинете продавца Click').length - 1, text.split('кабинете продавца Payme').length - 1];
    };
    assert.deepEqual(
      [await count(missing), await count([])],
      [
        [7, 1],
        [0, 0],
      ],
    );
  });

  const near = {
    recordId: 'r1',
    orderId: '7',
    orderNumber: null,
    key: 'check-1',
    source: 'fiscal_bills',
    amount: '15000',
    time: '2025-06-10T12:00:00.000+05:00',
    timeDeltaS: -75,
    amountDelta: '0',
    reason: { code: 'outside_window', message: 'вне окна' },
  };

  it('a record that nearly fits says how far it is, and is offered only where it can be linked', async () => {
    const linkable = await shown('orders/near-record.vue', { near, linkable: true });
    assert.match(linkable, /вне окна.*−75 с/);
    assert.match(linkable, /Связать/);
    assert.doesNotMatch(await shown('orders/near-record.vue', { near, linkable: false }), /Связать/);
    const dead = { ...near, reason: { code: 'not_live', message: 'отменён' } };
    assert.doesNotMatch(await shown('orders/near-record.vue', { near: dead, linkable: true }), /Связать/);
  });

  it('why an order has its status: the rule in words, and only the lists that hold something', async () => {
    const why = { rule: '8', message: 'Чек пробит позже', differences: [], candidates: [], nearMisses: [near] };
    const text = await shown('orders/why-box.vue', { order: { orderNumber: 'ff01', why }, mayDecide: false });
    assert.match(text, /Чек пробит позже/);
    assert.match(text, /вне окна/);
  });

  it('an order with one candidate says that another order has the same: there is nothing to choose among', async () => {
    const why = (candidates: unknown[]) => ({ rule: '2', message: '', differences: [], candidates, nearMisses: [] });
    const of = (candidates: unknown[]) =>
      shown('orders/why-box.vue', { order: { orderNumber: 'ff01', why: why(candidates) }, mayDecide: true });
    const alone = await of([near]);
    assert.match(alone, /так же хорошо подходит другому заказу/);
    assert.doesNotMatch(alone, /Выберите верную/);
    assert.match(await of([near, { ...near, recordId: 'r9' }]), /Выберите верную/);
  });

  const order = { id: '7', orderNumber: 'ff01', legs: { fiscal_bills: { recordId: 'r2', key: 'check-2' } } };

  it('a decision offers to link only what is near, to unlink only what is linked, and neither for a proof without order', async () => {
    const of = (changes: Record<string, unknown>, choices: unknown[]) =>
      shown('orders/decision-form.vue', { order: { ...order, ...changes }, choices, proposed: null });
    const kinds = (text: string) => KINDS.filter((kind) => text.includes(kind));
    const both = kinds(await of({}, [{ recordId: 'r1', label: 'чек' }]));
    const orphan = kinds(await of({ orderNumber: null }, [{ recordId: 'r1', label: 'чек' }]));
    assert.deepEqual([both, orphan], [KINDS, KINDS.slice(0, 1)]);
  });

  it('what is left to do stands without the sentence that all else agrees', async () => {
    const why = { rule: '10', message: '', differences: [], candidates: [], nearMisses: [] };
    const of = (issues: string[]) =>
      shown('orders/code-help.vue', { order: { status: 'fully_matched', issues, settled: false, why } });
    assert.match(await of([]), /Все нужные источники есть и согласны/);
    const refund = await of(['refund_not_executed']);
    assert.match(refund, /верните деньги.*Отмените платёж/);
    assert.doesNotMatch(refund, /согласны/);
  });

  it('a histogram says how many more twice the tolerance would match, unless it is none', async () => {
    const of = (matchedAt2x: number) =>
      shown('reconciliation/time-histogram.vue', {
        histogram: { pair: 'happy_workers-click', toleranceS: 60, buckets: [], matchedAt2x },
      });
    assert.match(await of(3), /сошлось бы ещё: 3/);
    assert.doesNotMatch(await of(0), /ещё/);
  });

  it('revenue by month compares whole months alone and adds all of them up', async () => {
    const tally = (sum: string) => ({ count: 1, sum });
    const sums = ['100', '150', '10'].map(tally);
    const months = ['2025-05', '2025-06', '2025-07'];
    const machine = { machineCode: 'e5f7', machineName: null, months: sums, total: tally('260') };
    const bounds = { from: '2025-05-01T00:00:00.000+05:00', to: '2025-07-02T00:00:00.000+05:00' };
    const text = await shown('analytics/machine-months.vue', {
      answer: { ...bounds, months, items: [machine], totals: sums },
    });
    assert.deepEqual(
      text.match(/[+\u2212]\d+.%/g)?.map((one) => one.slice(0, 3)),
      ['+50'],
      'one day is no month',
    );
    assert.match(text, /Итого 100 150 10 260$/);
  });

  it('an upload that was only looked at, or was taken back, is not called done', async () => {
    const { stateOf } = (await server.ssrLoadModule('/src/files/session-state.ts')) as {
      stateOf: (session: { status: string; files: { status: string }[] }) => string;
    };
    const of = (...statuses: string[]) =>
      stateOf({ status: 'completed', files: statuses.map((status) => ({ status })) });
    assert.deepEqual(
      [of('previewed'), of('undone', 'undone'), of('undone', 'completed'), of()],
      ['previewed', 'undone', 'completed', 'completed'],
    );
  });

  const asked = {
    id: 'f1',
    source: null,
    recognition: {
      question: { code: 'source_unknown', params: {}, candidates: ['vendhub'], message: 'Что это за отчёт?' },
      columns: [
        { header: 'Товар', field: 'goods_name' },
        { header: 'Цена продажи', field: null },
      ],
      suggestions: { vendhub: { 'Цена продажи': 'order_price' } },
      preview: [],
      drift: null,
    },
  };

  it('a question about a file shows its columns and names the required fields that nobody has found', async () => {
    const text = await shown('files/mapping-form.vue', { file: asked });
    assert.match(text, /Что это за отчёт\?/);
    assert.match(text, /Товар/);
    assert.match(text, /Для этого отчёта не хватает: \S/);
  });

  it('a question about records that would be overwritten offers three answers', async () => {
    const question = {
      code: 'identities',
      params: {},
      candidates: [],
      message: 'Строки заменят 5 записей',
      hint: 'Новые ли это?',
    };
    const text = await shown('files/replace-question.vue', { file: asked, question });
    assert.match(text, /Строки заменят 5 записей.*Новые ли это\?/);
  });
});
