import assert from 'node:assert/strict';
import { createEventParser, type ServerEvent } from '../../../web/src/api/event-parser.ts';
import type { Session } from '../../../web/src/api/types.ts';
import { compareLegs } from '../../../web/src/orders/compare.ts';
import { buildTimeline } from '../../../web/src/orders/timeline.ts';
import { changedCells } from '../../../web/src/orders/changed-cells.ts';
import { emptyFilter, filterFromQuery, queryFromFilter } from '../../../web/src/orders/filter.ts';
import { shortNumber, sumAmounts } from '../../../web/src/orders/numbers.ts';
import { stripOf } from '../../../web/src/system/strip.ts';
import { applyEvent } from '../../../web/src/files/apply-event.ts';

const noLegs = { happy_workers: null, vendhub: null, fiscal_bills: null, payme: null, click: null, uzum: null };
const leg = (fields: Record<string, unknown>) => ({
  recordId: 'r',
  key: 'k',
  fileId: 'f',
  sheet: null,
  row: 2,
  ...fields,
});

function parse(chunks: readonly string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const feed = createEventParser((event) => events.push(event));
  for (const chunk of chunks) feed(chunk);
  return events;
}

describe('the live feed', () => {
  const text =
    'retry: 1000\n\n: still here\n\nevent: progress\nid: 7\ndata: {"progress":0.5}\n\nevent: done\nid: 8\ndata: ' +
    '{"id":"s"}\n\n';

  it('reads events whatever way the network cuts them', () => {
    const whole = parse([text]);
    assert.deepEqual(
      whole.map(({ name, id, data }) => ({ name, id, data })),
      [
        { name: 'progress', id: '7', data: { progress: 0.5 } },
        { name: 'done', id: '8', data: { id: 's' } },
      ],
    );
    for (let cut = 1; cut < text.length; cut += 1)
      assert.deepEqual(parse([text.slice(0, cut), text.slice(cut)]), whole);
    const returns = text.replaceAll('\n', '\r\n');
    for (let cut = 1; cut < returns.length; cut += 1)
      assert.deepEqual(parse([returns.slice(0, cut), returns.slice(cut)]), whole);
  });

  it('puts progress of one file into the session and leaves the others alone', () => {
    const session = {
      id: 's',
      progress: 0,
      files: [
        { id: 'a', name: 'a.csv', progress: 0 },
        { id: 'b', name: 'b.csv', progress: 0 },
      ],
    } as unknown as Session;
    const next = applyEvent(session, {
      name: 'progress',
      data: { sessionId: 's', progress: 0.4, files: [{ id: 'a', progress: 0.8, rowsRead: 12 }] },
    });
    assert.equal(next.progress, 0.4);
    assert.deepEqual(
      next.files.map(({ id, name, progress, rowsRead }) => [id, name, progress, rowsRead]),
      [
        ['a', 'a.csv', 0.8, 12],
        ['b', 'b.csv', 0, undefined],
      ],
    );
    const grown = applyEvent(next, { name: 'file', data: { id: 'c', name: 'member.csv' } });
    assert.deepEqual(
      grown.files.map((file) => file.id),
      ['a', 'b', 'c'],
    );
  });
});

describe('the address as filter', () => {
  it('comes back from the address as it went in', () => {
    const filter = {
      ...emptyFilter(),
      status: ['hw_only', 'price_mismatch'],
      q: 'ff0000',
      from: '2024-03-01',
      amountTo: '20000',
      pending: 'true' as const,
    };
    assert.deepEqual(filterFromQuery(queryFromFilter(filter)), filter);
  });

  it('leaves out what is no condition', () => {
    const filter = filterFromQuery({
      status: 'hw_only,<script>',
      from: 'yesterday',
      amountFrom: 'many',
      pending: 'maybe',
      unknown: '1',
    });
    assert.deepEqual(queryFromFilter(filter), { status: 'hw_only' });
  });
});

describe('a row of the list', () => {
  const change = (field: string) => ({
    source: 'vendhub' as const,
    field,
    changeType: 'changed' as const,
    oldValue: '1',
    newValue: '2',
    version: null,
    fileId: null,
    changedAt: '2025-06-10T12:00:00.000+05:00',
  });
  const cellsOf = (orderNumber: string | null, ...fields: string[]) =>
    Object.entries(changedCells({ orderNumber, changes: fields.map(change) })).map(([column, changes]) => [
      column,
      changes.map(({ field }) => field),
    ]);

  it('marks the cell in which a changed field is seen or acts', () => {
    assert.deepEqual(cellsOf('A', 'order_price', 'paying_time', 'event_time', 'brew_status'), [
      ['price', ['order_price']],
      ['time', ['paying_time', 'event_time']],
      ['status', ['brew_status']],
    ]);
    assert.deepEqual(cellsOf('A'), []);
  });

  it('lets a proof speak of time and sum only where the row is that proof', () => {
    assert.deepEqual(cellsOf(null, 'amount', 'fiscal_time', 'rrn'), [
      ['price', ['amount']],
      ['time', ['fiscal_time']],
      ['legs', ['rrn']],
    ]);
    assert.deepEqual(cellsOf('A', 'amount', 'fiscal_time'), [['legs', ['amount', 'fiscal_time']]]);
  });
});

describe('one order', () => {
  it('marks the value that stands against the others', () => {
    const rows = compareLegs({
      legs: {
        ...noLegs,
        happy_workers: leg({ orderPrice: '15000', orderResource: 'qr', machineCode: 'aa' }),
        vendhub: leg({ orderPrice: '12000.00', paymentType: 'payme', machineCode: 'aa' }),
        payme: leg({ amount: '15000.00' }),
      },
    });
    const price = rows.find((row) => row.key === 'price');
    assert.deepEqual(
      price?.cells.map((cell) => cell.verdict),
      ['agree', 'differ', 'agree'],
    );
    assert.equal(rows.find((row) => row.key === 'payment')?.verdict, 'agree');
    assert.equal(rows.find((row) => row.key === 'machine')?.verdict, 'agree');
    assert.equal(rows.find((row) => row.key === 'goods')?.verdict, 'alone');
  });

  it('draws the window a record had to fall into', () => {
    const timeline = buildTimeline({
      legs: {
        ...noLegs,
        happy_workers: leg({
          creationTime: '2024-03-01T10:00:00+05:00',
          payingTime: '2024-03-01T10:00:10+05:00',
          deliveryTime: '2024-03-01T10:01:00+05:00',
        }),
        vendhub: leg({ eventTime: '2024-03-01T10:05:00+05:00' }),
        payme: leg({ transactionTime: '2024-03-01T10:00:20+05:00' }),
      },
    });
    const at = (text: string): number => Date.parse(`2024-03-01T${text}+05:00`);
    const band = (source: string) => timeline?.lanes.find((lane) => lane.source === source)?.band;
    assert.equal(band('happy_workers'), null);
    assert.deepEqual(band('vendhub'), { fromMs: at('09:59:00'), toMs: at('10:02:00') });
    assert.deepEqual(band('payme'), { fromMs: at('09:59:10'), toMs: at('10:01:10') });
    assert.ok(timeline && timeline.fromMs < at('09:59:00') && timeline.toMs > at('10:05:00'));
  });

  it('adds money exactly and shortens only long numbers', () => {
    assert.equal(sumAmounts(['0.1', '0.2', '15000', null]), '15000.30');
    assert.equal(sumAmounts(['-5', '3']), '-2.00');
    assert.equal(shortNumber('ff0000bb81202403011255466f7726320000'), 'ff0000bb81…0000');
    assert.equal(shortNumber('LG5541:885'), 'LG5541:885');
  });
});

describe('the monitor strip', () => {
  it('shows a day in quarters of an hour, each with the worst seen in it', () => {
    const nowMs = Date.parse('2026-11-22T12:07:00Z');
    const strokes = stripOf(
      [
        { at: '2026-11-22T12:01:00Z', state: 'offline' },
        { at: '2026-11-22T12:06:00Z', state: 'healthy' },
        { at: '2026-11-21T12:20:00Z', state: 'healthy' },
        { at: '2026-11-20T12:20:00Z', state: 'critical' },
      ],
      nowMs,
    );
    assert.equal(strokes.length, 96);
    assert.equal(strokes.at(-1)?.state, 'offline');
    assert.equal(strokes[0]?.state, 'healthy');
    assert.equal(strokes.filter(({ state }) => state === null).length, 94);
  });
});
