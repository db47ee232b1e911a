import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { CONFIG_VARIABLES, loadConfig } from '../../shared/config.ts';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
/** Read by docker-compose.yml alone. */
const COMPOSE_PASSWORDS = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD'];
const sorted = (names: Iterable<string>) => [...names].sort();

describe('the documents of the configuration', () => {
  it('.env.example names every variable that is read, once, and no other', () => {
    const named = [...text('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(sorted(named), sorted([...CONFIG_VARIABLES, ...COMPOSE_PASSWORDS]));
    for (const name of COMPOSE_PASSWORDS)
      assert.match(text('.env.example'), /Make each with: openssl rand -hex 24\n(?:# \w+=\n)*/, name);
  });

  it('docker compose passes every variable of .env.example to its services, and asks for none that is not there', () => {
    const compose = text('docker-compose.yml');
    const passed = new Set([...compose.matchAll(/^ {4,6}([A-Z][A-Z0-9_]+):/gm)].map((match) => match[1] ?? ''));
    for (const name of CONFIG_VARIABLES.filter((one) => one !== 'HOST'))
      assert.ok(passed.has(name), `${name} does not reach a container`);
    const asked = [...compose.matchAll(/\$\{([A-Z][A-Z0-9_]+)/g)].map((match) => match[1] ?? '');
    const offered: readonly string[] = [...CONFIG_VARIABLES, ...COMPOSE_PASSWORDS];
    assert.deepEqual(
      asked.filter((name) => !offered.includes(name)),
      [],
    );
  });

  it('.env.example shows the defaults: with them set, the configuration is the same as without', () => {
    const shown = Object.fromEntries(
      [...text('.env.example').matchAll(/^([A-Z][A-Z0-9_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]),
    );
    assert.deepEqual(loadConfig(shown, 'worker'), loadConfig({ DATABASE_URL: shown['DATABASE_URL'] }, 'worker'));
  });

  it('docs/config.md has a line for every variable that is read, and for no other', () => {
    const named = [...text('docs/config.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(sorted(named), sorted(CONFIG_VARIABLES));
  });
});
