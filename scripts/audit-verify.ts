import { text as readAll } from 'node:stream/consumers';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { createAuditAnchor } from '../shared/audit/anchor.ts';
import { headText } from '../shared/audit/chain.ts';
import { verifyAudit, type AuditFault, type AuditVerdict, type NotChecked } from '../shared/audit/verify.ts';
import { ConfigError, loadConfig } from '../shared/config.ts';
import { createDatabase } from '../shared/db/client.ts';
import { createLogger } from '../shared/logger.ts';
import { allowClosedPipe } from '../shared/closed-pipe.ts';
import { isMainModule } from '../shared/main-module.ts';

const USAGE = `usage: npm run audit:verify -- [--head SEQ:SEAL]... [--log FILE]... [--json]
  Goes through the sealed audit log and says what was changed, removed or cut off. Needs DATABASE_URL and AUDIT_KEY;
  compares with the heads in AUDIT_ANCHOR where that is set.
  --log FILE       a log of the api (JSON lines; - = standard input): every head it tells must still be in the chain
  --head SEQ:SEAL  one such head by hand
  Exit codes: 0 whole, 1 something is wrong (also rows that nobody seals), 3 usage.`;

class UsageError extends Error {}

const HEAD = /^\d{1,18}:[0-9a-f]{64}$/;

const WORDS: Record<AuditFault['kind'], string> = {
  broken_link: 'the row is not the one that was sealed',
  row_missing: 'the row is gone',
  seal_missing: 'a seal is gone',
  other_key: 'sealed with another AUDIT_KEY',
  chain_restarted: 'the chain was broken before this: the sealer found it and began anew, the row says what was there',
  late_insert: 'the row was slipped in: its time does not fit the time it was sealed',
  anchor_shortened: 'the anchor had lost heads here: an older or shorter copy was put in its place',
  emptied: 'there were rows once, and nothing is left of the log',
  fork: 'log or anchor tell two different seals of this place: there were two chains',
  cut_off: 'the chain was cut off here: its head is further on',
  head_missing: 'there are seals, but no head',
  base_forged: 'what says where the chain begins was not written with this key: rows may have been cut off before it',
  head_forged: 'the head does not belong to this chain',
  older_than_log: 'the log knows another seal here, or a later head: rows were cut off, or an older copy was put back',
};

const NOT_CHECKED: Record<NotChecked, string> = {
  no_outside_head: 'whether rows, seals and head were cut off together: give AUDIT_ANCHOR, --log or --head',
  untimed_seals: 'whether rows were slipped in among those that an older version sealed, without their time',
  late_seals:
    'whether rows sealed long after their time are as they were then: no api ran, or somebody had them sealed anew',
};

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

async function readArgs(args: string[]): Promise<Wanted> {
  const options = {
    head: { type: 'string', multiple: true },
    log: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args, options }));
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  }
  const heads = values.head ?? [];
  if (heads.some((head) => !HEAD.test(head))) throw new UsageError(USAGE);
  for (const path of values.log ?? []) {
    const log = await readAll(path === '-' ? process.stdin : createReadStream(path));
    heads.push(...headsOfLog(log));
  }
  return { heads, json: values.json ?? false };
}

function describe(verdict: AuditVerdict): string {
  const lines = verdict.faults.map(({ kind, seq, auditId }) =>
    [`WRONG  ${WORDS[kind]}`, seq === null ? '' : `seal ${seq}`, auditId === null ? '' : `row ${auditId}`]
      .filter(Boolean)
      .join(', '),
  );
  if (verdict.unsealedOlderThanGrace > 0)
    lines.push(
      `WRONG  ${verdict.unsealedOlderThanGrace} rows wait for a seal since over a minute: no api with AUDIT_KEY runs`,
    );
  lines.push(`${verdict.sealed} rows sealed, ${verdict.unsealed} not yet; head ${verdict.head ?? 'none'}`);
  lines.push(...verdict.notChecked.map((what) => `NOT CHECKED  ${NOT_CHECKED[what]}`));
  lines.push(isIntact(verdict) ? 'the audit log is whole' : 'the audit log is NOT whole');
  return lines.join('\n');
}

const isIntact = (verdict: AuditVerdict): boolean => verdict.ok && verdict.unsealedOlderThanGrace === 0;

async function main(args: string[]): Promise<number> {
  const { heads, json } = await readArgs(args);
  const { DATABASE_URL, NODE_ENV, AUDIT_KEY, AUDIT_ANCHOR } = process.env;
  const bucket = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_')));
  const config = loadConfig({ ...bucket, DATABASE_URL, NODE_ENV, AUDIT_KEY, AUDIT_ANCHOR }, 'tool');
  if (config.auditKey === null) throw new UsageError(`AUDIT_KEY is not set\n${USAGE}`);
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
    console.log(json ? JSON.stringify(verdict, null, 2) : describe(verdict));
    return isIntact(verdict) ? 0 : 1;
  } finally {
    await db.destroy();
  }
}

if (isMainModule(import.meta.url)) {
  allowClosedPipe();
  main(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      const isExpected = error instanceof UsageError || error instanceof ConfigError || !(error instanceof Error);
      console.error(
        isExpected ? String(error instanceof Error ? error.message : error) : `audit:verify: ${error.message}`,
      );
      process.exitCode = error instanceof UsageError ? 3 : 1;
    },
  );
}
