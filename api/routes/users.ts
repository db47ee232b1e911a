import { z } from 'zod';
import { listSchema } from '../../shared/answer-parts.ts';
import type { Actor } from '../../shared/auth/accounts.ts';
import type { Auth } from '../../shared/auth/auth.ts';
import { ROLES } from '../../shared/auth/principal.ts';
import { listUsers, viewUser } from '../../shared/auth/users.ts';
import type { Db } from '../../shared/db/client.ts';
import { AppError } from '../../shared/errors.ts';
import { decodeCursor, listOf, pageOf, pageQuery } from '../keyset.ts';
import { defineRoute, type Principal, type Route } from '../route.ts';
import { userView } from './auth.ts';

const idParams = z.strictObject({ id: z.string().regex(/^[1-9]\d{0,17}$/) });
const STATUSES = ['pending', 'approved', 'blocked'] as const;

export interface UserRouteDeps {
  auth: Pick<Auth, 'accounts'>;
  db: Db;
}

export function actorOf({ principal, address, requestId }: { principal: Principal; address: string; requestId: string }): Actor {
  return { actorId: principal.userId, address, requestId };
}

export function createUserRoutes({ auth, db }: UserRouteDeps): Route[] {
  const { accounts } = auth;
  return [
    defineRoute({
      method: 'get',
      path: '/users',
      role: 'admin',
      summary: 'People, newest first',
      query: z.strictObject({ ...pageQuery, status: listOf(STATUSES).optional(), role: listOf(ROLES).optional() }),
      responses: { 200: listSchema(userView) },
      async handler({ query }) {
        const before = query.cursor === undefined ? undefined : decodeCursor(query.cursor, [/^\d{1,18}$/])[0];
        const users = await listUsers(db, { status: query.status, role: query.role, limit: query.limit, before });
        return pageOf(users, query.limit, (user) => [user.id], viewUser);
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
        if (asked.params.id === asked.principal.userId) throw new AppError('conflict', { details: { reason: 'yourself' } });
        return viewUser(await accounts.block(actorOf(asked), asked.params.id));
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/users/:id',
      role: 'admin',
      summary: 'Another role; all tokens of that person end',
      params: idParams,
      body: z.strictObject({ role: z.enum(ROLES) }),
      responses: { 200: userView },
      handler: async (asked) => viewUser(await accounts.setRole(actorOf(asked), asked.params.id, asked.body.role)),
    }),
  ];
}
