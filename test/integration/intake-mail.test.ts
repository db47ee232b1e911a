import assert from 'node:assert/strict';
import { createDatabase, type Db } from '../../shared/db/client.ts';
import { selectRows } from '../../shared/db/rows.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { MAIL_PASSWORD, startDovecot, type TestDovecot } from '../support/dovecot.ts';
import { letter, type LetterPart } from '../support/letter.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import type { Report } from '../../shared/doctor/finding.ts';
import { run } from '../support/own-mounts.ts';
import { compiledScript, startApi, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { isLong, itLong } from '../support/long.ts';

const [MESSAGES, RESTARTS] = isLong ? [100, 5] : [10, 1];
const patient = { timeoutMs: isLong ? 300_000 : 90_000, intervalMs: 200 };

const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));
const csv = (number: string, name = `${number}.csv`): LetterPart => ({ type: 'text/csv', name, bytes: report(number) });

describe('a mailbox with reports', function () {
  this.timeout(isLong ? 900_000 : 240_000);
  let database: TestDatabase;
  let db: Db;
  let dovecot: TestDovecot;
  let apis: TestService[] = [];

  before(async () => {
    database = await createTestDatabase();
    db = createDatabase({ url: database.url, poolMax: 2, applicationName: 'test', logger: createSilentLogger() });
    dovecot = await startDovecot();
    const env = {
      DATABASE_URL: database.url,
      INTAKE_IMAP_URL: dovecot.url(),
      INTAKE_MAIL_FROM: 'buh@sender.test, vendor.test',
      INTAKE_USER: TEST_ADMIN.email,
      NODE_EXTRA_CA_CERTS: dovecot.certificate,
      LOG_LEVEL: 'debug',
    };
    apis = await Promise.all([startApi(env), startApi(env)]);
  });
  after(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await dovecot?.stop();
    await db?.destroy();
    await database?.drop();
  });

  const put = (letters: readonly string[]) =>
    dovecot.signedIn(async (client) => {
      for (const one of letters) await client.append('INBOX', one);
    });

  /** Subjects of the messages of a mailbox, and whether all bear the keyword. */
  const inMailbox = (name: string) =>
    dovecot.signedIn(async (client) => {
      const { exists } = await client.mailboxOpen(name, { readOnly: true });
      const found = exists === 0 ? [] : await client.fetchAll('1:*', { envelope: true, flags: true });
      return {
        subjects: found.map(({ envelope }) => envelope?.subject ?? '').toSorted(),
        marked: found.every(({ flags }) => flags?.has('$vhm24r')),
      };
    });

  const filesOf = (pattern: string) =>
    selectRows<{ name: string; status: string; sha256: string; session_id: string }>(
      db,
      `select f.name, f.status, f.sha256, f.session_id from uploaded_files f
        join processing_sessions s on s.id = f.session_id
       where s.door = 'mail' and f.name like ? order by f.name`,
      [pattern],
    );

  it('takes what allowed senders attach, moves the message when it has ended, and leaves the others alone', async () => {
    const fail = 'Authentication-Results: mx.here.test; spf=pass; dmarc=fail (p=reject) header.from=sender.test';
    const pass = 'Authentication-Results: mx.here.test; dmarc=pass (dmarc=fail) header.from=sender.test';
    const elsewhere = 'Authentication-Results: mx.elsewhere.test; dmarc=fail';
    const picture: LetterPart = {
      type: 'image/png',
      name: 'logo.png',
      disposition: 'inline',
      bytes: Buffer.from('\x89PNG'),
    };
    const cp1251: LetterPart = {
      type: 'text/csv; charset=windows-1251',
      name: 'Отчёт.csv',
      bytes: Buffer.from([0xce, 0xf2, 59]),
    };
    await put([
      letter({ subject: 'two of them', parts: [csv('m-1'), csv('m-2', 'Отчёт за июнь.csv'), picture] }),
      letter({ subject: 'a domain', from: 'any.body@VENDOR.test', headers: [pass, elsewhere], parts: [csv('m-3')] }),
      letter({ subject: 'shown inline', parts: [{ ...csv('m-4'), disposition: 'inline' }] }),
      letter({ subject: 'once', parts: [csv('m-5')] }),
      letter({ subject: 'once', parts: [csv('m-5')] }),
      letter({ subject: 'other bytes under its id', id: 'once', parts: [csv('m-6')] }),
      letter({ subject: 'bytes as they are', parts: [cp1251] }),
      letter({
        subject: 'damaged',
        parts: [{ type: 'application/zip', name: 'd.zip', bytes: Buffer.from('PK\x03\x04..') }],
      }),
      letter({
        subject: 'a program',
        parts: [{ type: 'application/octet-stream', name: 'a.exe', bytes: Buffer.from('MZ') }],
      }),
      letter({ subject: 'left: stranger', from: 'buh@other.test', parts: [csv('x-1')] }),
      letter({ subject: 'left: subdomain', from: 'a@mail.vendor.test', parts: [csv('x-2')] }),
      letter({ subject: 'left: named like', from: '"buh@sender.test" <evil@other.test>', parts: [csv('x-3')] }),
      letter({ subject: 'left: dmarc', headers: [fail], parts: [csv('x-4')] }),
      letter({ subject: 'left: two senders', headers: ['From: evil@other.test'], parts: [csv('x-5')] }),
      letter({ subject: 'left: picture', parts: [picture] }),
      letter({ subject: 'left: words' }),
    ]);
    await eventually(async () => {
      const [processed, refused, inbox] = [
        await inMailbox('Processed'),
        await inMailbox('Refused'),
        await inMailbox('INBOX'),
      ];
      assert.deepEqual(processed.subjects, [
        'a domain',
        'bytes as they are',
        'once',
        'once',
        'other bytes under its id',
        'shown inline',
        'two of them',
      ]);
      assert.deepEqual(refused.subjects, ['a program', 'damaged']);
      assert.ok(processed.marked && refused.marked);
      assert.equal(inbox.subjects.length, 7);
      assert.ok(inbox.subjects.every((subject) => subject.startsWith('left: ')));
    }, patient);
    const files = await filesOf('%');
    assert.deepEqual(
      files
        .filter(({ name }) => name !== 'd.zip')
        .map(({ name }) => name)
        .toSorted(),
      ['m-1.csv', 'm-3.csv', 'm-4.csv', 'm-5.csv', 'm-6.csv', 'Отчёт за июнь.csv', 'Отчёт.csv'],
    );
    assert.equal(new Set(files.slice(0, 1).map(({ session_id }) => session_id)).size, 1);
    const [door] = await selectRows<{ findings: { code: string }[] }>(
      db,
      `select findings from intake_doors where door = 'mail'`,
    );
    assert.deepEqual(door?.findings.map(({ code }) => code).toSorted(), [
      'dmarc_failed',
      'no_report',
      'no_report',
      'sender_not_allowed',
      'sender_not_allowed',
      'sender_not_allowed',
      'sender_unclear',
    ]);
  });

  it(`takes each of ${MESSAGES} messages once while the mail server is started anew ${RESTARTS} times`, async () => {
    const numbers = Array.from({ length: MESSAGES }, (_, no) => no);
    const damaged = (no: number) => no % 10 === 9;
    await put(
      numbers.map((no) =>
        letter({
          subject: `storm ${no}`,
          parts: [{ ...csv(`storm-${no}`), ...(damaged(no) ? { bytes: Buffer.from(`PK\x03\x04 ${no}`) } : {}) }],
        }),
      ),
    );
    for (let restart = 1; restart <= RESTARTS; restart++) {
      const share = Math.floor((MESSAGES * (restart - 0.5)) / RESTARTS);
      await eventually(async () => assert.ok((await filesOf('storm-%')).length >= share), {
        ...patient,
        intervalMs: 20,
      });
      await dovecot.restart();
    }
    await eventually(async () => {
      const processed = (await inMailbox('Processed')).subjects.filter((subject) => subject.startsWith('storm'));
      const refused = (await inMailbox('Refused')).subjects.filter((subject) => subject.startsWith('storm'));
      assert.equal(processed.length + refused.length, MESSAGES);
      assert.equal(new Set([...processed, ...refused]).size, MESSAGES);
      assert.equal(refused.length, numbers.filter(damaged).length);
    }, patient);
    const files = await filesOf('storm-%');
    assert.equal(files.length, MESSAGES);
    assert.equal(new Set(files.map(({ name }) => name)).size, MESSAGES);
    assert.equal(new Set(files.map(({ session_id }) => session_id)).size, MESSAGES);
    assert.equal(
      files.filter(({ status }) => status === 'completed').length,
      MESSAGES - numbers.filter(damaged).length,
    );
    console.log(`      ${MESSAGES} messages in ${files.length} sessions over ${RESTARTS} restarts of the server`);
  });

  it('is judged by the doctor: well, wrong password, no such mailbox, no server, no such person', async () => {
    const doctor = async (url: string, more: Record<string, string> = {}) => {
      const said = await run(
        [process.execPath, compiledScript('doctor'), '--json', '--only', 'intake', '--lang', 'en'],
        {
          DATABASE_URL: database.url,
          INTAKE_IMAP_URL: url,
          INTAKE_MAIL_FROM: 'vendor.test',
          INTAKE_USER: TEST_ADMIN.email,
          NODE_EXTRA_CA_CERTS: dovecot.certificate,
          ...more,
        },
      );
      assert.ok(!said.stdout.includes(MAIL_PASSWORD) && !said.stdout.includes('wrong-pl4nted'));
      return (JSON.parse(said.stdout) as Report).findings.map(({ code }) => code);
    };
    const wrong = dovecot.url().replace(encodeURIComponent(MAIL_PASSWORD), 'wrong-pl4nted');
    // what is left alone is known once the mailbox was looked at after the server came back
    await eventually(async () =>
      assert.deepEqual(await doctor(dovecot.url()), ['intake.mail', 'intake.left_alone', 'intake.looking']),
    );
    const [login, mailbox, server, person] = await Promise.all([
      doctor(wrong),
      doctor(dovecot.url('Nowhere')),
      doctor(dovecot.url().replace(String(dovecot.port), '9')),
      doctor(dovecot.url(), { INTAKE_USER: 'nobody@vhm24r.test', INTAKE_DIR: '/nowhere/at/all' }),
    ]);
    assert.equal(login[0], 'intake.imap_login');
    assert.equal(mailbox[0], 'intake.mailbox_missing');
    assert.equal(server[0], 'intake.imap_unreachable');
    assert.deepEqual(person.toSorted(), ['intake.folder_missing', 'intake.mail', 'intake.user_unknown']);
  });

  itLong('takes no message twice when the mailbox is made anew, and goes on when it is emptied', async () => {
    const validity = () => dovecot.signedIn(async (client) => (await client.mailboxOpen('INBOX')).uidValidity);
    await put([letter({ subject: 'before anew', parts: [csv('anew-1')] })]);
    await eventually(async () => assert.ok((await inMailbox('Processed')).subjects.includes('before anew')), patient);
    const first = await validity();
    // moved back by hand: the same message under another number
    await dovecot.signedIn(async (client) => {
      await client.mailboxOpen('Processed');
      const found = (await client.search({ subject: 'before anew' }, { uid: true })) || [];
      await client.messageMove(found.join(), 'INBOX', { uid: true });
    });
    await dovecot.renumber();
    await put([letter({ subject: 'after anew', parts: [csv('anew-2')] })]);
    assert.notEqual(await validity(), first);
    await eventually(async () => {
      const { subjects } = await inMailbox('Processed');
      assert.deepEqual(
        subjects.filter((subject) => subject.endsWith('anew')),
        ['after anew', 'before anew'],
      );
    }, patient);
    const files = await filesOf('anew-%');
    assert.deepEqual(
      files.map(({ name, status }) => [name, status]),
      [
        ['anew-1.csv', 'completed'],
        ['anew-2.csv', 'completed'],
      ],
    );
    await dovecot.signedIn(async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageDelete('1:*');
    });
    await put([letter({ subject: 'emptied', parts: [csv('anew-3')] })]);
    await eventually(async () => assert.ok((await inMailbox('Processed')).subjects.includes('emptied')), patient);
  });

  it('moves the others and takes new ones while one cannot be moved, says so, and moves it when it can', async () => {
    const unlock = await dovecot.lock('Refused');
    const program: LetterPart = { type: 'application/octet-stream', name: 'b.exe', bytes: Buffer.from('MZ') };
    const findings = async () =>
      (
        await selectRows<{ findings: { code: string; subject: string }[] }>(
          db,
          `select findings from intake_doors where door = 'mail'`,
        )
      )[0]?.findings.filter(({ code }) => code === 'message_stuck');
    await put([
      letter({ subject: 'not to be moved', parts: [program] }),
      letter({ subject: 'behind it', parts: [csv('behind-1')] }),
    ]);
    await eventually(async () => {
      assert.ok((await inMailbox('Processed')).subjects.includes('behind it'));
      assert.deepEqual(await findings(), [{ code: 'message_stuck', subject: 'buh@sender.test: not to be moved' }]);
    }, patient);
    assert.ok((await inMailbox('INBOX')).subjects.includes('not to be moved'));
    await unlock();
    await eventually(async () => {
      assert.ok((await inMailbox('Refused')).subjects.includes('not to be moved'));
      assert.deepEqual(await findings(), []);
    }, patient);
  });

  it('says that the sign-in is refused, tells of it once, and goes on by itself when it is taken again', async () => {
    await dovecot.setPassword('another one');
    const finding = async (codes: string[]) => {
      const [door] = await selectRows<{ findings: { code: string; subject: string }[] }>(
        db,
        `select findings from intake_doors where door = 'mail'`,
      );
      assert.deepEqual(
        door?.findings.map(({ code }) => code).filter((code) => ['login_failed', 'unreachable'].includes(code)),
        codes,
      );
    };
    await eventually(() => finding(['login_failed']), patient);
    const told = () =>
      selectRows(db, `select 1 from notices where kind = 'intake_mail' and params ->> 'reason' = 'login_failed'`);
    assert.equal((await told()).length, 1);
    await dovecot.setPassword(MAIL_PASSWORD);
    await put([letter({ subject: 'sign-in again', parts: [csv('again-1')] })]);
    await eventually(async () => assert.ok((await inMailbox('Processed')).subjects.includes('sign-in again')), patient);
    await eventually(() => finding([]), patient);
    assert.equal((await told()).length, 1);
  });

  it("keeps the mailbox's password out of every log", () => {
    for (const api of apis)
      for (const form of [MAIL_PASSWORD, encodeURIComponent(MAIL_PASSWORD)]) assert.ok(!api.output().includes(form));
  });
});
