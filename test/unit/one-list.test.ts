import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GATEWAYS } from '../../shared/ingest/sources/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PRODUCT = ['api', 'cli', 'worker', 'shared', 'web/src'];
/** What may name one: its own file, the list, and the words for it. */
const MAY = /^shared\/(ingest\/sources\/(index|GATEWAY)\.ts$|texts\/)|^web\/src\/texts\//;

describe('a gateway', () => {
  // the one word of these that the page says of something else: a press of a key of the mouse
  for (const gateway of GATEWAYS.filter((name) => name !== 'click')) {
    it(`${gateway} is named by its own file, the list of sources and the texts, and nowhere else in the product`, () => {
      const naming = PRODUCT.flatMap((part) =>
        readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(ts|vue)$/.test(name))
          .map((name) => `${part}/${name}`)
          .filter((name) => new RegExp(`['"]${gateway}(_\\w+)?['"]`).test(readFileSync(join(root, name), 'utf8'))),
      );
      const elsewhere = naming.filter((name) => !MAY.test(name.replace(`${gateway}.ts`, 'GATEWAY.ts')));
      assert.deepEqual(elsewhere, []);
    });
  }
});
