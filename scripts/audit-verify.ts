import { text as readAll } from 'node:stream/consumers';
import { createReadStream } from 'node:fs';
import { createAuditAnchor } from '../shared/audit/anchor.ts';
import { headText } from '../shared/audit/chain.ts';
import { verifyAudit, type AuditVerdict } from '../shared/audit/verify.ts';
import { loadConfig } from '../shared/config.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createLogger } from '../shared/logger.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { Texts } from '../shared/texts/en/index.ts';
import type { Lang } from '../shared/texts/languages.ts';
import { OperationFault, operationText } from '../shared/texts/operations.ts';
import { readOptions, runCommand, UsageError } from './run-command.ts';

const HEAD = /^\d{1,18}:[0-9a-f]{64}$/;

interface Wanted {
  heads: string[];
  json: boolean;
}

/**
 * What the sealer itself told: of any other line the text may be somebody else's, who would have a whole log called
 * broken by it.
 */
function headsOfLog(log: string): string[] {
  return log.split('\n').flatMap((line) => {
    // whoever collects logs may put something before each line
    const told = parseLine(line.slice(Math.max(0, line.indexOf('{'))));
    if (told !== null)
      return told['event'] === 'audit_head' && typeof told['head'] === 'string' && HEAD.test(told['head'])
        ? [told['head']]
        : [];
    const [, head] = /\] audit log sealed event=audit_head head=(\d{1,18}:[0-9a-f]{64}) /.exec(line) ?? [];
    return head === undefined ? [] : [head];
  });
}

function parseLine(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

async function readArgs(args: readonly string[]): Promise<Wanted> {
  const options = {
    head: { type: 'string', multiple: true },
    log: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  } as const;
  const { values } = readOptions({ options }, args);
  const heads = values.head ?? [];
  const wrong = heads.find((head) => !HEAD.test(head));
  if (wrong !== undefined) throw new UsageError('auditVerify', 'badHead', { head: wrong });
  for (const path of values.log ?? []) heads.push(...headsOfLog(await readLog(path)));
  return { heads, json: values.json ?? false };
}

async function readLog(path: string): Promise<string> {
  try {
    return await readAll(path === '-' ? process.stdin : createReadStream(path));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new OperationFault('auditVerify', 'noLog', { path, reason }, { cause: error });
  }
}

function describe(verdict: AuditVerdict, lang: Lang): string {
  const say = (key: keyof Texts['operations']['auditVerify'], params: Record<string, string | number> = {}) =>
    operationText(lang, 'auditVerify', key, params);
  const lines = verdict.faults.map(({ kind, seq, auditId }) =>
    [
      `${say('wrong')}  ${operationText(lang, 'auditFaults', kind)}`,
      seq === null ? '' : say('seal', { seq }),
      auditId === null ? '' : say('row', { id: auditId }),
    ]
      .filter(Boolean)
      .join(', '),
  );
  if (verdict.unsealedOlderThanGrace > 0)
    lines.push(`${say('wrong')}  ${say('waiting', { count: verdict.unsealedOlderThanGrace })}`);
  const { sealed, unsealed, head } = verdict;
  lines.push(say('sealed', { sealed, unsealed, head: head ?? say('none') }));
  for (const what of verdict.notChecked)
    lines.push(`${say('notChecked')}  ${operationText(lang, 'auditNotChecked', what)}`);
  lines.push(say(isIntact(verdict) ? 'whole' : 'notWhole'));
  return lines.join('\n');
}

const isIntact = (verdict: AuditVerdict): boolean => verdict.ok && verdict.unsealedOlderThanGrace === 0;

async function verify(args: readonly string[], lang: Lang): Promise<number> {
  const { heads, json } = await readArgs(args);
  const { DATABASE_URL, NODE_ENV, AUDIT_KEY, AUDIT_ANCHOR } = process.env;
  const bucket = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
  const config = loadConfig({ ...bucket, DATABASE_URL, NODE_ENV, AUDIT_KEY, AUDIT_ANCHOR }, 'tool');
  if (config.auditKey === null) throw new UsageError('auditVerify', 'noKey');
  const logger = createLogger({ service: 'audit-verify', level: 'warn', format: 'text' });
  const db = createDatabase({
    url: config.database.url,
    poolMax: 2,
    applicationName: 'vhm24r-audit-verify',
    logger,
    statementTimeoutMs: 0,
  });
  try {
    const anchored = config.auditAnchor === null ? [] : await createAuditAnchor(config.auditAnchor, config.aws).read();
    const verdict = await verifyAudit(db, config.auditKey, [...heads, ...anchored.map(({ head }) => headText(head))]);
    console.log(json ? JSON.stringify(verdict, null, 2) : describe(verdict, lang));
    return isIntact(verdict) ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

if (isMainModule(import.meta.url)) runCommand({ name: 'audit:verify', words: 'auditVerify', run: verify });
