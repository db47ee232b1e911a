import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allCodes } from '../../shared/doctor/checks/index.ts';
import { doctorDocument } from '../../shared/doctor/document.ts';
import { problem, type CodeTable } from '../../shared/doctor/codes/entry.ts';
import { FIXABLE } from '../../shared/doctor/fixes.ts';
import { createLadder, Trouble } from '../../shared/doctor/ladder.ts';
import { createSecretFilter } from '../../shared/doctor/secrets.ts';
import { doctorWords } from '../../shared/doctor/words.ts';
import type { Texts } from '../../shared/texts/en/index.ts';
import { LANGS, languages } from '../../shared/texts/languages.ts';

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
    for (const { code, area, entry } of allCodes().values()) {
      assert.equal(code.split('.')[0], area);
      for (const lang of LANGS) {
        const texts = Object.entries(doctorWords(code, lang));
        const parts = entry.severity === 'ok' ? ['title'] : ['title', 'cause', 'effect', 'fix'];
        assert.deepEqual(texts.map(([part]) => part).toSorted(), parts.toSorted(), code);
        for (const [, text] of texts) {
          assert.match(text, /^\S.*\S$/, `${code}: ${lang}`);
          assert.doesNotMatch(text, /\{(product|variable|publicVariable|service)\}/, code);
          if (lang === 'en' || lang === 'uz') assert.doesNotMatch(text, /[а-яё]/i, code);
        }
      }
      assert.match(doctorWords(code, 'ru').title, /[а-яё]/i, `${code}: Russian`);
    }
  });

  it('words nothing that no check can say', () => {
    const codes = allCodes();
    const { anyArea, away, network, report, ...tables } = languages.en.doctor;
    for (const code of Object.values(tables).flatMap((table) => Object.keys(table))) assert.ok(codes.has(code), code);
    for (const name of Object.keys(network))
      assert.ok(codes.has(`redis.${name}`) && codes.has(`postgres.${name}`), name);
    assert.ok(anyArea && away && report);
  });

  it('names the same variables, commands, figures and paths in Russian and Uzbek', () => {
    const names = /[A-Z][A-Z0-9]*_[A-Z_]+|[a-z]+_[a-z_]+|-?-(?:fix|check|pooler)\b|\d+/;
    const paths = /(?<=^|[\s(])\/\w+[\w/:]*|docs\/\S+\.md/;
    const either = new RegExp(`${names.source}|${paths.source}`, 'g');
    const named = (text: string | undefined): string[] => [...new Set(text?.match(either))].toSorted();
    for (const { code } of allCodes().values()) {
      const [ru, uz] = [doctorWords(code, 'ru'), doctorWords(code, 'uz')];
      for (const part of ['title', 'cause', 'effect', 'fix'] as const)
        assert.deepEqual(named(uz[part]), named(ru[part]), `${code}: ${uz[part]}`);
    }
  });

  it('refuses at compile time a language that lacks a finding, or a part of one', () => {
    const { 'disk.full': full, ...rest } = languages.en.doctor.disk;
    // @ts-expect-error a finding is missing
    const lacking: Texts['doctor']['disk'] = rest;
    // @ts-expect-error what to do is missing
    const halfSaid: Texts['doctor']['disk'] = { ...rest, 'disk.full': { title: full.title, cause: '', effect: '' } };
    // @ts-expect-error a code that no language words
    const unworded: CodeTable = { 'disk.lwo': problem('warn') };
    // @ts-expect-error a problem of which no language says what to do
    const rungOnly: CodeTable = { 'disk.space': problem('warn') };
    assert.ok(lacking && halfSaid && unworded && rungOnly);
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
