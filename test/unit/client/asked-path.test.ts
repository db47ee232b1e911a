/**
 * What the compiler says of paths: a line that must not compile is marked, and an idle mark does not compile either.
 */
import assert from 'node:assert/strict';
import type { Answered, AskedPath, Body, QueryName } from '../../../client/asked-path.ts';

function get<P extends AskedPath<'get'>>(path: P, _query?: { [N in QueryName<'get', P>]?: unknown }) {
  return { path, answer: null as Answered<'get', P> | null };
}
function post<P extends AskedPath<'post'>>(path: P, _body?: Body<'post', P>) {
  return { path, answer: null as Answered<'post', P> | null };
}
const id: string = '7';
const kind = 'files' as 'files' | 'sessions';

describe('paths held to the contract', () => {
  it('a route, its query, its body and its answer compile as the contract has them', () => {
    const machines: number | undefined = get('/orders/machines').answer?.items[0]?.orders;
    const changes: string | undefined = get(`/orders/${id}/changes`, { limit: 5 }).answer?.items[0]?.changedAt;
    const undo: string | undefined = post(`/${kind}/${id}/undo`, { dryRun: true }).answer?.id;
    const nothing: null = post('/auth/logout').answer;
    assert.deepEqual([machines, changes, undo, nothing], [undefined, undefined, undefined, null]);
  });

  it('what the contract lacks does not compile', () => {
    // @ts-expect-error no such route
    post(`/orders/${id}/nothing`);
    // @ts-expect-error no such query
    get('/orders', { nope: 1 });
    // @ts-expect-error no such field of the body
    post(`/files/${id}/undo`, { dryRun: true, nope: 1 });
    // @ts-expect-error no such field of the answer
    void get('/limits').answer?.nope;
    // @ts-expect-error like /orders/:id, and no route
    void get(`/orders/${id}/nothing`).answer?.id;
    assert.equal(get(`/orders/${id}`).path, '/orders/7');
  });
});
