import assert from 'node:assert/strict';
import { lastDue, type Recurrence } from '../../shared/schedules/due-times.ts';

describe('due times', () => {
  const due = (recurrence: Recurrence, now: string) => new Date(lastDue(recurrence, Date.parse(now))).toISOString();
  const four: Recurrence = { kind: 'daily', hour: 4, minute: 0 };
  const sunday: Recurrence = { kind: 'weekly', weekday: 0, hour: 3, minute: 0 };

  it('04:00 of Tashkent is 23:00 UTC of the day before', () => {
    assert.equal(due(four, '2026-11-22T23:00:00Z'), '2026-11-22T23:00:00.000Z');
    assert.equal(due(four, '2026-11-22T22:59:59Z'), '2026-11-21T23:00:00.000Z');
  });
  it('Sunday 03:00 of Tashkent', () => {
    // 22 November 2026 is a Sunday
    assert.equal(due(sunday, '2026-11-22T10:00:00Z'), '2026-11-21T22:00:00.000Z');
    assert.equal(due(sunday, '2026-11-21T21:59:00Z'), '2026-11-14T22:00:00.000Z');
    assert.equal(due(sunday, '2026-11-28T21:00:00Z'), '2026-11-21T22:00:00.000Z');
  });
  it('every four hours of the Tashkent day, every half hour', () => {
    assert.equal(due({ kind: 'every', minutes: 240 }, '2026-11-22T00:30:00Z'), '2026-11-21T23:00:00.000Z');
    assert.equal(due({ kind: 'every', minutes: 30 }, '2026-11-22T00:44:00Z'), '2026-11-22T00:30:00.000Z');
  });
});
