/**
 * Signed tokens: HS256 and nothing else, keys by `kid` from a fixed map, one KeyObject per key (a string secret costs
 * forty times as much per check on Node 20). What is refused and why: api.md section 6. Whoever has no secrets (the
 * worker) can neither sign nor verify.
 */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { JwtSecret } from '../config-secrets.ts';
import { isRole, type Role } from './principal.ts';

export const TOKEN_ISSUER = 'VHM24R_SECURE';
export const TOKEN_AUDIENCE = 'VHM24R_API';
/**
 * access = bearer of the api; ops = cookie of Bull Board; docs = cookie of the page that describes the api. Refresh
 * tokens and personal tokens are opaque, not signed.
 */
export type TokenType = 'access' | 'ops' | 'docs';

/** Longest life that any signed token may claim. */
export const MAX_TOKEN_LIFE_S = 3_600;
/** How far the clocks of two api processes may differ. */
const CLOCK_TOLERANCE_S = 60;
const MAX_TOKEN_CHARS = 4_096;
const KID_PATTERN = /^[A-Za-z0-9._-]{1,32}$/;

export interface TokenSubject {
  userId: string;
  username: string | null;
  role: Role;
  version: number;
}

export interface IssuedToken {
  token: string;
  jti: string;
  /** epoch seconds */
  expiresAtS: number;
}

export interface VerifiedToken {
  userId: string;
  role: Role;
  version: number;
  jti: string;
  expiresAtS: number;
  /** of an ops cookie: the access token it was asked for with, which ends it too */
  parentJti: string | null;
}

/** Why a token is refused; for the log, never for the client. */
export class TokenFault extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(`token refused: ${reason}`);
    this.name = 'TokenFault';
    this.reason = reason;
  }
}

export interface IssueOptions {
  ttlS: number;
  /** a retried refresh hands out the same identity again */
  jti?: string;
  parentJti?: string;
}

export interface Tokens {
  issue(type: TokenType, subject: TokenSubject, options: IssueOptions): IssuedToken;
  /** @throws TokenFault */
  verify(token: unknown, type: TokenType): VerifiedToken;
}

export function newTokenId(): string {
  return randomBytes(16).toString('hex');
}

/** @param now for tests, epoch ms */
export function createTokens(secrets: readonly JwtSecret[], now: () => number = Date.now): Tokens {
  const keys = new Map<string, KeyObject>(
    secrets.map(({ kid, secret }) => [kid, createSecretKey(Buffer.from(secret, 'utf8'))]),
  );
  const signing = secrets[0];

  function issue(type: TokenType, subject: TokenSubject, options: IssueOptions): IssuedToken {
    const key = signing === undefined ? undefined : keys.get(signing.kid);
    if (signing === undefined || key === undefined) throw new Error('this process has no key to sign tokens with');
    const issuedAtS = Math.floor(now() / 1000);
    const expiresAtS = issuedAtS + Math.min(options.ttlS, MAX_TOKEN_LIFE_S);
    const jti = options.jti ?? newTokenId();
    const claims = {
      iss: TOKEN_ISSUER,
      aud: TOKEN_AUDIENCE,
      typ: type,
      sub: subject.userId,
      ...(subject.username === null ? {} : { username: subject.username }),
      role: subject.role,
      ver: subject.version,
      iat: issuedAtS,
      nbf: issuedAtS,
      exp: expiresAtS,
      jti,
      ...(options.parentJti === undefined ? {} : { parent: options.parentJti }),
    };
    return { token: jwt.sign(claims, key, { algorithm: 'HS256', keyid: signing.kid }), jti, expiresAtS };
  }

  function verify(token: unknown, type: TokenType): VerifiedToken {
    if (typeof token !== 'string' || token === '') throw new TokenFault('missing');
    if (token.length > MAX_TOKEN_CHARS) throw new TokenFault('oversized');
    const [headerPart, payloadPart, signaturePart, ...more] = token.split('.');
    if (!headerPart || !payloadPart || !signaturePart || more.length > 0) throw new TokenFault('malformed');
    const header = readPart(headerPart);
    if (header['alg'] !== 'HS256') throw new TokenFault('algorithm');
    if ('crit' in header) throw new TokenFault('crit');
    const kid = header['kid'];
    if (typeof kid !== 'string' || !KID_PATTERN.test(kid)) throw new TokenFault('kid');
    const key = keys.get(kid);
    if (key === undefined) throw new TokenFault('unknown_kid');
    try {
      // not-before is compared below, with the same tolerance as iat: clocks of two processes differ, expiry has none
      jwt.verify(token, key, {
        algorithms: ['HS256'],
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        ignoreNotBefore: true,
        clockTimestamp: Math.floor(now() / 1000),
      });
    } catch (error) {
      throw new TokenFault(error instanceof jwt.JsonWebTokenError ? error.message : 'malformed');
    }
    return readClaims(readPart(payloadPart), type, now() / 1000);
  }

  return { issue, verify };
}

/** One part as an object. A part that does not read back as it was written has repeated names, or was not made here. */
function readPart(part: string): Record<string, unknown> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'));
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TokenFault('not_an_object');
    if (JSON.stringify(value) !== text) throw new TokenFault('not_canonical');
    return value as Record<string, unknown>;
  } catch (error) {
    throw error instanceof TokenFault ? error : new TokenFault('malformed');
  }
}

function readClaims(claims: Record<string, unknown>, type: TokenType, nowS: number): VerifiedToken {
  const { typ, aud, sub, jti, role, ver, iat, nbf, exp, parent } = claims;
  if (typ !== type) throw new TokenFault('typ');
  // the library also takes a list that contains the audience
  if (aud !== TOKEN_AUDIENCE) throw new TokenFault('aud');
  if (typeof sub !== 'string' || !/^[1-9]\d{0,18}$/.test(sub)) throw new TokenFault('sub');
  if (typeof jti !== 'string' || jti === '' || jti.length > 64) throw new TokenFault('jti');
  if (!isRole(role)) throw new TokenFault('role');
  if (!Number.isInteger(ver)) throw new TokenFault('ver');
  if (!Number.isInteger(iat) || !Number.isInteger(exp)) throw new TokenFault('times');
  const issuedAtS = iat as number;
  const expiresAtS = exp as number;
  if (issuedAtS > nowS + CLOCK_TOLERANCE_S) throw new TokenFault('iat');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= nowS + CLOCK_TOLERANCE_S)) throw new TokenFault('nbf');
  if (expiresAtS - issuedAtS > MAX_TOKEN_LIFE_S || expiresAtS <= issuedAtS) throw new TokenFault('life');
  if (parent !== undefined && typeof parent !== 'string') throw new TokenFault('parent');
  return { userId: sub, role, version: ver as number, jti, expiresAtS, parentJti: parent ?? null };
}
