import assert from 'node:assert/strict';
import { wideLines } from '../../scripts/file-sizes.ts';
import { isCrowded } from '../../scripts/sql-clauses.ts';

describe('the rule of 120 columns', () => {
  const wide = 'x'.repeat(121);

  it('names lines that are wider, and none that is as wide', () => {
    assert.deepEqual(wideLines('shared/a.ts', ['x'.repeat(120), wide, '', `const a = '${wide}';`]), [2, 4]);
  });

  it('lets texts, and in tests titles and samples, be as long as they are; product code has neither', () => {
    const lines = [`  it('${wide}', () => {`, `    '${wide}',`, `    const a = '${wide}';`];
    assert.deepEqual(wideLines('web/src/texts/ru/a.ts', lines), []);
    assert.deepEqual(wideLines('test/unit/a.test.ts', lines), [3]);
    assert.deepEqual(wideLines('shared/a.ts', lines), [1, 2, 3]);
  });
});

describe('the rule of one clause a line', () => {
  it('names a long line of several clauses, whatever stands in its brackets', () => {
    const select = 'select a.id, b.name, (select count(*) from c where c.id = a.id order by 1) as count';
    assert.ok(isCrowded(`${select} from a join b on b.id = a.id where a.id = $1 limit 1`));
    assert.ok(!isCrowded(`${select} from a where a.id is distinct from $1`), 'two of them');
  });

  it('lets short statements, comments and prose be', () => {
    assert.ok(!isCrowded('select id from a where b = 1 order by id limit 1'));
    assert.ok(!isCrowded(` * ${'word '.repeat(20)} from where they join, order by order, limit by limit`));
    assert.ok(!isCrowded(`const said = '${'word '.repeat(20)} where they are, limit by limit, group by group';`));
  });
});
