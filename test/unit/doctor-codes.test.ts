import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allCodes } from '../../shared/doctor/checks/index.ts';
import { doctorDocument } from '../../shared/doctor/document.ts';
import { FIXABLE } from '../../shared/doctor/fixes.ts';
import { createSecretFilter } from '../../shared/doctor/secrets.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe("the doctor's list of codes", () => {
  it('is the one in docs/doctor.md: each code has its section', () => {
    assert.equal(
      readFileSync(`${root}/docs/doctor.md`, 'utf8'),
      doctorDocument(),
      'run: npm run -s doctor -- --document > docs/doctor.md',
    );
  });

  it('says of everything that is wrong what it means, why, what follows and what to do, in both languages', () => {
    for (const [code, { area, entry }] of allCodes()) {
      assert.equal(code.split('.')[0], area);
      const texts = entry.severity === 'ok' ? [entry.title] : [entry.title, entry.cause, entry.effect, entry.fix?.text];
      for (const text of texts) {
        assert.match(text?.ru ?? '', /[а-яё]/i, `${code}: Russian`);
        assert.doesNotMatch(text?.en ?? 'я', /[а-яё]/i, `${code}: English`);
      }
    }
  });

  it('holds every code that a check says, and what --fix mends', () => {
    const codes = new Set(allCodes().keys());
    for (const code of FIXABLE) assert.ok(codes.has(code), code);
    for (const file of readdirSync(`${root}/shared/doctor/checks`)) {
      const source = readFileSync(`${root}/shared/doctor/checks/${file}`, 'utf8');
      for (const [, code = ''] of source.matchAll(/(?:Trouble|note|rung)\(\s*'([a-z]+\.[a-z_]+)'/g))
        assert.ok(codes.has(code), `${file}: ${code}`);
    }
  });

  it('gives no secret away, whole, decoded, or out of a URL that cannot be parsed', () => {
    const filter = createSecretFilter({
      DATABASE_URL: 'postgres://me:p%40ssw0rd@localhost/x',
      REDIS_URL: 'redis://:b:ro/ken@h',
      JWT_SECRETS: 'k:abcdefgh',
      TELEGRAM_BOT_TOKEN: 't0ken-of-bot',
    });
    assert.equal(filter('p%40ssw0rd p@ssw0rd b:ro/ken abcdefgh t0ken-of-bot fine'), '*** *** *** *** *** fine');
  });
});
