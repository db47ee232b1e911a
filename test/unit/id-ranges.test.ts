import assert from 'node:assert/strict';
import { rangesOf } from '../../shared/reconcile/id-ranges.ts';

const at = (first: number, last: number) => ({ first, last });
const FAR = 1_000_000;

describe('where the rows of a step lie', () => {
  it('is one stretch where little lies between', () => {
    assert.equal(
      rangesOf([at(5, 60_000), at(70_000, 131_000), at(131_072, 140_000)]).of('o.id'),
      '(o.id between 5 and 140000)',
    );
  });

  it('leaves out what lies between those that came together and an old one', () => {
    assert.equal(
      rangesOf([at(3, 3), at(FAR, FAR + 50_000), at(FAR + 65_000, FAR + 90_000)]).of('o.id'),
      `(o.id between 3 and 3 or o.id between ${FAR} and ${FAR + 90_000})`,
    );
  });

  it('joins the nearest of many, and loses none', () => {
    const stretches = [0, 1, 5, 6, 20, 21, 50, 90].map((million) => at(million * FAR, million * FAR + 10));
    const condition = rangesOf(stretches).of('id');
    assert.equal(
      condition,
      `(id between 0 and ${6 * FAR + 10} or id between ${20 * FAR} and ${21 * FAR + 10}` +
        ` or id between ${50 * FAR} and ${50 * FAR + 10} or id between ${90 * FAR} and ${90 * FAR + 10})`,
    );
  });

  it('is anywhere of nothing', () => {
    assert.equal(rangesOf([]).of('o.id'), 'true');
  });
});
