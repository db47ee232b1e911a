import { z } from 'zod';
import type { ApiToken } from '../../shared/auth/api-tokens.ts';
import type { Auth } from '../../shared/auth/auth.ts';
import { reaches, SCOPE_OF_ROLE, SCOPES, type Role, type Scope } from '../../shared/auth/principal.ts';
import { listSchema } from '../../shared/answer-parts.ts';
import { AppError } from '../../shared/errors.ts';
import { tashkentIso } from '../../shared/tashkent-time.ts';
import { pageOfWhole, pageQuery, type CursorDeps } from '../keyset.ts';
import { defineRoute, type Route } from '../route.ts';
import { actorOf } from './users.ts';

const MAX_LIFE_MS = 366 * 86_400_000;

const tokenView = z
  .object({
    id: z.string(),
    name: z.string(),
    hint: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' });
const createBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).default(['read']),
  expiresAt: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .nullish(),
});

function view(token: ApiToken): z.input<typeof tokenView> {
  return {
    id: token.id,
    name: token.name,
    hint: token.hint,
    scopes: token.scopes,
    createdAt: tashkentIso(token.createdAt),
    expiresAt: token.expiresAt === null ? null : tashkentIso(token.expiresAt),
    lastUsedAt: token.lastUsedAt === null ? null : tashkentIso(token.lastUsedAt),
  };
}

/** A token reaches no further than its owner. */
function assertWithinRole(scopes: readonly Scope[], role: Role): void {
  for (const [needed, scope] of Object.entries(SCOPE_OF_ROLE) as [Role, Scope][]) {
    if (scopes.includes(scope) && !reaches(role, needed)) throw new AppError('forbidden', { details: { scope } });
  }
}

export function createTokenRoutes({
  auth,
  cursors,
}: CursorDeps & { auth: Pick<Auth, 'apiTokens' | 'blacklist'> }): Route[] {
  const cursor = cursors.of('tokens');
  return [
    defineRoute({
      method: 'get',
      path: '/tokens',
      role: 'any',
      summary: 'My personal API tokens',
      query: z.strictObject(pageQuery),
      responses: { 200: listSchema(tokenView) },
      // there are fifty at most
      handler: async ({ principal, query }) =>
        pageOfWhole((await auth.apiTokens.list(principal.userId)).map(view), query, {
          cursor,
          keyOf: ({ id }) => [id],
        }),
    }),
    defineRoute({
      method: 'post',
      path: '/tokens',
      role: 'any',
      summary: 'A new personal API token; it is shown this once',
      body: createBody,
      responses: { 201: tokenView.extend({ token: z.string() }) },
      async handler(asked) {
        const { name, scopes, expiresAt = null } = asked.body;
        assertWithinRole(scopes, asked.principal.role);
        const lifeMs = expiresAt === null ? 0 : expiresAt.getTime() - auth.blacklist.clockMs();
        if (expiresAt !== null && (lifeMs <= 0 || lifeMs > MAX_LIFE_MS)) {
          throw new AppError('validation_failed', {
            details: {
              issues: [{ path: 'expiresAt', code: 'out_of_range', message: 'lies ahead, by a year at most' }],
            },
          });
        }
        const made = await auth.apiTokens.create(actorOf(asked), asked.principal, {
          name,
          scopes: [...new Set(scopes)],
          expiresAt,
        });
        asked.response.status(201);
        return { ...view(made.stored), token: made.token };
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/tokens/:id',
      role: 'any',
      summary: 'End one of my personal API tokens',
      params: z.strictObject({ id: z.uuid() }),
      responses: { 204: null },
      handler: (asked) => auth.apiTokens.revoke(actorOf(asked), asked.principal.userId, asked.params.id),
    }),
  ];
}
