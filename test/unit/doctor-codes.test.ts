import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allCodes } from '../../shared/doctor/checks/index.ts';
import { doctorDocument } from '../../shared/doctor/document.ts';
import { rung, words, type Words } from '../../shared/doctor/finding.ts';
import { FIXABLE } from '../../shared/doctor/fixes.ts';
import { createLadder, Trouble } from '../../shared/doctor/ladder.ts';
import { createSecretFilter } from '../../shared/doctor/secrets.ts';
import { LANGS } from '../../shared/texts/text.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe("the doctor's list of codes", () => {
  it('is the one in docs/doctor.md: each code has its section', () => {
    assert.equal(
      readFileSync(`${root}/docs/doctor.md`, 'utf8'),
      doctorDocument(),
      'run: npm run -s doctor -- --document > docs/doctor.md',
    );
  });

  it('says of everything that is wrong what it means, why, what follows and what to do, in every language', () => {
    for (const [code, { area, entry }] of allCodes()) {
      assert.equal(code.split('.')[0], area);
      const texts = entry.severity === 'ok' ? [entry.title] : [entry.title, entry.cause, entry.effect, entry.fix?.text];
      for (const text of texts) {
        assert.ok(text, code);
        for (const lang of LANGS) assert.match(text[lang], /^\S.*\S$/, `${code}: ${lang}`);
        assert.match(text.ru, /[а-яё]/i, `${code}: Russian`);
        for (const other of [text.en, text.uz]) assert.doesNotMatch(other, /[а-яё]/i, code);
      }
    }
  });

  it('names the same variables, commands, figures and paths in Russian and Uzbek', () => {
    const names = /[A-Z][A-Z0-9]*_[A-Z_]+|[a-z]+_[a-z_]+|-?-(?:fix|check|pooler)\b|\d+/;
    const paths = /(?<=^|[\s(])\/\w+[\w/:]*|docs\/\S+\.md/;
    const either = new RegExp(`${names.source}|${paths.source}`, 'g');
    const named = (text: string): string[] => [...new Set(text.match(either))].toSorted();
    for (const [code, { entry }] of allCodes())
      for (const text of [entry.title, entry.cause, entry.effect, entry.fix?.text])
        if (text !== undefined) assert.deepEqual(named(text.uz), named(text.ru), `${code}: ${text.uz}`);
  });

  it('refuses at compile time a finding that lacks a language', () => {
    // @ts-expect-error no Uzbek
    words('Слово', 'A word');
    // @ts-expect-error no Uzbek
    rung('Слово', 'A word');
    // @ts-expect-error no Uzbek
    const lacking: Words = { ru: 'Слово', en: 'A word' };
    assert.ok(lacking);
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
