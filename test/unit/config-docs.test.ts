import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CONFIG_VARIABLES, loadConfig } from '../../shared/config.ts';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const sorted = (names: Iterable<string>) => [...names].sort();

describe('the documents of the configuration', () => {
  it('.env.example names every variable that is read, once, and no other', () => {
    const named = [...text('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(sorted(named), sorted(CONFIG_VARIABLES));
  });

  it('.env.example shows the defaults: with them set, the configuration is the same as without', () => {
    const shown = Object.fromEntries([...text('.env.example').matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]));
    assert.deepEqual(loadConfig(shown, 'worker'), loadConfig({ DATABASE_URL: shown['DATABASE_URL'] }, 'worker'));
  });

  it('docs/config.md has a line for every variable that is read, and for no other', () => {
    const named = [...text('docs/config.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(sorted(named), sorted(CONFIG_VARIABLES));
  });
});
