import type { Request } from 'express';
import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import type { Actor } from '../../shared/auth/accounts.ts';
import type { Auth } from '../../shared/auth/auth.ts';
import type { Invitation } from '../../shared/auth/invitations.ts';
import { ROLES } from '../../shared/auth/principal.ts';
import { listUsers, viewUser } from '../../shared/auth/users.ts';
import type { Config } from '../../shared/config.ts';
import type { Db } from '../../shared/db/client.ts';
import { AppError } from '../../shared/errors.ts';
import { tashkentIso } from '../../shared/tashkent-time.ts';
import { type CursorDeps, listOf, pageOf, pageQuery } from '../keyset.ts';
import { defineRoute, type Principal, type Route } from '../route.ts';
import { userView } from './auth.ts';

const idParams = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) });
const STATUSES = ['pending', 'approved', 'blocked'] as const;

const nameText = z.string().trim().max(100);
/** An empty name is none. */
const names = {
  firstName: nameText
    .nullable()
    .transform((name) => (name === '' ? null : name))
    .optional(),
  lastName: nameText
    .nullable()
    .transform((name) => (name === '' ? null : name))
    .optional(),
};
const createBody = z.strictObject({
  email: z.string().trim().max(320).pipe(z.email()),
  role: z.enum(ROLES).default('viewer'),
  ...names,
});
const invitationView = z
  .object({
    url: z.string().describe('good once; its part behind the # is the secret, which no server is sent'),
    expiresAt: z.string(),
  })
  .meta({ id: 'Invitation' });

export interface UserRouteDeps extends CursorDeps {
  auth: Pick<Auth, 'accounts' | 'invitations'>;
  db: Db;
  config: Pick<Config, 'publicUrl'>;
}

export function actorOf({
  principal,
  address,
  requestId,
}: {
  principal: Principal;
  address: string;
  requestId: string;
}): Actor {
  return { actorId: principal.userId, address, requestId };
}

export function createUserRoutes({ auth, db, config, cursors }: UserRouteDeps): Route[] {
  const { accounts, invitations } = auth;
  const cursor = cursors.of('users');

  /** Where the page is: as configured, else as this request found it. */
  function invitationOf(request: Request, { token, expiresAt }: Invitation): z.output<typeof invitationView> {
    // not its own word for the protocol: what a proxy hands on unseen may be any scheme
    const base = config.publicUrl ?? `${request.secure ? 'https' : 'http'}://${request.get('host') ?? ''}`;
    return { url: `${base.replace(/\/$/, '')}/invitation#${token}`, expiresAt: tashkentIso(expiresAt) };
  }

  return [
    defineRoute({
      method: 'get',
      path: '/users',
      role: 'admin',
      summary: 'People, newest first',
      query: z.strictObject({ ...pageQuery, status: listOf(STATUSES).optional(), role: listOf(ROLES).optional() }),
      responses: { 200: listSchema(userView) },
      async handler({ query }) {
        const before = query.cursor === undefined ? undefined : cursor.read(query.cursor)[0];
        const users = await listUsers(db, { status: query.status, role: query.role, limit: query.limit, before });
        return pageOf(users, query.limit, { cursor, keyOf: (user) => [user.id] }, viewUser);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/users',
      role: 'admin',
      signInOnly: true,
      summary: 'Make an account; the link in the answer lets the person choose a password, once',
      body: createBody,
      responses: { 201: z.object({ user: userView, invitation: invitationView }).meta({ id: 'InvitedUser' }) },
      async handler(asked) {
        const { user, invitation } = await accounts.createInvited(actorOf(asked), asked.body);
        asked.response.status(201).setHeader('Cache-Control', 'no-store');
        return { user: viewUser(user), invitation: invitationOf(asked.request, invitation) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/users/:id/invitation',
      role: 'admin',
      signInOnly: true,
      summary:
        'Another link to choose a password, for an invitation that ran out or a password forgotten; the one ' +
        'before it ends',
      params: idParams,
      responses: { 201: invitationView },
      async handler(asked) {
        const invitation = await invitations.invite(actorOf(asked), asked.params.id);
        asked.response.status(201).setHeader('Cache-Control', 'no-store');
        return invitationOf(asked.request, invitation);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/users/:id/approve',
      role: 'admin',
      summary: 'Let an applicant (or a blocked person) in',
      params: idParams,
      body: z.strictObject({ role: z.enum(ROLES).optional() }),
      responses: { 200: userView },
      handler: async (asked) => viewUser(await accounts.approve(actorOf(asked), asked.params.id, asked.body.role)),
    }),
    defineRoute({
      method: 'post',
      path: '/users/:id/block',
      role: 'admin',
      summary: 'Let a person in no more; all their tokens end at once',
      params: idParams,
      responses: { 200: userView },
      async handler(asked) {
        // an admin who locks himself out would learn of it too late
        if (asked.params.id === asked.principal.userId)
          throw new AppError('conflict', { details: { reason: 'yourself' } });
        return viewUser(await accounts.block(actorOf(asked), asked.params.id));
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/users/:id',
      role: 'admin',
      summary: 'Another role, which ends all tokens of that person, or another name',
      params: idParams,
      body: z.strictObject({ role: z.enum(ROLES).optional(), ...names }),
      responses: { 200: userView },
      handler: async (asked) => viewUser(await accounts.edit(actorOf(asked), asked.params.id, asked.body)),
    }),
  ];
}
