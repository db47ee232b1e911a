import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  formatWallTime,
  isCanonicalClock,
  normaliseDate,
  normaliseTime,
  parseWallSeconds,
  timeShape,
} from '../../../../shared/ingest/normalise/times.ts';

describe('times', () => {
  const readable: [string | number, string, string][] = [
    ['2025-08-04 04:01:30', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04T04:01:30', '2025-08-04 04:01:30', 'YYYY-MM-DDTHH:mm:ss'],
    ['2025-08-04 04:01', '2025-08-04 04:01:00', 'YYYY-MM-DD HH:mm'],
    ['  2025-08-04  04:01:30 ', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04  4:01:30', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04\u00a004:01:30', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04', '2025-08-04 00:00:00', 'YYYY-MM-DD'],
    ['27.04.2025, 19:10:40', '2025-04-27 19:10:40', 'DD.MM.YYYY, HH:mm:ss'],
    ['27.04.2025 19:10', '2025-04-27 19:10:00', 'DD.MM.YYYY HH:mm'],
    ['27.04.2025 9:05', '2025-04-27 09:05:00', 'DD.MM.YYYY HH:mm'],
    ['27.04.2025', '2025-04-27 00:00:00', 'DD.MM.YYYY'],
    ['23-05-2025 14:35:49', '2025-05-23 14:35:49', 'DD-MM-YYYY HH:mm:ss'],
    ['23-05-2025', '2025-05-23 00:00:00', 'DD-MM-YYYY'],
    ['02/08/2025 20:48:30', '2025-08-02 20:48:30', 'DD/MM/YYYY HH:mm:ss'],
    ['8/2/2025', '2025-02-08 00:00:00', 'D/M/YYYY'],
    ['8/2/2025 22:00', '2025-02-08 22:00:00', 'D/M/YYYY HH:mm'],
    ['8/2/2025 10:00 PM', '2025-02-08 22:00:00', 'D/M/YYYY h:mm AM/PM'],
    ['11/10/2025 12:05:09 am', '2025-10-11 00:05:09', 'DD/MM/YYYY h:mm:ss AM/PM'],
    ['02-08-2025 10:00\u202fPM', '2025-08-02 22:00:00', 'DD-MM-YYYY h:mm AM/PM'],
    ['1.3.2024', '2024-03-01 00:00:00', 'D.M.YYYY'],
    ['1.12.2024, 9:05:00', '2024-12-01 09:05:00', 'D.MM.YYYY, HH:mm:ss'],
    ['2025-08-04T04:01:30Z', '2025-08-04 09:01:30', 'YYYY-MM-DDTHH:mm:ss±hh:mm'],
    ['2025-08-04T04:01:30.600Z', '2025-08-04 09:01:31', 'YYYY-MM-DDTHH:mm:ss±hh:mm'],
    ['2025-08-04T23:59:59.5+05:00', '2025-08-05 00:00:00', 'YYYY-MM-DDTHH:mm:ss±hh:mm'],
    ['2025-08-04T04:01:30+08:00', '2025-08-04 01:01:30', 'YYYY-MM-DDTHH:mm:ss±hh:mm'],
    ['2025-08-04 04:01:30 +0500', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss±hh:mm'],
    ['2025-08-04 04:01:30-03', '2025-08-04 12:01:30', 'YYYY-MM-DD HH:mm:ss±hh:mm'],
    ['2025-01-01 04:01Z  ', '2025-01-01 09:01:00', 'YYYY-MM-DD HH:mm±hh:mm'],
    ['2025/08/04', '2025-08-04 00:00:00', 'YYYY/MM/DD'],
    ['2025/8/4 4:01', '2025-08-04 04:01:00', 'YYYY/M/D HH:mm'],
    ['2025/8/4 10:00 PM', '2025-08-04 22:00:00', 'YYYY/M/D h:mm AM/PM'],
    ['2025.08.04 04:01:30', '2025-08-04 04:01:30', 'YYYY.MM.DD HH:mm:ss'],
    ['2025-08-04 04:01:30,600', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04\n04:01:30', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04 04:01:30 UTC+5', '2025-08-04 04:01:30', 'YYYY-MM-DD HH:mm:ss'],
    ['2025-08-04 04:01:30 UTC', '2025-08-04 09:01:30', 'YYYY-MM-DD HH:mm:ss'],
    [45_838.99988425926, '2025-06-30 23:59:50', 'Excel serial'],
    ['45838.99988425926', '2025-06-30 23:59:50', 'Excel serial'],
    ['45838,99988425926', '2025-06-30 23:59:50', 'Excel serial'],
    [45_839, '2025-07-01 00:00:00', 'Excel serial'],
    ['45839', '2025-07-01 00:00:00', 'Excel serial'],
    [36_526, '2000-01-01 00:00:00', 'Excel serial'],
    ['2024-02-29 00:00:00', '2024-02-29 00:00:00', 'YYYY-MM-DD HH:mm:ss'],
    ['2100-12-31 23:59:59', '2100-12-31 23:59:59', 'YYYY-MM-DD HH:mm:ss'],
  ];
  for (const [cell, expected, shape] of readable) {
    it(`${JSON.stringify(cell)} is ${expected}`, () => {
      assert.equal(normaliseTime(cell), `${expected}+05`);
      assert.equal(timeShape(cell), shape);
    });
  }

  const unreadable: (string | number)[] = [
    '31.02.2024',
    '2023-02-29',
    '2100-02-29',
    '31-04-2025 10:00:00',
    '2025-00-10',
    '2025-13-10',
    '2025-08-04 25:00:00',
    '2025-08-04 24:00:00',
    '2025-08-04 10:60:00',
    '2025-08-04 10:00:60',
    '08/25/2025 10:00:00',
    '02.08.25',
    '2025/13/04',
    '25/08/04 10:00',
    '04.08.2025 10:00-12:00',
    '02.08-2025',
    '8/25/2025 10:00 PM',
    '8/2/2025 13:00 PM',
    '8/2/2025 0:30 AM',
    '8/2/2025 10',
    '8/2-2025',
    '0/2/2025',
    '8/2/25',
    '2025-08-04 4:01:3x',
    '2025-08-04 10',
    '2025-08-04x10:00',
    '2025-08-04T10:00:00+15:00',
    '2025-08-04T10:00:00 MSK',
    '02.08.2025 10:00:00Z',
    '1999-12-31 23:59:59',
    '2101-01-01 00:00:00',
    '20250804',
    '1754262090',
    '12345',
    'вчера',
    '',
    36_525,
    73_416,
    0,
    -1,
    1_754_262_090_000,
    Number.NaN,
  ];
  for (const cell of unreadable) {
    it(`${JSON.stringify(cell)} is refused`, () => {
      assert.equal(normaliseTime(cell), undefined);
      assert.equal(timeShape(cell), null);
    });
  }

  it('are always read day first', () => {
    assert.equal(normaliseTime('04.08.2025'), '2025-08-04 00:00:00+05');
    assert.equal(normaliseTime('04/08/2025'), '2025-08-04 00:00:00+05');
  });

  it('are read month first, and from 1904, only where that is known', () => {
    assert.equal(normaliseTime('8/25/2025 10:00 PM', 0, { monthFirst: true }), '2025-08-25 22:00:00+05');
    assert.equal(normaliseTime(44_220.417129629626, 0, { date1904: true }), '2025-01-25 10:00:40+05');
    assert.equal(normaliseTime('44220,417129629626', 0, { date1904: true }), '2025-01-25 10:00:40+05');
    assert.equal(normaliseTime('2025-01-25 10:00:40', 0, { date1904: true }), '2025-01-25 10:00:40+05');
  });

  it('are shifted back over midnight and the turn of the year', () => {
    assert.equal(normaliseTime('2025-01-01 01:30:00', 3 * 3600), '2024-12-31 22:30:00+05');
  });

  it('agree with the calendar of the platform from 2000 to 2100', () => {
    const first = Date.UTC(2000, 0, 1) / 1000;
    const last = Date.UTC(2100, 11, 31, 23, 59, 59) / 1000;
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
        assert.equal(parseWallSeconds(text), seconds);
        assert.equal(formatWallTime(seconds), `${text}+05`);
        assert.ok(isCanonicalClock(text));
      }),
      { seed: 1 },
    );
  });

  it('take the short way only where the long one gives the same', () => {
    const digit = fc.constantFrom(...'0123456789:- TZ'.split(''));
    const template = '2025-08-04 04:01:30';
    fc.assert(
      fc.property(fc.nat(18), digit, fc.nat(18), digit, (at, char, other, second) => {
        const chars = template.split('');
        chars[at] = char;
        chars[other] = second;
        const text = chars.join('');
        if (isCanonicalClock(text)) assert.equal(normaliseTime(text), `${text}+05`);
      }),
      { seed: 2, numRuns: 2_000 },
    );
  });

  it('lose their clock where only a day is kept', () => {
    assert.equal(normaliseDate('23-05-2025'), '2025-05-23');
    assert.equal(normaliseDate('2025-05-23T22:00:00Z'), '2025-05-24');
    assert.equal(normaliseDate('31.02.2025'), undefined);
  });
});
