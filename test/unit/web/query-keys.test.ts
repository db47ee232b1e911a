import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { changed, OUT_OF_DATE_AFTER, QUERY_ROOTS, type Deed } from '../../../web/src/api/query-keys.ts';

const source = fileURLToPath(new URL('../../../web/src', import.meta.url));
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:ts|vue)$/.test(name) && !name.endsWith('query-keys.ts'))
  .map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));

describe('what the page reads again after something was done', () => {
  it('reads orders, sums, reconciliation and revenue again once reports were loaded or taken back, a decision was made or a run ended', () => {
    for (const deed of ['uploadEnded', 'undo', 'decision', 'run'] as const)
      for (const root of ['orders', 'totals', 'order', 'summary', 'analytics'] as const)
        assert.ok((OUT_OF_DATE_AFTER[deed] as readonly string[]).includes(root), `${deed} ${root}`);
  });

  it('tells each reading of the table once', async () => {
    for (const deed of Object.keys(OUT_OF_DATE_AFTER) as Deed[]) {
      const told: unknown[] = [];
      await changed(
        {
          invalidateQueries: async (filter) => void told.push((filter as { queryKey?: unknown } | undefined)?.queryKey),
        },
        deed,
      );
      assert.deepEqual(
        told,
        OUT_OF_DATE_AFTER[deed].map((root) => [root]),
      );
      assert.equal(new Set(told.map(String)).size, told.length, deed);
    }
  });

  it('knows the key of every reading of the page', () => {
    const read = code.flatMap(({ text }) =>
      [...text.matchAll(/(?:queryKey: (?:computed\(\(\) => )?|key = computed\(\(\) => )\[\s*'([\w-]+)'/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    assert.deepEqual([...new Set(read)].toSorted(), [...QUERY_ROOTS].toSorted());
  });

  it('is the only place that says what is out of date; a change of language alone reads everything again', () => {
    const others = code.filter(({ text }) => text.includes('invalidateQueries')).map(({ name }) => name);
    assert.deepEqual(others, ['shell/look-switch.vue']);
  });
});
