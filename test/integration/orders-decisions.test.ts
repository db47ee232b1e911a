import assert from 'node:assert/strict';
import type pg from 'pg';
import { MERGE_LOCK_KEY } from '../../shared/reconcile/merge-lock.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { emptyDatabase } from '../support/load-report.ts';
import { coverTime, loadWorld, openTestClient } from '../support/load-world.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { hw, payment, receipt, refund, sold, START, vh, worldOf } from '../support/reference/world-builders.ts';
import type { WorldRecord } from '../support/reference/world.ts';
import type { DecisionBody, OrderBody, ErrorBody } from '../support/order-bodies.ts';

const NOTE = 'Проверено по журналу автомата';
const GATEWAY_SOURCES = ['vendhub', 'fiscal_bills', 'payme', 'click', 'uzum'] as const;

describe('one order and what people decide about it', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let client: pg.Client;
  let api: InProcessApi;

  before(async () => {
    database = await createTestDatabase();
    client = await openTestClient(database.url);
    api = await openTestApi({ DATABASE_URL: database.url });
  });
  after(async () => {
    await api?.close();
    await client?.end();
    await database?.drop();
  });

  async function world(...records: WorldRecord[]): Promise<void> {
    await emptyDatabase(client);
    await coverTime(client, START - 86_400, START + 86_400);
    await loadWorld(client, worldOf(records, { notLoaded: [...GATEWAY_SOURCES] }));
    await api.opened.resources.cache.dropTags(['records']);
  }
  const idOf = async (query: string): Promise<string> => {
    const { body } = await api.client.get<{ items: { id: string }[] }>(`/orders?${query}`);
    assert.equal(body.items.length, 1, query);
    return body.items[0]?.id ?? '';
  };
  const numbered = async (number: string): Promise<string> => {
    const { body } = await api.client.get<{ items: { id: string; orderNumber: string | null }[] }>(
      '/orders?limit=1000',
    );
    return body.items.find((one) => one.orderNumber === number)?.id ?? assert.fail(`no order ${number}`);
  };
  const order = async (id: string): Promise<OrderBody> => {
    const answer = await api.client.get<OrderBody>(`/orders/${id}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const decide = (id: string, body: Record<string, unknown>) =>
    api.client.post<DecisionBody & ErrorBody>(`/orders/${id}/decisions`, { resolution: 'timing', note: NOTE, ...body });
  const made = async (id: string, body: Record<string, unknown>): Promise<DecisionBody> => {
    const answer = await decide(id, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const refused = async (
    answer: Promise<{ status: number; body: ErrorBody }>,
    status: number,
    code: string,
  ): Promise<ErrorBody['error']> => {
    const { status: got, body } = await answer;
    assert.deepEqual([got, body.error?.code], [status, code]);
    return body.error;
  };

  it('shows every field of every leg with its file and row, and the line that was applied', async () => {
    await world(...sold('A', 0), receipt({ time: START + 5 }));
    const body = await order(await numbered('A'));
    assert.deepEqual([body.status, body.why.rule, body.matchScore, body.ownerCode], ['fully_matched', '11', 3, 'OK']);
    const { happy_workers: machine, fiscal_bills: bill, vendhub } = body.legs;
    assert.deepEqual(
      [machine?.['orderPrice'], machine?.['creationTime'], machine?.['brewStatus'], machine?.['goodsName']],
      ['10000', '2025-06-10T12:00:00.000+05:00', 'delivered', 'Латте'],
    );
    assert.deepEqual(
      [bill?.['cashAmount'], bill?.['fiscalCheckNumber'], bill?.['operationType']],
      ['10000', '100', 'sale'],
    );
    assert.equal(vendhub?.['reportId'], '1001');
    assert.equal(bill?.['fileName'], 'fiscal_bills.csv');
    assert.deepEqual(body.why.figures['proofs'], [
      {
        recordId: bill?.recordId,
        source: 'fiscal_bills',
        key: 'M:100',
        linkRule: 'assigned',
        state: 'sale',
        amount: '10000',
        cash: '10000',
        card: '0',
        amountDelta: '0',
        timeDeltaS: 5,
      },
    ]);
    assert.deepEqual(body.why.nearMisses, []);
    assert.match(body.why.message, /[а-я]/);
  });

  it('says what is missing, what lies near and how far, in the language asked for', async () => {
    await world(
      ...sold('A', 0),
      receipt({ key: 'M:1', checkNumber: '1', time: START + 200 }),
      receipt({ key: 'M:2', checkNumber: '2', time: START + 20, amount: 9_000, cashAmount: 9_000 }),
    );
    const id = await numbered('A');
    const { body } = await api.client.get<OrderBody>(`/orders/${id}`, { headers: { 'accept-language': 'en' } });
    assert.deepEqual([body.status, body.why.rule, body.ownerCode], ['fiscal_mismatch', '12', 'FISCAL_MISSING']);
    assert.deepEqual(
      body.why.differences.map(({ code }) => code),
      ['receipt_missing'],
    );
    assert.match(body.why.differences[0]?.message ?? '', /^No receipt of 10\u00a0000 between/);
    assert.deepEqual(
      body.why.nearMisses.map(({ key, timeDeltaS, amountDelta, reason }) => [
        key,
        timeDeltaS,
        amountDelta,
        reason.code,
      ]),
      [
        ['M:2', 20, '-1000', 'other_amount'],
        ['M:1', 200, '0', 'outside_window'],
      ],
    );
    assert.ok(body.why.coverage.some(({ source, covered }) => source === 'fiscal_bills' && covered));
    const orphan = await order(body.why.nearMisses[1]?.orderId ?? '');
    assert.deepEqual([orphan.status, orphan.orderNumber, orphan.why.rule], ['fiscal_only', null, '4']);
    assert.deepEqual(
      orphan.why.nearMisses.map(({ key, timeDeltaS, reason }) => [key, timeDeltaS, reason.code]),
      [['A', 200, 'outside_window']],
    );
  });

  it('lists the candidates of an ambiguity from both sides', async () => {
    await world(
      ...sold('A', 0, { type: 'payme' }),
      payment('payme', { key: 'p1', time: START - 10 }),
      payment('payme', { key: 'p2', time: START + 10 }),
    );
    const body = await order(await numbered('A'));
    assert.deepEqual([body.status, body.why.rule], ['ambiguous_match', '2']);
    assert.deepEqual(body.why.candidates.map(({ key }) => key).sort(), ['p1', 'p2']);
    const own = await order(body.why.candidates[0]?.orderId ?? '');
    assert.deepEqual([own.status, own.why.candidates.map(({ key }) => key)], ['ambiguous_match', ['A']]);
  });

  it('links a proof by hand, leads the address of its own row to the order, and takes it all back', async () => {
    await world(...sold('A', 0), ...sold('B', 7_200), receipt({ time: START + 400 }));
    const [id, orphanId] = [await numbered('A'), await idOf('status=fiscal_only')];
    const recordId = (await order(orphanId)).legs['fiscal_bills']?.recordId ?? '';
    const decision = await made(id, { kind: 'link', recordId });
    assert.deepEqual(
      [decision.kind, decision.resolution, decision.note, decision.recordId, decision.stale],
      ['link', 'timing', NOTE, recordId, false],
    );
    const linked = await order(id);
    assert.deepEqual(
      [linked.status, linked.decision?.id, linked.legs['fiscal_bills']?.key],
      ['fully_matched', decision.id, 'M:100'],
    );

    const moved = await api.client.get(`/orders/${orphanId}`);
    assert.deepEqual([moved.status, moved.headers.get('location')], [301, `/api/v1/orders/${id}`]);
    // an unlink gives the address back to the proof: a browser must not go on to the order by itself
    assert.equal(moved.headers.get('cache-control'), 'no-store');
    assert.equal(
      (await api.client.get(`/orders/${orphanId}/changes`)).headers.get('location'),
      `/api/v1/orders/${id}/changes`,
    );
    assert.equal((await api.client.get('/orders/999999')).status, 404);

    const conflict = await refused(decide(await numbered('B'), { kind: 'link', recordId }), 409, 'conflict');
    assert.equal(conflict.details?.['decisionId'], decision.id);

    const { body: history } = await api.client.get<{ items: Record<string, unknown>[] }>(`/orders/${id}/changes`);
    assert.deepEqual(
      history.items.map((line) => [
        line['field'],
        line['oldValue'],
        line['newValue'],
        line['changeType'],
        line['cause'],
      ]),
      [
        ['status', 'fiscal_mismatch', 'fully_matched', 'status', 'manual'],
        ['leg', null, 'M:100', 'link', 'manual'],
        ['decision', null, 'link', 'decision', 'manual'],
        ['status', 'hw_only', 'fiscal_mismatch', 'status', 'file'],
      ],
    );
    const audited = await client.query(`select action from audit_log where subject = $1`, [`order:${id}`]);
    assert.deepEqual(audited.rows, [{ action: 'decisions.made' }]);

    assert.equal((await api.client.request('DELETE', `/orders/${id}/decisions/${decision.id}`)).status, 204);
    assert.deepEqual([(await order(id)).status, (await order(orphanId)).status], ['fiscal_mismatch', 'fiscal_only']);
    assert.equal((await api.client.request('DELETE', `/orders/${id}/decisions/${decision.id}`)).status, 409);
    assert.equal((await api.client.request('DELETE', `/orders/${id}/decisions/999`)).status, 404);
  });

  it('forbids a pair by hand', async () => {
    await world(...sold('A', 0), receipt({ time: START + 5 }));
    const id = await numbered('A');
    const recordId = (await order(id)).legs['fiscal_bills']?.recordId ?? '';
    await made(id, { kind: 'unlink', recordId, resolution: 'duplicate' });
    const body = await order(id);
    assert.deepEqual([body.status, body.legs['fiscal_bills']], ['fiscal_mismatch', null]);
    assert.deepEqual(
      body.why.nearMisses.map(({ reason }) => reason.code),
      ['forbidden'],
    );
    await refused(decide(id, { kind: 'link', recordId }), 409, 'conflict');
  });

  it('parts a return from its refunded order by hand: it goes to the refunded sale before', async () => {
    await world(
      ...sold('A', 0, { paymentStatus: 'refunded' }),
      ...sold('B', 300, { paymentStatus: 'refunded' }),
      receipt({ key: 'M:1', checkNumber: '1', time: START + 5 }),
      receipt({ key: 'M:2', checkNumber: '2', time: START + 305 }),
      refund(),
    );
    const ids = { A: await numbered('A'), B: await numbered('B') };
    const returnOf = async (id: string): Promise<string | null> => {
      const proofs = (await order(id)).why.figures['proofs'] as { recordId: string; linkRule: string }[];
      return proofs.find(({ linkRule }) => linkRule === 'return')?.recordId ?? null;
    };
    const recordId = await returnOf(ids.B);
    assert.deepEqual([await returnOf(ids.A), recordId !== null], [null, true]);
    const decision = await made(ids.B, { kind: 'unlink', recordId });
    assert.deepEqual([await returnOf(ids.A), await returnOf(ids.B)], [recordId, null]);
    await api.client.request('DELETE', `/orders/${ids.B}/decisions/${decision.id}`);
    assert.deepEqual([await returnOf(ids.A), await returnOf(ids.B)], [null, recordId]);
  });

  it('settles an order as it is until a row under it changes', async () => {
    await world(hw());
    const id = await numbered('A');
    const decision = await made(id, { kind: 'accept', resolution: 'test' });
    const accepted = await order(id);
    assert.deepEqual([accepted.status, accepted.settled, accepted.decision?.id], ['hw_only', true, decision.id]);
    assert.equal((await api.client.get<{ count: number }>('/orders/totals?settled=true')).body.count, 1);

    await loadWorld(client, worldOf([hw({ goodsName: 'Эспрессо' })], { notLoaded: [...GATEWAY_SOURCES] }));
    await api.opened.resources.cache.dropTags(['records']);
    const changed = await order(id);
    assert.deepEqual([changed.settled, changed.decision?.stale, changed.decisions.length], [false, true, 1]);
    assert.equal((await api.client.get<{ count: number }>('/orders/totals?settled=true')).body.count, 0);
  });

  it('keeps the note of a decision in the history after it was taken back, and tells the audit log which order it was', async () => {
    await world(hw());
    const id = await numbered('A');
    const decision = await made(id, { kind: 'accept', resolution: 'timing' });
    assert.equal((await api.client.request('DELETE', `/orders/${id}/decisions/${decision.id}`)).status, 204);
    interface Line {
      changeType: string;
      decision: { kind: string; resolution: string; note: string; withdrawn: boolean } | null;
    }
    const { items } = (await api.client.get<{ items: Line[] }>(`/orders/${id}/changes`)).body;
    const told = items.filter(({ changeType }) => changeType === 'decision').map(({ decision }) => decision);
    const expected = { id: decision.id, kind: 'accept', resolution: 'timing', note: NOTE };
    assert.deepEqual(told, [
      { ...expected, withdrawn: true },
      { ...expected, withdrawn: false },
    ]);
    const audit = await api.client.get<{ items: { action: string; subjectName: string; note: string }[] }>(
      `/audit?subject=order:${id}`,
    );
    // the log outlives the worlds of other tests, whose orders had the same numbers
    assert.deepEqual(
      audit.body.items.slice(0, 2).map(({ action, subjectName, note }) => [action, subjectName, note]),
      ['decisions.withdrawn', 'decisions.made'].map((action) => [action, 'A', NOTE]),
    );
  });

  it('settles an order only as it is: a sale of another price that joins it later is not hidden', async () => {
    await world(hw());
    const id = await numbered('A');
    await made(id, { kind: 'accept', resolution: 'timing' });
    assert.deepEqual([(await order(id)).status, (await order(id)).settled], ['hw_only', true]);
    await loadWorld(client, worldOf([vh({ price: 9_000 })], { notLoaded: [...GATEWAY_SOURCES] }));
    const joined = await order(id);
    assert.deepEqual([joined.status, joined.settled, joined.decision?.stale], ['price_mismatch', false, true]);
  });

  it('lets a stale link go, however far the proof lies from the order', async () => {
    await world(...sold('A', 0), receipt({ time: START + 4_000, amount: 5_000, cashAmount: 5_000 }));
    const id = await numbered('A');
    const recordId = (await order(await idOf('status=fiscal_only'))).legs['fiscal_bills']?.recordId;
    await made(id, { kind: 'link', recordId });
    assert.notEqual((await order(id)).legs['fiscal_bills'], null);
    await loadWorld(client, worldOf([hw({ goodsName: 'Эспрессо' })], { notLoaded: [...GATEWAY_SOURCES] }));
    const body = await order(id);
    assert.deepEqual([body.decision?.stale, body.legs['fiscal_bills'], body.status], [true, null, 'fiscal_mismatch']);
    await idOf('status=fiscal_only');
  });

  it('keeps an accepted proof settled while it stands alone, wherever it went in between', async () => {
    await world(...sold('A', 0), payment('click', { time: START + 500 }));
    const [id, orphanId] = [await numbered('A'), await idOf('status=click_only')];
    await made(orphanId, { kind: 'accept', resolution: 'refund' });
    assert.equal((await order(orphanId)).settled, true);
    const recordId = (await order(orphanId)).legs['click']?.recordId;
    const link = await made(id, { kind: 'link', recordId });
    assert.equal((await order(id)).settled, false);
    const details = (await refused(decide(orphanId, { kind: 'accept' }), 409, 'conflict')).details;
    assert.equal(details?.['orderId'], id);
    await api.client.request('DELETE', `/orders/${id}/decisions/${link.id}`);
    assert.equal((await order(orphanId)).settled, true);
  });

  it('refuses decisions that cannot be meant', async () => {
    await world(...sold('A', 0), payment('click', { time: START + 500 }));
    const [id, orphanId] = [await numbered('A'), await idOf('status=click_only')];
    const body = await order(id);
    const recordId = (await order(orphanId)).legs['click']?.recordId;
    for (const bad of [
      { kind: 'accept', note: 'short' },
      { kind: 'accept', note: '             ' },
      { kind: 'accept', resolution: 'because' },
      { kind: 'accept', recordId },
      { kind: 'link' },
      { kind: 'erase' },
      { kind: 'link', recordId: 'click-1; drop table orders' },
      { kind: 'link', recordId: 'payme-1' },
      { kind: 'link', recordId: body.legs['vendhub']?.recordId },
      { kind: 'accept', extra: 1 },
    ]) {
      await refused(decide(id, bad), 400, 'validation_failed');
    }
    await refused(decide(orphanId, { kind: 'link', recordId }), 409, 'conflict');
    await refused(decide('999999', { kind: 'accept' }), 404, 'not_found');
  });

  it('waits five seconds for a merge at work, then says try again', async () => {
    await world(hw());
    const id = await numbered('A');
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(${MERGE_LOCK_KEY})`);
    const startedAt = performance.now();
    const answer = await decide(id, { kind: 'accept' });
    const waitedMs = performance.now() - startedAt;
    await client.query('rollback');
    assert.deepEqual([answer.status, answer.body.error.code], [503, 'service_unavailable']);
    assert.ok(answer.headers.get('retry-after'));
    assert.ok(waitedMs > 4_500 && waitedMs < 7_000, `${waitedMs} ms`);
    assert.equal((await order(id)).settled, false);
  });

  it('keeps the history of a payment that one file brought twice and an order claimed at once', async () => {
    await world(
      ...sold('A', 0, { type: 'click' }),
      payment('click', { key: '77', state: 'pending' }),
      payment('click', { key: '77', state: 'success' }),
    );
    const id = await numbered('A');
    assert.equal((await order(id)).status, 'fully_matched');
    const { body } = await api.client.get<{
      items: { field: string; source: string; oldValue: string; newValue: string }[];
    }>(`/orders/${id}/changes`);
    const state = body.items.find((line) => line.source === 'click' && line.field === 'payment_status');
    assert.deepEqual([state?.oldValue, state?.newValue], ['unknown', 'success']);
  });

  it('shows a VendHub sale without a machine row with the reach of its own window', async () => {
    await world(vh());
    const body = await order(await numbered('A'));
    assert.deepEqual([body.status, body.why.rule, body.matchScore], ['vendhub_only', '3', 1]);
    assert.deepEqual(
      body.why.coverage.map(({ source }) => source),
      ['happy_workers', 'fiscal_bills'],
    );
  });
});
