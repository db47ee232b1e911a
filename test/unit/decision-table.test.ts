/** The decision table of rules.md is the one that is run. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALONE_STATUSES, ISSUE_CODES } from '../../shared/rules/codes.ts';
import { DECISION_TABLE, ISSUE_RULES } from '../../shared/rules/decision-table.ts';
import { ruleTexts } from '../../shared/texts/tables.ts';

const rules = readFileSync(fileURLToPath(new URL('../../docs/rules.md', import.meta.url)), 'utf8');
const section = rules.slice(rules.indexOf('### 5.3'), rules.indexOf('\n## 6.'));

/** Number and result of each line as the page has them. */
function documented(): { no: string; result: string }[] {
  return section
    .split('\n')
    .filter((line) => /^\| \d+a? \|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map((cells) => ({ no: cells[1] as string, result: cells.at(-2) as string }));
}

describe('the decision table', () => {
  it('stands in rules.md line by line, with the status of each', () => {
    assert.deepEqual(
      documented().map(({ no }) => no),
      DECISION_TABLE.map(({ no }) => no),
    );
    for (const [at, { no, result }] of documented().entries()) {
      const { status } = DECISION_TABLE[at]!;
      if (status === 'alone') assert.deepEqual(result.split(', ').toSorted(), [...ALONE_STATUSES].toSorted());
      else assert.equal(/^\w+/.exec(result)?.[0], status, `line ${no}`);
    }
  });

  it('says in rules.md which lines wait for a report, and which are issues beside another status', () => {
    for (const { no, result } of documented()) {
      const rule = DECISION_TABLE.find((one) => one.no === no);
      assert.equal(result.endsWith(', pending'), rule?.pending === 'true', `line ${no}`);
    }
    const named = /status codes of every further line among ([\d, \n]+)\s*that applies/.exec(section)?.[1] ?? '';
    // line 1 comes first of all, so it is never one beside another
    assert.deepEqual(
      DECISION_TABLE.filter(({ isIssue }) => isIssue).map(({ no }) => no),
      named
        .split(',')
        .map((no) => no.trim())
        .filter((no) => no !== '' && no !== '1'),
    );
  });

  it('has a sentence for each line, and names every issue once', () => {
    assert.deepEqual(Object.keys(ruleTexts).toSorted(), DECISION_TABLE.map(({ no }) => no).toSorted());
    const independent = /\*\*Independent issues\*\*: ([^.]+)\./.exec(section)?.[1] ?? '';
    const found = ['duplicate_receipt', 'duplicate_payment'];
    assert.deepEqual(
      independent
        .split(',')
        .map((code) => code.trim())
        .toSorted(),
      [...ISSUE_RULES.map(({ code }) => code), ...found].toSorted(),
    );
    const raised = new Set<string>([
      ...ISSUE_RULES.map(({ code }) => code),
      ...found,
      ...DECISION_TABLE.flatMap(({ status, isIssue }) => (isIssue ? [status] : [])),
      'number_conflict',
    ]);
    assert.deepEqual([...raised].toSorted(), [...ISSUE_CODES].toSorted());
  });
});
