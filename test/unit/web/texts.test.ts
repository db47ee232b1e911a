import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'vue/compiler-sfc';
import { AUDIT_ACTIONS } from '../../../shared/audit/audit.ts';
import {
  errorTexts,
  exportErrorTexts,
  exportRequestTexts,
  fileErrorTexts,
  issueTexts,
  orderReasonTexts,
  orderStatusTexts,
  differenceTexts,
  nearMissTexts,
  ruleTexts,
  questionTexts,
  rowErrorTexts,
  type TextTable,
  warningTexts,
} from '../../../shared/texts/tables.ts';
import { LANGS, languages } from '../../../shared/texts/languages.ts';
import { sources } from '../../../shared/ingest/sources/index.ts';
import { SCOPES } from '../../../shared/auth/principal.ts';
import { ISSUE_CODES, ORDER_STATUSES, PAYMENT_TYPES } from '../../../shared/rules/codes.ts';
import { missingPeriod as missingPeriodOfServer, missingSentence } from '../../../shared/texts/missing.ts';
import { DOORS } from '../../../shared/uploads/doors.ts';
import * as adminPage from '../../../web/src/api/admin-types.ts';
import { missingPeriod } from '../../../web/src/reconciliation/missing.ts';
import { auditKey } from '../../../web/src/i18n/audit-key.ts';
import { LANGUAGES, type Language } from '../../../web/src/i18n/languages.ts';
import type { Messages } from '../../../web/src/texts/ru/index.ts';

const source = fileURLToPath(new URL('../../../web/src', import.meta.url));

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') all.set(prefix + key, value);
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

/** Of each language that the page offers. */
const texts = Object.fromEntries(
  await Promise.all(
    LANGUAGES.map(async (language) => {
      const folder = (await import(`../../../web/src/texts/${language}/index.ts`)) as Record<Language, Messages>;
      return [language, flat(folder[language])] as const;
    }),
  ),
) as Record<Language, Map<string, string>>;
const translated = LANGUAGES.filter((language) => language !== 'ru');
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].toSorted();
const filesOf = (ending: string): string[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));

describe('the texts of the page', () => {
  it('has the same keys in every language, and none of them empty', () => {
    for (const language of translated)
      assert.deepEqual([...texts[language].keys()].toSorted(), [...texts.ru.keys()].toSorted());
    for (const [language, table] of Object.entries(texts))
      for (const [key, text] of table) assert.notEqual(text.trim(), '', `${language} ${key}`);
  });

  it('fills in the same places in every language', () => {
    // the dash between two days needs both; a plural form may do without its number
    for (const [key, text] of texts.ru) {
      for (const language of translated)
        assert.deepEqual(placeholders(texts[language].get(key) ?? ''), placeholders(text), `${language} ${key}`);
    }
  });

  it('gives three forms in Russian and two in English wherever a number decides the form', () => {
    for (const [key, text] of texts.ru) {
      const forms = text.split('|').length;
      if (forms > 1) assert.equal(forms, 3, `ru ${key}`);
      const english = (texts.en.get(key) ?? '').split('|').length;
      if (forms > 1) assert.equal(english, 2, `en ${key}`);
    }
  });

  it('uses every text, and asks for none that is not there', () => {
    const code = [...filesOf('.vue'), ...filesOf('.ts')]
      .filter((name) => !name.startsWith('texts/'))
      .map((name) => readFileSync(join(source, name), 'utf8'))
      .join('\n');
    const asked = [...code.matchAll(/\bt\(\s*'([a-zA-Z.]+)'/g)].map((match) => match[1] ?? '');
    for (const key of asked) assert.ok(texts.ru.has(key), `no text ${key}`);
    // sections whose keys are codes put together at run time
    const built = new Set(
      [...code.matchAll(/`([a-zA-Z.]+)\.\$\{/g), ...code.matchAll(/label\(\['([a-zA-Z.]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    const coded = [
      'status',
      'statusHelp',
      'issue',
      'issueHelp',
      'payment',
      'field',
      'word',
      'codes',
      'difference',
      'why',
      'reasons',
      'auditValue',
      'sessionStatus',
      'fileStatus',
      'saleTag',
    ];
    const unused = [...texts.ru.keys()].filter((key) => {
      const section = key.slice(0, key.lastIndexOf('.'));
      return !code.includes(`'${key}'`) && !built.has(section) && !coded.includes(section);
    });
    assert.deepEqual(unused, []);
  });

  it('has no words of its own in a template: every one comes from the tables', () => {
    const found: string[] = [];
    for (const name of filesOf('.vue')) {
      const { descriptor } = parse(readFileSync(join(source, name), 'utf8'));
      const visit = (node: {
        type: number;
        content?: unknown;
        props?: unknown;
        children?: unknown[];
        loc: { source: string };
      }): void => {
        const content = node.content;
        if (node.type === 2 && typeof content === 'string' && /\p{L}{2,}/u.test(content))
          found.push(`${name}: ${content.trim()}`);
        for (const prop of (node.props ?? []) as { type: number; name: string; value?: { content: string } }[]) {
          const shown = ['title', 'placeholder', 'alt', 'aria-label', 'label'].includes(prop.name);
          if (prop.type === 6 && shown && /\p{L}{2,}/u.test(prop.value?.content ?? ''))
            found.push(`${name}: ${prop.name}="${prop.value?.content}"`);
        }
        for (const child of (node.children ?? []) as (typeof node)[]) visit(child);
      };
      if (descriptor.template?.ast) visit(descriptor.template.ast as never);
    }
    assert.deepEqual(found, []);
  });
});

describe('what the page shares with the server', () => {
  it('calls each status as the server does', () => {
    for (const status of ORDER_STATUSES) {
      assert.equal(texts.ru.get(`status.${status}`), orderStatusTexts[status]?.ru, status);
      assert.equal(texts.en.get(`status.${status}`), orderStatusTexts[status]?.en, status);
    }
  });

  it('has a name for every issue, payment type and field', () => {
    for (const issue of ISSUE_CODES)
      assert.ok(texts.ru.has(`issue.${issue}`) || texts.ru.has(`status.${issue}`), issue);
    for (const type of PAYMENT_TYPES) assert.ok(texts.ru.has(`payment.${type}`), type);
    for (const one of Object.values(sources)) {
      for (const field of one.fields) {
        const name = field.name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
        assert.ok(texts.ru.has(`field.${name}`), field.name);
      }
    }
  });

  it('offers for tokens exactly the scopes that the server knows', () => {
    assert.deepEqual(adminPage.SCOPES.map(({ name }) => name).toSorted(), SCOPES.toSorted());
  });

  it('has a word for every door by which reports come', () => {
    for (const door of DOORS) assert.ok(texts.ru.has(`files.door.${door}`), door);
  });

  it('has words for every deed of the audit log', () => {
    for (const action of AUDIT_ACTIONS) assert.ok(texts.ru.has(auditKey(action)), action);
  });

  it('says of each source where to fetch what is missing, as the bot and the command line do', () => {
    const named = Object.keys(languages.en.missing).filter((name) => name !== 'other');
    assert.deepEqual(named.toSorted(), Object.keys(sources).toSorted());
    const periods = [
      { from: '2025-06-05', to: '2025-06-05' },
      { from: '2025-06-02', to: '2025-06-08' },
      { from: '2025-06-05T14:00:10.000+05:00', to: '2025-06-05T16:00:00.000+05:00' },
      { from: '2025-06-05T23:40:00.000+05:00', to: '2025-06-06T00:20:00.000+05:00' },
    ];
    for (const period of periods) {
      assert.equal(missingPeriod(period), missingPeriodOfServer(period));
      for (const source of Object.keys(sources)) {
        for (const lang of LANGS) {
          const text = texts[lang].get(`missing.${source}`) ?? '';
          assert.equal(text.replace('{period}', missingPeriod(period)), missingSentence(lang, { source, ...period }));
        }
      }
    }
  });

  it('says why an order of a list is as it is for exactly the reasons that the server gives', () => {
    const known = [...texts.ru.keys()].filter((key) => key.startsWith('why.')).map((key) => key.slice('why.'.length));
    assert.deepEqual(known.toSorted(), Object.keys(orderReasonTexts).toSorted());
  });

  it('words every difference within an order itself, from the figures the server gives', () => {
    for (const [code, text] of Object.entries(differenceTexts)) {
      const worded = texts.ru.get(`difference.${code}`);
      assert.ok(worded, code);
      assert.deepEqual(placeholders(worded), placeholders(text.ru), code);
    }
  });

  it('has every code in every language on the server, filling in nothing that Russian does not', () => {
    const tables: TextTable[] = [
      errorTexts,
      fileErrorTexts,
      questionTexts,
      rowErrorTexts,
      warningTexts,
      ruleTexts,
      nearMissTexts,
      differenceTexts,
      issueTexts,
      orderStatusTexts,
      orderReasonTexts,
      exportErrorTexts,
      exportRequestTexts,
    ];
    for (const table of tables) {
      for (const [code, { hint, ...worded }] of Object.entries(table)) {
        for (const lang of LANGS.filter((one) => one !== 'ru')) {
          assert.match(worded[lang], /\S/, `${code} ${lang}`);
          if (lang === 'en' || lang === 'uz') assert.doesNotMatch(worded[lang], /[а-яё]/i, `${code} ${lang}`);
          for (const name of placeholders(worded[lang]))
            assert.ok(placeholders(worded.ru).includes(name), `${code} ${lang}: {${name}}`);
          if (hint) assert.match(hint[lang], /\S/, `hint of ${code} ${lang}`);
        }
      }
    }
  });

  it('glues no two words together: a blank at the edge of an element, beside a text of its own, is dropped', () => {
    const lost = filesOf('.vue').flatMap((name) =>
      readFileSync(join(source, name), 'utf8')
        .split('\n')
        .flatMap((line, at) => (/<[a-z][^<>]*(?<!\/)> +\{\{|\}\} +<\//i.test(line) ? [`${name}:${at + 1}`] : [])),
    );
    assert.deepEqual(lost, []);
  });
});
