import assert from 'node:assert/strict';
import { dayAfter, gapsOf } from '../../../shared/coverage/gaps.ts';

interface Case {
  name: string;
  /** Tashkent wall clock where no zone is written */
  covered: readonly [from: string, to: string][];
  lastExpectedDay?: string;
  days?: readonly [string, string][];
  short?: readonly [string, string][];
}

const ms = (text: string): number => Date.parse(/[Z+]/.test(text.slice(11)) ? text : `${text}+05:00`);

/** Days the world of these cases has: June 2025; nothing is expected after the 10th unless said. */
const CASES: readonly Case[] = [
  { name: 'nothing was ever loaded: nothing is missing', covered: [] },
  { name: 'one file up to the last expected day', covered: [['2025-06-01T00:00', '2025-06-10T23:59']] },
  {
    name: 'a gap of a day between two files',
    covered: [
      ['2025-06-01T00:10', '2025-06-04T23:50'],
      ['2025-06-06T00:05', '2025-06-10T22:00'],
    ],
    days: [['2025-06-05', '2025-06-05']],
  },
  {
    name: 'a week, whatever the order in which the files came',
    covered: [
      ['2025-06-09T00:05', '2025-06-10T22:00'],
      ['2025-05-20T00:10', '2025-06-01T23:50'],
    ],
    days: [['2025-06-02', '2025-06-08']],
  },
  {
    name: 'the half days beside a missing day are no whole ones',
    covered: [
      ['2025-06-01T00:10', '2025-06-04T14:00'],
      ['2025-06-06T10:00', '2025-06-10T22:00'],
    ],
    days: [['2025-06-05', '2025-06-05']],
  },
  {
    name: 'a gap of an hour',
    covered: [
      ['2025-06-01T00:10', '2025-06-04T14:00'],
      ['2025-06-04T15:00', '2025-06-10T22:00'],
    ],
    short: [['2025-06-04T14:00', '2025-06-04T15:00']],
  },
  {
    name: 'a gap of 34 hours that holds no whole day',
    covered: [
      ['2025-06-01T00:10', '2025-06-04T10:00'],
      ['2025-06-05T20:00', '2025-06-10T22:00'],
    ],
    short: [['2025-06-04T10:00', '2025-06-05T20:00']],
  },
  {
    name: 'files that overlap, lie inside each other or only touch leave nothing out',
    covered: [
      ['2025-06-01T00:00', '2025-06-08T00:00'],
      ['2025-06-02T00:00', '2025-06-03T00:00'],
      ['2025-06-07T12:00', '2025-06-09T12:00'],
      ['2025-06-09T12:00', '2025-06-10T12:00'],
    ],
  },
  {
    name: 'the source ended: whole days after the last one, up to the last expected',
    covered: [['2025-06-01T00:00', '2025-06-07T12:00']],
    days: [['2025-06-08', '2025-06-10']],
  },
  {
    name: 'yesterday is not late yet',
    covered: [['2025-06-01T00:00', '2025-06-09T23:59']],
    lastExpectedDay: '2025-06-09',
  },
  {
    name: 'first month: nothing before the first file is missing',
    covered: [['2025-06-09T08:00', '2025-06-10T23:00']],
  },
  {
    name: 'a report that reaches into the future hides no gap behind it, and none is made of it',
    covered: [
      ['2025-06-01T00:00', '2025-06-02T23:00'],
      ['2025-06-05T00:00', '2025-07-31T23:59'],
    ],
    days: [['2025-06-03', '2025-06-04']],
  },
  {
    name: 'a gap beyond the last expected day is one as soon as something after it is there',
    covered: [
      ['2025-06-01T00:00', '2025-06-10T23:00'],
      ['2025-06-12T00:30', '2025-06-12T13:00'],
    ],
    days: [['2025-06-11', '2025-06-11']],
  },
  {
    name: 'days are those of Tashkent: 19:00 UTC is midnight',
    covered: [
      ['2025-06-01T00:00Z', '2025-06-04T18:59:59Z'],
      ['2025-06-05T19:00:00Z', '2025-06-10T18:59:59Z'],
    ],
    days: [['2025-06-05', '2025-06-05']],
  },
  {
    name: 'a second of a day makes it covered at both of its ends',
    covered: [
      ['2025-06-01T00:00', '2025-06-05T00:00:00'],
      ['2025-06-06T23:59:59', '2025-06-10T23:00'],
    ],
    short: [['2025-06-05T00:00:00', '2025-06-06T23:59:59']],
  },
  {
    name: 'over the end of a month and a year',
    covered: [
      ['2024-12-01T00:00', '2024-12-30T23:00'],
      ['2025-01-02T01:00', '2025-06-10T23:00'],
    ],
    days: [['2024-12-31', '2025-01-01']],
  },
];

describe('holes in what a source covers', () => {
  for (const { name, covered, lastExpectedDay = '2025-06-10', days = [], short = [] } of CASES) {
    it(name, () => {
      const found = gapsOf(
        covered.map(([from, to]) => ({ fromMs: ms(from), toMs: ms(to) })),
        lastExpectedDay,
      );
      assert.deepEqual(
        found.days.map(({ firstDay, lastDay }) => [firstDay, lastDay]),
        days,
      );
      assert.deepEqual(
        found.short.map(({ fromMs, toMs }) => [fromMs, toMs]),
        short.map(([from, to]) => [ms(from), ms(to)]),
      );
    });
  }

  it('the day after the last of February', () => {
    assert.deepEqual(
      [dayAfter('2024-02-28'), dayAfter('2025-02-28'), dayAfter('2025-03-01', -1)],
      ['2024-02-29', '2025-03-01', '2025-02-28'],
    );
  });
});
