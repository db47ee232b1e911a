/** What nobody means to send: texts, extremes by the name of what takes them, bytes, bodies, headers. */
export const JSON_TYPE = 'application/json';
export const FORM_TYPE = 'multipart/form-data';

export const TEXTS = [
  [
    '',
    ' ',
    '\0',
    'a\0b',
    '\u0001',
    '\ud800',
    'a\udc00b',
    '\uffff',
    '\u202e',
    '\ufeff',
    '🙂',
    'e\u0301',
    '𝟙',
    '१',
    '０',
    'İ',
  ],
  [
    'null',
    'undefined',
    'NaN',
    'Infinity',
    '-Infinity',
    'true',
    '[]',
    '{}',
    '0x10',
    '1e400',
    '-0',
    '0',
    '-1',
    '1',
    '1.5',
    '1,5',
    ',',
    ',,,',
  ],
  [
    '9223372036854775807',
    '9223372036854775808',
    '999999999999999999',
    '99999999999999999999999999',
    '2147483648',
    '-2147483649',
  ],
  [
    '2026-02-31',
    '0000-00-00',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '99999-01-01',
    '-000001-01-01',
    '2026-06-01T25:61:61Z',
  ],
  [
    '+275760-09-13T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
    '0000-01-01T00:00:00+14:00',
    '2026-06-01T00:00:00-99:00',
    '24:00',
    '25:61',
  ],
  [
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '{7f0d6f4e-3f0a-4c56-9a55-0f3c9f6a2b11}',
    '7f0d6f4e',
  ],
  [
    "'",
    '"',
    '\\',
    '%',
    '_',
    '%_\\%',
    '*',
    '(((',
    '[',
    '?',
    '$1',
    ':x',
    '; drop table users',
    '--',
    '../../etc/passwd',
    '__proto__',
  ],
  [
    '15 000',
    '14:35',
    '12.06 14:35',
    '31.02',
    '99.99.9999',
    '+998 90 123 45 67',
    '00000000000',
    '1'.repeat(400),
    '-'.repeat(300),
  ],
  [
    'a'.repeat(1_001),
    'я'.repeat(600),
    '\u0000'.repeat(50),
    'a,'.repeat(200),
    'constructor',
    'toString',
    'hasOwnProperty',
  ],
].flat() as [string, ...string[]];

/** Odd, and yet what such a parameter takes: these get past the door. */
export const EXTREMES: [name: RegExp, values: [string, ...string[]]][] = [
  [
    /^(from|to|expiresAt)$/,
    [
      '0001-01-01',
      '9999-12-31',
      '2026-06-01',
      '0000-01-01',
      '1969-12-31',
      '2026-06-01T00:00:00Z',
      '0001-01-01T00:00:00+14:00',
    ],
  ],
  [
    /^(from|to|expiresAt)$/,
    [
      '9999-12-31T23:59:59.999999999Z',
      '9999-12-31T23:59:59-14:00',
      '2026-06-01T23:59:60Z',
      '2024-02-29',
      '1900-01-01T00:00:00+05:00',
    ],
  ],
  [/^(limit|headerRow)$/, ['1', '1000', '1e2', '0x10', ' 7 ', '10.0', '']],
  [/^amount/, ['0', '0.00', '999999999999', '999999999999.99', '000000000001']],
  [
    /(^id$|Id$|^file$|^session$)/,
    ['1', '999999999999999999', '00000000-0000-4000-8000-000000000000', 'FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF', '\0'],
  ],
  [
    /^(q|machine|subject|address|requestId|name|note|reason|notes?)$/,
    ['%', '_', "'", '\\', '🙂', '15 000', '14:35', '99.99.9999', '\u202e', '31.02 25:61', 'я'.repeat(60)],
  ],
  [
    /^(q|machine|subject|address|requestId|name|note|reason|notes?)$/,
    ['1'.repeat(60), '(((', '*', '\uffff', '1,2', '-0', '0x1', '1e9', '-15000,50', '+998901234567', 'null', '\0', ','],
  ],
  [
    /^(status|issue|source|paymentType|changeType|role|action|group|sort)$/,
    ['fully_matched', ',fully_matched,', 'failed', 'payme,payme', 'admin', 'day', '-time', 'vendhub'],
  ],
  [/^(pending|settled|dryRun|remember|acceptDrift)$/, ['true', 'false']],
];

/** Pieces of an address that are no text at all, or not the one they seem to be. */
export const RAW = [
  '%',
  '%zz',
  '%E0%A4%A',
  '%00',
  '%ff%fe',
  '%c0%af',
  '%ED%A0%80',
  '+',
  '[',
  ']',
  '%2F',
  '%252F',
  '%2e%2e',
  ';',
  '%0d%0a',
] as [string, ...string[]];

export const VALUES = (
  [
    [null, true, false, 0, -1, 1.5, 1e308, -1e308, 2 ** 53, -(2 ** 63), [], {}, [[]], [null], [''], ['\0'], [{}]],
    [
      { '': '' },
      { '\0': 'a' },
      { a: { b: { c: ['\ud800'] } } },
      JSON.parse('{"__proto__":{"role":"admin"}}') as unknown,
    ],
    [Array.from({ length: 500 }, (_, n) => n)],
  ] as unknown[][]
).flat() as [unknown, ...unknown[]];

export const BODIES = [
  [
    '',
    ' ',
    'null',
    'true',
    '1',
    '"a"',
    '[]',
    '[1]',
    '{',
    '{"a":',
    '{}{}',
    '\ufeff{}',
    '\0',
    '{"a":"\\ud800"}',
    '{"a":1,"a":2}',
    '{"__proto__":1}',
  ],
  ['['.repeat(10_000), `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, `{"a":"${'x'.repeat(300_000)}"}`],
].flat() as [string, ...string[]];

export const TYPES = [
  JSON_TYPE,
  JSON_TYPE,
  `${JSON_TYPE}; charset=utf-16`,
  `${JSON_TYPE}; charset=nothing`,
  'text/plain',
  FORM_TYPE,
  'x',
] as [string, ...string[]];

export const HEADERS = [
  { 'accept-language': 'x'.repeat(500) },
  { 'accept-language': ';q=,;;*-*' },
  { range: 'bytes=-1' },
  { range: 'bytes=99999999999999999999-0' },
  { range: 'bytes=0-0,1-1,2-2' },
  { 'last-event-id': '0.0.'.repeat(500) },
  { 'x-request-id': '%00' },
  { 'x-forwarded-for': '::::, 999.1.1.1:99999, "' },
  { origin: 'null' },
  { cookie: '=;=;vhm24r_refresh=%00;__Secure-vhm24r_refresh=%' },
  { 'content-encoding': 'gzip' },
  { accept: '*/*;q=x' },
] as [Record<string, string>, ...Record<string, string>[]];
