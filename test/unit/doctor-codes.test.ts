import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allCodes } from '../../shared/doctor/checks/index.ts';
import { doctorDocument } from '../../shared/doctor/document.ts';
import { FIXABLE } from '../../shared/doctor/fixes.ts';
import { createLadder, Trouble } from '../../shared/doctor/ladder.ts';
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

  it('is all that a check can say: the compiler refuses another code', () => {
    const ladder = createLadder();
    ladder.note('queue.stalled', 'a code of the list');
    // @ts-expect-error no code of the list
    ladder.note('queue.stalled_', 'a misspelt one');
    // @ts-expect-error a code of another area than its name says
    assert.ok(new Trouble('redis.backlog_old', '') instanceof Error);
    assert.ok(allCodes().has('queue.stalled') && !allCodes().has('queue.stalled_'));
  });

  it('holds what --fix mends', () => {
    const codes = allCodes();
    for (const code of FIXABLE) assert.ok(codes.has(code), code);
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
