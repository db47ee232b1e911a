import assert from 'node:assert/strict';
import { AppError } from '../../../shared/errors.ts';
import { createTurns } from '../../../shared/limits/turns.ts';

const isLimited = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'rate_limited' && Number(error.params['retryAfterS']) >= 1;

describe('turns of a person', () => {
  it('lets two in, keeps the others waiting in order, and stands in nobody else’s way', async () => {
    const turns = createTurns({ atOnce: 2, waiting: 2, waitMs: 5_000 });
    const [one, two] = [await turns.take('a'), await turns.take('a')];
    const order: string[] = [];
    const third = turns.take('a').then((release) => (order.push('third'), release));
    const fourth = turns.take('a').then((release) => (order.push('fourth'), release));
    await assert.rejects(turns.take('a'), isLimited);
    (await turns.take('b'))();
    one();
    one();
    const release = await third;
    assert.deepEqual(order, ['third'], 'a turn given back twice is one turn');
    two();
    (await fourth)();
    release();
    assert.deepEqual(order, ['third', 'fourth']);
    await turns.take('a');
    await turns.take('a');
  });

  it('tells when to come back once the wait is too long, and forgets who went away', async () => {
    const turns = createTurns({ atOnce: 1, waiting: 2, waitMs: 30 });
    const release = await turns.take('a');
    await assert.rejects(turns.take('a'), isLimited);
    const gone = new AbortController();
    const waiting = turns.take('a', gone.signal);
    gone.abort(new Error('the client is gone'));
    await assert.rejects(waiting, /the client is gone/);
    release();
    await turns.take('a');
  });
});
