import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { jwtVerify, SignJWT, UnsecuredJWT } from 'jose';
import {
  createTokens,
  MAX_TOKEN_LIFE_S,
  TokenFault,
  TOKEN_AUDIENCE,
  TOKEN_ISSUER,
} from '../../../shared/auth/tokens.ts';

const SECRET = 'kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6';
const OTHER = 'Zx3-mQ8vN1rT6yUb0KpLd5WsHf9EjAc2G';
const key = (secret: string) => new TextEncoder().encode(secret);
const subject = { userId: '7', username: 'anna', role: 'operator', version: 3 } as const;
const tokens = createTokens([{ kid: 'k1', secret: SECRET }]);

function refused(token: unknown, reason: RegExp, type: 'access' | 'ops' = 'access', by = tokens): void {
  assert.throws(
    () => by.verify(token, type),
    (error) => error instanceof TokenFault && reason.test(error.reason),
  );
}

const nowS = () => Math.floor(Date.now() / 1000);
const claims = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  iss: TOKEN_ISSUER,
  aud: TOKEN_AUDIENCE,
  typ: 'access',
  sub: '7',
  role: 'operator',
  ver: 3,
  iat: nowS(),
  nbf: nowS(),
  exp: nowS() + 900,
  jti: 'a'.repeat(32),
  ...changes,
});

/** Signed with a good key by hand: nothing of a library comes between. */
function forge(payload: unknown, header: unknown = { alg: 'HS256', typ: 'JWT', kid: 'k1' }, secret = SECRET): string {
  const part = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

describe('access tokens', () => {
  it('come back with what they were made of', () => {
    const issued = tokens.issue('access', subject, { ttlS: 900 });
    const verified = tokens.verify(issued.token, 'access');
    assert.deepEqual(
      { ...verified },
      { userId: '7', role: 'operator', version: 3, jti: issued.jti, expiresAtS: issued.expiresAtS, parentJti: null },
    );
    assert.match(issued.jti, /^[0-9a-f]{32}$/);
  });

  it('are accepted by another library, and another library’s by us', async () => {
    const ours = tokens.issue('access', subject, { ttlS: 900 }).token;
    const { payload, protectedHeader } = await jwtVerify(ours, key(SECRET), {
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      algorithms: ['HS256'],
    });
    assert.equal(protectedHeader.kid, 'k1');
    assert.deepEqual(Object.keys(payload).sort(), [
      'aud',
      'exp',
      'iat',
      'iss',
      'jti',
      'nbf',
      'role',
      'sub',
      'typ',
      'username',
      'ver',
    ]);
    const theirs = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(key(SECRET));
    assert.equal(tokens.verify(theirs, 'access').userId, '7');
  });

  it('live an hour at most, whatever is asked', () => {
    const { token, expiresAtS } = tokens.issue('access', subject, { ttlS: 86_400 });
    assert.ok(expiresAtS - nowS() <= MAX_TOKEN_LIFE_S);
    assert.equal(tokens.verify(token, 'access').expiresAtS, expiresAtS);
  });

  it('end at their second', () => {
    let now = Date.now();
    const clocked = createTokens([{ kid: 'k1', secret: SECRET }], () => now);
    const { token, expiresAtS } = clocked.issue('access', subject, { ttlS: 60 });
    now = expiresAtS * 1000 - 1;
    clocked.verify(token, 'access');
    now = expiresAtS * 1000;
    refused(token, /expired/, 'access', clocked);
  });

  it('are good under every key of a rotation, and bad once their key is gone', () => {
    const old = { kid: 'k1', secret: SECRET };
    const fresh = { kid: 'k2', secret: OTHER };
    const before = createTokens([old]).issue('access', subject, { ttlS: 900 }).token;
    const appended = createTokens([old, fresh]);
    const promoted = createTokens([fresh, old]);
    for (const by of [appended, promoted]) assert.equal(by.verify(before, 'access').userId, '7');
    // an api that was not restarted yet accepts what a restarted one signs
    assert.equal(appended.verify(promoted.issue('access', subject, { ttlS: 900 }).token, 'access').userId, '7');
    refused(before, /unknown_kid/, 'access', createTokens([fresh]));
  });

  it('cannot be made without keys', () => {
    assert.throws(() => createTokens([]).issue('access', subject, { ttlS: 900 }), /no key/);
  });
});

describe('forged tokens', () => {
  it('of another kind of algorithm are refused', async () => {
    refused(new UnsecuredJWT(claims()).encode(), /malformed/);
    refused(`${forge(claims(), { alg: 'none', kid: 'k1' }).split('.').slice(0, 2).join('.')}.x`, /algorithm/);
    refused(forge(claims(), { alg: 'none', kid: 'k1' }), /algorithm/);
    refused(forge(claims(), { alg: 'hs256', kid: 'k1' }), /algorithm/);
    for (const alg of ['HS384', 'HS512'] as const) {
      refused(
        await new SignJWT(claims()).setProtectedHeader({ alg, kid: 'k1' }).sign(key(SECRET.repeat(3))),
        /algorithm/,
      );
    }
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    refused(await new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey), /algorithm/);
  });

  it('of another key are refused', async () => {
    refused(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(key(OTHER)), /signature/);
    refused(forge(claims(), { alg: 'HS256', kid: 'k1' }, ''), /signature/);
    const good = tokens.issue('access', subject, { ttlS: 900 }).token;
    const [header, , signature] = good.split('.');
    refused(
      `${header}.${Buffer.from(JSON.stringify(claims({ role: 'admin' }))).toString('base64url')}.${signature}`,
      /signature/,
    );
  });

  it('with a kid that names no key of ours are refused', () => {
    for (const kid of [
      'k9',
      '../../etc/passwd',
      '/dev/null',
      '',
      'constructor',
      '__proto__',
      'k1\u0000',
      'http://localhost/key',
      'x'.repeat(40),
    ]) {
      refused(forge(claims(), { alg: 'HS256', kid }, ''), /kid/);
    }
    for (const kid of [undefined, null, 1, ['k1'], { k1: 1 }]) refused(forge(claims(), { alg: 'HS256', kid }), /kid/);
  });

  it('with claims that are missing, wrong or far off are refused', () => {
    const bad: [Record<string, unknown>, RegExp][] = [
      [{ exp: undefined }, /times/],
      [{ exp: nowS() - 1 }, /expired/],
      [{ exp: 'tomorrow' }, /exp/],
      [{ exp: nowS() + MAX_TOKEN_LIFE_S + 5 }, /life/],
      [{ iat: nowS() + 61 + 5 }, /iat/],
      [{ iat: undefined }, /times/],
      [{ nbf: nowS() + 3_600 }, /nbf/],
      [{ iss: 'VHM24R' }, /issuer/],
      [{ iss: undefined }, /issuer/],
      [{ aud: 'OTHER' }, /audience/],
      [{ aud: [TOKEN_AUDIENCE, 'OTHER'] }, /aud/],
      [{ aud: undefined }, /audience/],
      [{ typ: 'refresh' }, /typ/],
      [{ typ: 'ops' }, /typ/],
      [{ typ: undefined }, /typ/],
      [{ sub: 7 }, /sub/],
      [{ sub: '7; drop table users' }, /sub/],
      [{ sub: undefined }, /sub/],
      [{ jti: 5 }, /jti/],
      [{ jti: undefined }, /jti/],
      [{ jti: '' }, /jti/],
      [{ role: 'root' }, /role/],
      [{ role: ['admin'] }, /role/],
      [{ ver: '3' }, /ver/],
      [{ ver: undefined }, /ver/],
    ];
    for (const [changes, reason] of bad) refused(forge(claims(changes)), reason);
    refused(forge(claims(), { alg: 'HS256', kid: 'k1', crit: ['exp'] }), /crit/);
    refused(forge(claims(), { alg: 'HS256', kid: 'k1', crit: [] }), /crit/);
    // the same claims unchanged are good: the corpus above fails for its changes alone
    assert.equal(tokens.verify(forge(claims()), 'access').userId, '7');
  });

  it('of another purpose are refused', () => {
    const ops = tokens.issue('ops', { ...subject, role: 'admin' }, { ttlS: 900, parentJti: 'b'.repeat(32) });
    assert.equal(tokens.verify(ops.token, 'ops').parentJti, 'b'.repeat(32));
    refused(ops.token, /typ/, 'access');
    refused(tokens.issue('access', subject, { ttlS: 900 }).token, /typ/, 'ops');
  });

  it('that are cut, blown up or repeat a name are refused', () => {
    const good = tokens.issue('access', subject, { ttlS: 900 }).token;
    const [header = '', payload = '', signature = ''] = good.split('.');
    for (const token of [
      '',
      '.',
      '..',
      header,
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${good}.${signature}`,
      `..${signature}`,
      'a b c',
      null,
      5,
      {},
    ]) {
      refused(token, /missing|malformed/);
    }
    refused(good.slice(0, -4), /signature|malformed/);
    refused(forge(claims({ pad: 'x'.repeat(5_000) })), /oversized/);
    const twice = JSON.stringify(claims()).replace('"role":"operator"', '"role":"operator","role":"admin"');
    refused(forge(twice), /not_canonical/);
    refused(forge(claims(), '{"alg":"none","alg":"HS256","kid":"k1"}'), /not_canonical/);
    refused(forge('[1,2]'), /object|malformed|not_an_object|invalid/);
    refused(forge('"text"'), /object|not_an_object|invalid|audience|times/);
    refused(forge('{"sub":'), /malformed|invalid/);
  });
});
