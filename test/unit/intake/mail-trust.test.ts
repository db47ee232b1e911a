import assert from 'node:assert/strict';
import { loadConfig } from '../../../shared/config.ts';
import { ConfigError } from '../../../shared/config.ts';
import { failsDmarc } from '../../../shared/intake/mail/authentication-results.ts';
import { isAllowed } from '../../../shared/intake/mail/message.ts';

const results = (...values: string[]) => values.map((value) => `Authentication-Results: ${value}\r\n`).join('');

describe('whose mail is taken', () => {
  it('fails DMARC by the word of the receiving server alone', () => {
    for (const [headers, fails] of [
      ['', false],
      [results('mx.here; dmarc=pass header.from=a.test'), false],
      [results('mx.here; spf=pass; dmarc=fail (p=none) header.from=a.test'), true],
      [results('mx.here;\r\n\tspf=pass;\r\n DMARC = Fail'), true],
      [results('mx.here 1; dmarc/1=fail'), true],
      // each filter of a server may write a header of its own
      [results('mx.here; dkim=pass', 'mx.here; dmarc=fail'), true],
      // what a sender wrote himself stands below
      [results('mx.here; dmarc=fail', 'mx.here; dmarc=pass'), true],
      [results('mx.here; dmarc=pass', 'mx.sender; dmarc=fail'), false],
      // comments and quoted texts are anybody's words
      [results('mx.here; dmarc=pass (was; dmarc=fail)'), false],
      [results('mx.here; spf=pass reason="; dmarc=fail"; dmarc=none'), false],
      [results('mx.here (; dmarc=pass); dmarc=fail'), true],
      [results('mx.here; dmarc=failure-not'), false],
      // servers write the sender's address as it is, and it may hold what begins a comment or a quoted text
      [results('mx.here; spf=pass (mx.here: domain of "a(b"@evil.test permits 1.2.3.4); dmarc=fail (p=none)'), true],
      [results('mx.here; spf=none smtp.mailfrom=a(b@evil.test; dmarc = fail header.from=a.test'), true],
      [results('mx.here; spf=none smtp.mailfrom=a"b@evil.test; dmarc/1=fail; dkim=none header.i="))"@evil.test'), true],
      [results('mx.here; spf=pass (domain of "a(b"@evil.test); dmarc=fail; dkim=none (of "x)))"@evil.test)'), true],
      [results('mx.here; spf=pass (of "a)b"@evil.test); dmarc=fail; dkim=none header.i="x@evil.test'), true],
      [results('mx.here; spf=pass (domain of "a(b"@evil.test permits 1.2.3.4); dmarc=pass header.from=a.test'), false],
      [`ARC-${results('mx.here; dmarc=fail')}`, false],
    ] as const)
      assert.equal(failsDmarc(headers), fails, headers);
  });

  it('allows whole addresses and whole domains, however they are written', () => {
    const senders = ['buh@a.test', 'b.test', 'xn--80aswg.xn--p1ai'];
    for (const [address, allowed] of [
      ['BUH@A.test', true],
      ['other@a.test', false],
      ['any@b.test', true],
      ['any@sub.b.test', false],
      ['any@notb.test', false],
      ['b.test', false],
      ['@b.test', false],
      ['evil@b.test@c.test', false],
      ['кто@сайт.рф', true],
    ] as const)
      assert.equal(isAllowed(address, senders), allowed, address);
  });

  it('asks for whole settings, and shows no password in what it says of wrong ones', () => {
    const base = { DATABASE_URL: 'postgres://x/y', INTAKE_USER: 'op@a.test' };
    const faults = (env: Record<string, string>) => {
      try {
        loadConfig({ ...base, ...env }, 'worker');
        return [];
      } catch (error) {
        assert.ok(error instanceof ConfigError);
        assert.ok(!error.message.includes('s3cret'));
        return error.faults.map(({ variable, code }) => `${variable} ${code}`);
      }
    };
    const INTAKE_IMAP_URL = 'imaps://reports%40a.test:s3cret%2F@imap.a.test/Отчёты';
    assert.deepEqual(faults({ INTAKE_IMAP_URL }), ['INTAKE_MAIL_FROM incomplete']);
    assert.deepEqual(faults({ INTAKE_DIR: '/x', INTAKE_USER: '' }), ['INTAKE_USER incomplete']);
    for (const wrong of ['imaps://imap.a.test', 'https://u:s3cret@h/', 'imaps://u:s3cret', 'imaps://u:s3cret%@h/'])
      assert.deepEqual(
        faults({ INTAKE_IMAP_URL: wrong, INTAKE_MAIL_FROM: 'a.test' }),
        ['INTAKE_IMAP_URL invalid'],
        wrong,
      );
    for (const wrong of [' , ', 'a b', 'x@', '*'])
      assert.deepEqual(faults({ INTAKE_IMAP_URL, INTAKE_MAIL_FROM: wrong }), ['INTAKE_MAIL_FROM invalid'], wrong);
    const { intake } = loadConfig({ ...base, INTAKE_IMAP_URL, INTAKE_MAIL_FROM: 'Buh@A.test, @b.test' }, 'worker');
    assert.deepEqual(intake.mail?.senders, ['buh@a.test', 'b.test']);
    assert.deepEqual(intake.mail?.account, {
      host: 'imap.a.test',
      port: 993,
      secure: true,
      user: 'reports@a.test',
      password: 's3cret/',
      mailbox: 'Отчёты',
    });
  });
});
