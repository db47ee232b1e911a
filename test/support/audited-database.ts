/** A database with an audit log of its own for each test, and what tests do to it. */
import { recordAudit } from '../../shared/audit/audit.ts';
import { createSealer, type Sealer } from '../../shared/audit/sealer.ts';
import { verifyAudit, type AuditFaultKind } from '../../shared/audit/verify.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { execute } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';

export const AUDIT_KEY = 'test-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu';

export interface AuditedDatabases {
  /** Of the test that runs. */
  database(): TestDatabase;
  db(): Db;
  sealer(auditKey?: string): Sealer;
  /** Deeds of nobody, to be sealed. */
  write(count: number): Promise<void>;
  faults(heads?: string[], key?: string): Promise<AuditFaultKind[]>;
  /** As somebody who owns the server would: past the rule. */
  tamper(sql: string): Promise<void>;
}

/** To be called in `describe`. */
export function auditedDatabases(): AuditedDatabases {
  let database: TestDatabase;
  let db: Db;

  beforeEach(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 6, applicationName: 'test-audit', logger: createSilentLogger() });
  });

  afterEach(async () => {
    await db?.destroy();
    await database?.drop();
  });

  return {
    database: () => database,
    db: () => db,
    sealer: (auditKey = AUDIT_KEY) => createSealer({ db, auditKey, logger: createSilentLogger() }),
    async write(count) {
      for (let n = 0; n < count; n++)
        await recordAudit(db, { actorId: null, action: 'auth.signed_in', subject: `user:${n}`, details: { n } });
    },
    faults: async (heads = [], key = AUDIT_KEY) => (await verifyAudit(db, key, heads)).faults.map(({ kind }) => kind),
    async tamper(sql) {
      for (const table of ['audit_log', 'audit_seals']) await execute(db, `alter table ${table} disable trigger user`);
      await execute(db, sql);
      for (const table of ['audit_log', 'audit_seals']) await execute(db, `alter table ${table} enable trigger user`);
    },
  };
}
