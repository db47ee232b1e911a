/**
 * What a migration must not do to a table in use (CONTRIBUTING.md, Schema): read or rewrite all its rows while nobody
 * else may write, or take away what the version before still reads. Looks at `up` alone, and leaves tables alone that
 * the migration itself makes.
 */
export interface LintFinding {
  rule: 'rewrites' | 'reads_all_rows' | 'blocks_writes' | 'breaks_predecessor' | 'changes_all_rows';
  table: string;
  statement: string;
}

interface Rule {
  rule: LintFinding['rule'];
  /** of one action of an alter table, or of a whole statement */
  matches: RegExp;
  unless?: RegExp;
}

/** Values that differ from row to row: adding them writes every row. */
const VOLATILE = /default\s+(?:random|clock_timestamp|gen_random_uuid|nextval|pg_current_xact_id)\s*\(/;

const ALTER_RULES: readonly Rule[] = [
  { rule: 'rewrites', matches: /^alter (?:column )?\w+ (?:set data )?type /, unless: / type text$/ },
  {
    rule: 'rewrites',
    matches: /^add (?:column )?(?:if not exists )?\w+ .*generated always as (?:identity|\(.*\) stored)/,
  },
  { rule: 'rewrites', matches: new RegExp(`^add (?:column )?.*${VOLATILE.source}`) },
  { rule: 'rewrites', matches: /^set (?:logged|unlogged|tablespace|access method)/ },
  { rule: 'reads_all_rows', matches: /^add (?:constraint \w+ )?(?:check|foreign key)/, unless: /not valid$/ },
  { rule: 'reads_all_rows', matches: /^alter (?:column )?\w+ set not null/ },
  { rule: 'reads_all_rows', matches: /^add (?:column )?\w+ [^,]*not null/, unless: /default/ },
  { rule: 'blocks_writes', matches: /^add (?:constraint \w+ )?(?:primary key|unique|exclude)/, unless: /using index/ },
  { rule: 'breaks_predecessor', matches: /^(?:drop (?:column|constraint \w+_pkey)|rename)/ },
];
const STATEMENT_RULES: readonly Rule[] = [
  { rule: 'blocks_writes', matches: /^create (?:unique )?index (?!concurrently)(?:if not exists )?\w+ on (\w+)/ },
  { rule: 'blocks_writes', matches: /^reindex (?:table|index) (?!concurrently)(\w+)/ },
  { rule: 'blocks_writes', matches: /^lock (?:table )?(\w+)/ },
  { rule: 'rewrites', matches: /^(?:vacuum full|cluster) (\w+)/ },
  { rule: 'breaks_predecessor', matches: /^drop table (?:if exists )?(\w+)/ },
  { rule: 'changes_all_rows', matches: /^update (\w+)/, unless: / where / },
];

/** @param code of a migration file */
export function lintMigration(code: string): LintFinding[] {
  const up = code.slice(0, code.search(/export (?:async )?function down|export const down/) >>> 0);
  const statements = [
    ...up.matchAll(/`([^`]*)`|'((?:alter|create|drop|update|lock|reindex|vacuum|cluster) [^'\n]*)'/gi),
  ]
    .flatMap(([, long, short]) => (long ?? short ?? '').replaceAll(/--[^\n]*/g, '').split(';'))
    .map((text) => text.replaceAll(/\s+/g, ' ').trim().toLowerCase());
  // what it puts aside on its way down is its own as well
  const made = new Set(
    [...code.matchAll(/create (?:unlogged )?table (?:if not exists )?(\w+)/g)].map(([, table]) => table),
  );
  const added = new Set(
    statements.flatMap((text) =>
      [...text.matchAll(/add column (?:if not exists )?(\w+)/g)].map(([, column]) => column),
    ),
  );
  const found: LintFinding[] = [];
  for (const statement of statements) {
    const [, table = '', actions = ''] = /^alter table (?:only )?(?:if exists )?(\w+) (.*)$/.exec(statement) ?? [];
    for (const action of partsOf(actions))
      for (const { rule, matches, unless } of ALTER_RULES)
        if (matches.test(action) && unless?.test(action) !== true) found.push({ rule, table, statement: action });
    for (const { rule, matches, unless } of STATEMENT_RULES) {
      const [, on = ''] = matches.exec(statement) ?? [];
      // an index on a column that this migration adds is empty, and built at once
      const onNew = rule === 'blocks_writes' && added.has(/\(\s*(\w+)/.exec(statement)?.[1] ?? '-');
      if (on !== '' && !onNew && unless?.test(statement) !== true) found.push({ rule, table: on, statement });
    }
  }
  return found.filter(({ table }) => !made.has(table));
}

/** Actions of an alter table: commas within brackets are their own. */
function partsOf(actions: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of actions) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
