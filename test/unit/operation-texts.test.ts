import assert from 'node:assert/strict';
import { languages, LANGS, type Lang } from '../../shared/texts/languages.ts';

/** Every text of the commands of the shell, by `group.key`. */
function textsOf(lang: Lang): Map<string, string> {
  const groups = Object.entries(languages[lang].operations) as [string, Record<string, string>][];
  return new Map(
    groups.flatMap(([group, words]) => Object.entries(words).map(([key, text]) => [`${group}.${key}`, text] as const)),
  );
}

const found = (text: string, pattern: RegExp): string[] => [...new Set(text.match(pattern) ?? [])].toSorted();

describe('what the commands of the shell say', () => {
  for (const lang of LANGS.filter((one) => one !== 'en'))
    it(`has the same places, options, variables and commands in ${lang} as in English`, () => {
      const own = textsOf(lang);
      for (const [key, english] of textsOf('en')) {
        const text = own.get(key) ?? '';
        for (const pattern of [
          /\{\w+\}/g,
          /--[a-z][a-z-]*/g,
          /\b[A-Z]+_[A-Z_]+\b/g,
          /\bnpm run [a-z:]+|\bkeys [a-z]+/g,
        ])
          assert.deepEqual(found(text, pattern), found(english, pattern), `${key}: ${text}`);
      }
    });

  it('is Russian in Cyrillic, English and Uzbek in Latin, with the letters of Uzbek', () => {
    // names of variables and forms alone are the same in every language
    const bare = /\.(NODE_ENV|sum|listed|verify|removed|migrated|postgres|redis|api|apiAndWorker|toolFailed|notReady)$/;
    for (const [key, text] of textsOf('ru')) if (!bare.test(key)) assert.match(text, /[а-яё]/i, key);
    for (const lang of ['en', 'uz'] as const)
      for (const [key, text] of textsOf(lang)) assert.doesNotMatch(text, /[а-яё]/i, key);
    // an apostrophe of the keyboard is no letter
    for (const [key, text] of textsOf('uz')) assert.doesNotMatch(text, /\w['`’‘]\w/, key);
  });

  it('breaks no usage beyond the width of a terminal', () => {
    for (const lang of LANGS)
      for (const [key, text] of textsOf(lang))
        if (key.endsWith('.usage'))
          for (const line of text.split('\n')) assert.ok(line.length <= 120, `${lang} ${key}: ${line}`);
  });
});
