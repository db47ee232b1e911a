/**
 * Who may come in. One library for both services: the api gives it keys, the worker has none and uses the blacklist
 * alone. `authenticate` never fails open: who cannot be checked is answered 503.
 */
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import { AppError } from '../errors.ts';
import type { SignInLimits } from '../limits/rate-limits.ts';
import type { Logger } from '../logger.ts';
import { createAccounts, type Accounts } from './accounts.ts';
import { createApiTokens, type ApiTokens } from './api-tokens.ts';
import type { Blacklist } from './blacklist/blacklist.ts';
import { createInvitations, type Invitations } from './invitations.ts';
import { createDownloadLinks, type DownloadLinks } from './download-links.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import type { Principal } from './principal.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createTokens, TokenFault, type TokenType, type VerifiedToken } from './tokens.ts';
import { findUser } from './users.ts';

export const COOKIE_TTL_S = 900;

/** What authentication looks at; an Express request fits. */
export interface AuthRequest {
  headers: { authorization?: string | undefined; cookie?: string | undefined };
}

export interface Auth {
  /**
   * By bearer: access token or personal API token. @throws AppError unauthenticated, token_revoked, service_unavailable
   */
  authenticate(request: AuthRequest): Promise<Principal>;
  /** By the value of the cookie of POST /auth/ops; an admin's only. */
  authenticateOps(cookie: string | null): Promise<Principal>;
  /** The cookie of POST /auth/docs, of whoever may read. */
  authenticateDocs(cookie: string | null): Promise<Principal>;
  /** The bearer as an access token that is signed by us and not revoked, or null where there is no bearer. */
  readAccess(request: AuthRequest): Promise<VerifiedToken | null>;
  /**
   * For what lasts, e.g. event streams: those of these who may not go on.
   * @throws AppError service_unavailable when nobody can tell
   */
  endedAmong(principals: readonly Principal[]): Promise<ReadonlySet<Principal>>;
  /**
   * For what was let in and went on for a while: may it take effect still? An expiry meanwhile is no hindrance.
   * @throws AppError token_revoked, service_unavailable
   */
  assertStillIn(principal: Principal): Promise<void>;
  /** The value of a cookie for the pages that no script opens: the queue dashboard and the description of the api. */
  issueCookie(type: 'ops' | 'docs', principal: Principal): Promise<{ token: string; maxAgeS: number }>;
  signIn: SignIn;
  accounts: Accounts;
  apiTokens: ApiTokens;
  invitations: Invitations;
  downloadLinks: DownloadLinks;
  passwords: Passwords;
  blacklist: Blacklist;
}

export interface AuthOptions {
  db: Db;
  /** connections for what every request asks, which wait behind nothing else */
  doors: Db;
  /** opened and closed by whoever made it */
  blacklist: Blacklist;
  config: Config['auth'];
  telegram: Pick<Config['telegram'], 'adminIds'>;
  limits: SignInLimits;
  logger: Logger;
}

export function createAuth({ db, doors, blacklist, config, telegram, limits, logger }: AuthOptions): Auth {
  // one clock for all apis: with their own, a token of one that is hours ahead would outlive its revocation at the
  // others
  const tokens = createTokens(config.secrets, () => blacklist.clockMs());
  const passwords = createPasswords();
  const apiTokens = createApiTokens(db, doors, logger);

  function refuse(reason: string): AppError {
    logger.warn('token refused', { event: 'token_refused', reason });
    return new AppError('unauthenticated');
  }

  async function check(token: string, type: TokenType): Promise<VerifiedToken> {
    let verified: VerifiedToken;
    try {
      verified = tokens.verify(token, type);
    } catch (error) {
      if (error instanceof TokenFault) throw refuse(error.reason);
      throw error;
    }
    const jtis = verified.parentJti === null ? [verified.jti] : [verified.jti, verified.parentJti];
    if (await blacklist.isRevoked({ jtis, userId: verified.userId, version: verified.version }))
      throw new AppError('token_revoked');
    return verified;
  }

  function bearerOf(request: AuthRequest): string | null {
    const header = request.headers.authorization;
    if (header === undefined) return null;
    const token = /^Bearer +(\S+) *$/i.exec(header)?.[1];
    if (token === undefined) throw refuse('not_a_bearer');
    return token;
  }

  return {
    async authenticate(request) {
      const token = bearerOf(request);
      if (token === null) throw new AppError('unauthenticated');
      if (apiTokens.looksLike(token)) return apiTokens.authenticate(token);
      return principalOf(await check(token, 'access'), 'access');
    },

    async authenticateOps(cookie) {
      if (cookie === null) throw new AppError('unauthenticated');
      const verified = await check(cookie, 'ops');
      if (verified.role !== 'admin') throw new AppError('forbidden');
      return principalOf(verified, 'ops');
    },

    async authenticateDocs(cookie) {
      if (cookie === null) throw new AppError('unauthenticated');
      return principalOf(await check(cookie, 'docs'), 'docs');
    },

    async readAccess(request) {
      const token = bearerOf(request);
      return token === null ? null : check(token, 'access');
    },

    async endedAmong(principals) {
      const nowMs = blacklist.clockMs();
      const isOver = ({ expiresAtS, kind }: Principal) =>
        expiresAtS !== null && kind !== 'download' && expiresAtS * 1000 <= nowMs;
      const scripts = principals.filter(({ kind }) => kind === 'api_token');
      const others = principals.filter(({ kind }) => kind !== 'api_token');
      const [valid, revoked] = await Promise.all([
        apiTokens.validAmong(scripts.map(({ jti }) => jti ?? '')),
        blacklist.areRevoked(
          others.map(({ jti, userId, version }) => ({ jtis: jti === null ? [] : [jti], userId, version })),
        ),
      ]);
      return new Set([
        ...principals.filter(isOver),
        ...scripts.filter(({ jti }) => !valid.has(jti ?? '')),
        ...others.filter((_, index) => revoked[index] === true),
      ]);
    },

    async assertStillIn({ kind, jti, userId, version }) {
      const ended =
        kind === 'api_token'
          ? !(await apiTokens.validAmong([jti ?? ''])).has(jti ?? '')
          : await blacklist.isRevoked({ jtis: jti === null ? [] : [jti], userId, version });
      if (ended) throw new AppError('token_revoked');
    },

    async issueCookie(type, principal) {
      const user = await findUser(db, principal.userId);
      if (user === null) throw new AppError('unauthenticated');
      const { token } = tokens.issue(
        type,
        { userId: user.id, username: user.username ?? user.email, role: principal.role, version: principal.version },
        { ttlS: COOKIE_TTL_S, ...(principal.jti === null ? {} : { parentJti: principal.jti }) },
      );
      return { token, maxAgeS: COOKIE_TTL_S };
    },

    signIn: createSignIn({
      db,
      tokens,
      passwords,
      blacklist,
      limits,
      logger,
      ttl: { accessS: config.accessTtlS, refreshS: config.refreshTtlS },
      telegramAdminIds: telegram.adminIds,
    }),
    accounts: createAccounts(db, (userId, version) => blacklist.learn({ versions: [{ userId, version }] })),
    apiTokens,
    invitations: createInvitations(db),
    downloadLinks: createDownloadLinks(db),
    passwords,
    blacklist,
  };
}

function principalOf(verified: VerifiedToken, kind: 'access' | 'ops' | 'docs'): Principal {
  return {
    userId: verified.userId,
    role: verified.role,
    kind,
    jti: verified.jti,
    version: verified.version,
    expiresAtS: verified.expiresAtS,
    scopes: null,
  };
}
