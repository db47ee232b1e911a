import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Auth } from '../../shared/auth/auth.ts';
import { recordAudit } from '../../shared/audit/audit.ts';
import { INVITATION_TOKEN } from '../../shared/auth/invitations.ts';
import { MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS } from '../../shared/auth/passwords.ts';
import { ROLES } from '../../shared/auth/principal.ts';
import type { Origin, SignedIn } from '../../shared/auth/sign-in.ts';
import { SIGN_IN_LINK_TOKEN } from '../../shared/auth/sign-in-links.ts';
import { TelegramFault, verifyInitData, verifyWidget, type TelegramMessage } from '../../shared/auth/telegram.ts';
import { findUser, viewUser } from '../../shared/auth/users.ts';
import type { Config } from '../../shared/config.ts';
import type { Db } from '../../shared/db/client.ts';
import { AppError, unavailable } from '../../shared/errors.ts';
import { DeadlineError, withDeadline } from '../../shared/lifecycle.ts';
import type { Logger } from '../../shared/logger.ts';
import { clearCookies, readRefreshCookie, setDocsCookie, setOpsCookie, setRefreshCookie } from '../auth-cookies.ts';
import { assertOwnOrigin } from '../middleware/origin.ts';
import { defineRoute, type Route } from '../route.ts';

/** Signing out is answered by then, whatever is down (api.md section 4: 1.5 s). */
const SIGN_OUT_LIMIT_MS = 1_300;

export const userView = z
  .object({
    id: z.string(),
    email: z.string().nullable(),
    telegramId: z.string().nullable(),
    username: z.string().nullable(),
    name: z.string().nullable(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    status: z.enum(['pending', 'approved', 'blocked']),
    role: z.enum(ROLES),
    createdAt: z.string(),
    approvedAt: z.string().nullable(),
    approvedBy: z.string().nullable(),
    lastActiveAt: z.string().nullable(),
    invitedUntil: z.string().nullable().describe('until when a link to choose a password is good'),
  })
  .meta({ id: 'User' });
const signedInView = z
  .object({ accessToken: z.string(), expiresIn: z.number().int(), user: userView })
  .meta({ id: 'SignedIn' });

const loginBody = z.strictObject({
  email: z.string().trim().max(320).pipe(z.email()),
  password: z.string().min(1).max(MAX_PASSWORD_CHARS),
});
const passwordBody = z.strictObject({
  currentPassword: z.string().min(1).max(MAX_PASSWORD_CHARS),
  newPassword: z.string().min(MIN_PASSWORD_CHARS).max(MAX_PASSWORD_CHARS),
});
const invitationBody = z.strictObject({
  token: z.string().regex(INVITATION_TOKEN),
  password: z.string().min(MIN_PASSWORD_CHARS).max(MAX_PASSWORD_CHARS),
});
const invitationCheckBody = invitationBody.pick({ token: true });
const linkBody = z.strictObject({ token: z.string().regex(SIGN_IN_LINK_TOKEN) });
const telegramBody = z.union([
  z.strictObject({ initData: z.string().min(1).max(8_192) }),
  // the widget may gain fields, and all that came is signed
  z
    .object({ id: z.union([z.string(), z.number()]), auth_date: z.union([z.string(), z.number()]), hash: z.string() })
    .catchall(z.union([z.string().max(2_000), z.number()])),
]);

export interface AuthRouteDeps {
  auth: Auth;
  db: Db;
  config: Pick<Config, 'telegram' | 'publicUrl' | 'corsOrigins'>;
  logger: Logger;
}

interface Asked {
  request: Request;
  response: Response;
  address: string;
  requestId: string;
}

function originOf({ request, address, requestId }: Asked): Origin {
  return { address, agent: request.get('user-agent')?.slice(0, 300) ?? null, requestId };
}

function answer({ request, response }: Asked, signedIn: SignedIn) {
  setRefreshCookie(request, response, signedIn.refresh.token, signedIn.refresh.maxAgeS);
  return { accessToken: signedIn.accessToken, expiresIn: signedIn.expiresIn, user: signedIn.user };
}

export function createAuthRoutes({ auth, db, config, logger }: AuthRouteDeps): Route[] {
  function readTelegram(body: z.output<typeof telegramBody>): TelegramMessage {
    const botToken = config.telegram.botToken;
    if (botToken === null) throw new AppError('not_found');
    try {
      return 'initData' in body && typeof body.initData === 'string'
        ? verifyInitData(body.initData, botToken, auth.blacklist.clockMs())
        : verifyWidget(body, botToken, auth.blacklist.clockMs());
    } catch (error) {
      if (!(error instanceof TelegramFault)) throw error;
      logger.warn('telegram message refused', { event: 'telegram_refused', reason: error.reason });
      throw new AppError('unauthenticated', { details: { reason: 'wrong_credentials' } });
    }
  }

  /** Either of the two will do; a bearer that is not good is no hindrance while there is a cookie. */
  async function signOut(asked: Asked): Promise<void> {
    const refreshToken = readRefreshCookie(asked.request);
    if (refreshToken !== null) assertOwnOrigin(asked.request, config);
    const access = await auth.readAccess(asked.request).catch((error: unknown) => {
      if (refreshToken !== null && error instanceof AppError && error.status === 401) return null;
      throw error;
    });
    await auth.signIn.signOut({ refreshToken, access }, originOf(asked));
  }

  return [
    defineRoute({
      method: 'post',
      path: '/auth/login',
      role: 'public',
      summary: 'Sign in with e-mail and password',
      body: loginBody,
      responses: { 200: signedInView },
      handler: async (asked) =>
        answer(asked, await auth.signIn.byPassword(asked.body.email, asked.body.password, originOf(asked))),
    }),
    defineRoute({
      method: 'post',
      path: '/auth/telegram',
      role: 'public',
      summary: 'Sign in with what Telegram signed: the fields of its Login Widget, or initData of the Mini App',
      body: telegramBody,
      responses: { 200: signedInView },
      handler: async (asked) => answer(asked, await auth.signIn.byTelegram(readTelegram(asked.body), originOf(asked))),
    }),
    defineRoute({
      method: 'post',
      path: '/auth/invitation',
      role: 'public',
      summary:
        'Choose a password by an invitation, which is good once, and sign in with it; all sign-ins before it end',
      body: invitationBody,
      responses: { 200: signedInView },
      handler: async (asked) =>
        answer(asked, await auth.signIn.byInvitation(asked.body.token, asked.body.password, originOf(asked))),
    }),
    defineRoute({
      method: 'post',
      path: '/auth/invitation/check',
      role: 'public',
      summary: 'Whose an invitation is, which stays good: before anybody thinks of a password for one that has ended',
      body: invitationCheckBody,
      responses: { 200: z.object({ email: z.string().nullable() }) },
      handler: ({ body }) => auth.signIn.invited(body.token),
    }),
    defineRoute({
      method: 'post',
      path: '/auth/link',
      role: 'public',
      summary: 'Sign in by a link of the Telegram bot, which is good once and for five minutes',
      body: linkBody,
      responses: { 200: signedInView },
      handler: async (asked) => answer(asked, await auth.signIn.byLink(asked.body.token, originOf(asked))),
    }),
    defineRoute({
      method: 'post',
      path: '/auth/refresh',
      role: 'any',
      ownAuthentication: true,
      summary: 'A new access token by the refresh cookie, which is replaced',
      responses: { 200: signedInView },
      async handler(asked) {
        const token = readRefreshCookie(asked.request);
        if (token === null) throw new AppError('unauthenticated');
        assertOwnOrigin(asked.request, config);
        try {
          return answer(asked, await auth.signIn.refresh(token, originOf(asked)));
        } catch (error) {
          if (error instanceof AppError && error.status === 401) clearCookies(asked.request, asked.response);
          throw error;
        }
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/logout',
      role: 'any',
      ownAuthentication: true,
      summary: 'Sign out; answered once it is stored',
      responses: { 204: null },
      async handler(asked) {
        try {
          await withDeadline(signOut(asked), SIGN_OUT_LIMIT_MS, 'signing out');
        } catch (error) {
          throw error instanceof DeadlineError ? unavailable(error) : error;
        }
        clearCookies(asked.request, asked.response);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/logout-all',
      role: 'any',
      summary: 'Sign out everywhere: all tokens of this person',
      responses: { 204: null },
      async handler(asked) {
        await auth.signIn.signOutEverywhere(asked.principal.userId, originOf(asked));
        clearCookies(asked.request, asked.response);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/password',
      role: 'any',
      summary: 'Another password; every other sign-in of this person ends',
      body: passwordBody,
      responses: { 200: signedInView },
      handler: async (asked) => {
        const { currentPassword, newPassword } = asked.body;
        return answer(
          asked,
          await auth.signIn.changePassword(asked.principal.userId, currentPassword, newPassword, originOf(asked)),
        );
      },
    }),
    defineRoute({
      method: 'get',
      path: '/auth/me',
      role: 'any',
      summary: 'Who I am',
      responses: { 200: userView },
      async handler({ principal }) {
        const user = await findUser(db, principal.userId);
        if (user === null) throw new AppError('unauthenticated');
        return viewUser(user);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/ops',
      role: 'admin',
      summary: 'A short cookie for the queue dashboard at /ops/queues',
      responses: { 204: null },
      async handler(asked) {
        // a script has no business there, and its token cannot be tied to the cookie
        if (asked.principal.kind !== 'access') throw new AppError('forbidden');
        const { token, maxAgeS } = await auth.issueCookie('ops', asked.principal);
        const { address, requestId } = originOf(asked);
        await recordAudit(db, { actorId: asked.principal.userId, action: 'auth.ops_opened', address, requestId });
        setOpsCookie(asked.request, asked.response, token, maxAgeS);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/auth/docs',
      role: 'viewer',
      summary: 'A short cookie for the description of this API at /api/docs',
      responses: { 204: null },
      async handler(asked) {
        if (asked.principal.kind !== 'access') throw new AppError('forbidden');
        const { token, maxAgeS } = await auth.issueCookie('docs', asked.principal);
        setDocsCookie(asked.request, asked.response, token, maxAgeS);
      },
    }),
  ];
}
