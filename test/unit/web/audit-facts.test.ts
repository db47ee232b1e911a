import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { AUDIT_ACTIONS } from '../../../shared/audit/audit.ts';
import { inner } from '../../../web/src/people/audit-words.ts';
import { ru } from '../../../web/src/texts/ru/index.ts';

const root = join(import.meta.dirname, '../../..');
const actions = new Set<string>(AUDIT_ACTIONS);
/** What it holds stands on the page, not its name. */
const opened = new Set(['filter']);

/** The value of a property that is written out. */
function written(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((one) => one.name?.getText() === name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** Names of the facts, those too that are spread in under a condition; what they hold is none of them. */
function factsOf(node: ts.Expression): string[] {
  if (!ts.isObjectLiteralExpression(node)) {
    const parts = ts.isConditionalExpression(node) ? [node.whenTrue, node.whenFalse] : [];
    return ts.isParenthesizedExpression(node) ? factsOf(node.expression) : parts.flatMap(factsOf);
  }
  return node.properties.flatMap((one) =>
    ts.isSpreadAssignment(one) ? factsOf(one.expression) : one.name === undefined ? [] : [one.name.getText()],
  );
}

describe('the audit log on the page', () => {
  it('has a word for every fact that is kept of a deed', () => {
    const facts = new Map<string, string>();
    for (const folder of ['api', 'shared', 'worker', 'scripts'])
      for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        const text = name.endsWith('.ts') ? readFileSync(join(root, folder, name), 'utf8') : '';
        if (!text.includes('details')) continue;
        const visit = (node: ts.Node): void => {
          if (ts.isObjectLiteralExpression(node)) {
            const [action, details] = [written(node, 'action'), written(node, 'details')];
            if (action !== undefined && ts.isStringLiteral(action) && actions.has(action.text) && details !== undefined)
              for (const fact of factsOf(details)) facts.set(fact, `${action.text} in ${folder}/${name}`);
          }
          ts.forEachChild(node, visit);
        };
        visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
      }
    assert.ok(facts.size > 15, 'they are written as this test reads them');
    assert.deepEqual(
      [...facts].filter(([fact]) => !Object.hasOwn(ru.auditDetail, fact) && !inner.has(fact) && !opened.has(fact)),
      [],
    );
  });
});
