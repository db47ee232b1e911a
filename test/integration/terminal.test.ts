import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { insertUser } from '../../shared/auth/users.ts';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { showReport } from '../../shared/doctor/show.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { runUserCommand } from '../../scripts/user.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** Clears the screen, renames the window, begins a line of its own, reads backwards. */
const HOSTILE = 'Olim\u001b[2J\u001b]0;x\u0007\n   9  approved  admin     boss@vhm24r.test\u202egpj\u009b1m';
const ACTS = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

describe('a terminal', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let db: Db;

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
  });
  after(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('shows people by what they call themselves, and does nothing of it', async () => {
    await insertUser(db, {
      telegramId: '5150',
      username: 'x\u001b[1A',
      firstName: HOSTILE,
      role: 'viewer',
      status: 'pending',
    });
    const listed = await runUserCommand(db, ['list'], Readable.from([]), 'en');
    const lines = listed.split('\n').filter((line) => line.includes('5150') || line.includes('boss'));
    assert.equal(lines.length, 1, listed);
    assert.match(lines[0] ?? '', /pending.*Olim/);
    assert.doesNotMatch(lines[0] ?? '', ACTS);
  });

  it('shows what the doctor saw of letters and files, and does nothing of it', () => {
    const finding = {
      code: 'intake.left_alone',
      area: 'intake' as const,
      severity: 'info' as const,
      title: 'Left alone',
      evidence: `mail=1 evil@else.test: ${HOSTILE}: sender_not_allowed`,
      cause: 'cause',
      effect: 'effect',
      fix: { text: 'fix', commands: [] },
      docs: 'docs',
      ms: 1,
    };
    for (const severity of ['info', 'ok'] as const) {
      const report = { version: '1', startedAt: '', exitCode: 0, findings: [{ ...finding, severity }], changes: [] };
      const line = showReport(report, { lang: 'en', colour: false })
        .split('\n')
        .find((one) => one.includes('evil@else.test'));
      assert.match(line ?? '', /Olim.*boss@vhm24r\.test.*gpj.*sender_not_allowed/);
      assert.doesNotMatch(line ?? '', ACTS);
    }
  });
});
