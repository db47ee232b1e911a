import assert from 'node:assert/strict';
import type { Router } from 'express';
import { createRoutes } from '../../api/routes/index.ts';
import { ROLES, type Role, type Route } from '../../api/route.ts';
import { createApp } from '../../api/app.ts';
import { createRouteGuard } from '../../api/middleware/authenticate.ts';
import { reaches } from '../../shared/auth/principal.ts';
import { createTokens } from '../../shared/auth/tokens.ts';
import { execute } from '../../shared/db/rows.ts';
import { ask, type Answer, type TestSignIn } from '../support/ask.ts';
import { isLong } from '../support/long.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { makePerson } from '../support/people.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

/** Of openTestApi. */
const SECRET = { kid: 'test', secret: 'kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6' };
/** Routes that end the sign-in they are asked with: they get one of their own. */
const ENDS_SIGN_IN = new Set(['/auth/logout', '/auth/logout-all', '/auth/password']);

interface MountedRoute {
  method: string;
  path: string;
}

/** What Express really answers to, below a prefix, taken out of the running application and not out of our table. */
function mountedRoutes(router: Router, prefix = ''): MountedRoute[] {
  const found: MountedRoute[] = [];
  for (const layer of router.stack as unknown as {
    route?: { path: string; methods: Record<string, boolean> };
    handle?: Router;
    slash?: boolean;
  }[]) {
    if (layer.route !== undefined) {
      for (const method of Object.keys(layer.route.methods))
        found.push({ method, path: `${prefix}${layer.route.path}` });
    } else if (Array.isArray(layer.handle?.stack)) found.push(...mountedRoutes(layer.handle, prefix));
  }
  return found;
}

describe('every route × every role', () => {
  let database: TestDatabase;
  let api: InProcessApi;
  let routes: Route[];
  const signIns = new Map<Role, TestSignIn>();
  const tokens = createTokens([SECRET]);

  before(async function () {
    this.timeout(60_000);
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    routes = createRoutes(api.opened.resources);
    for (const role of ROLES) signIns.set(role, await (await makePerson(db(), { role })).signIn(api.url));
  });

  after(async () => {
    await api?.close();
    await database?.drop();
  });

  const db = () => api.opened.resources.db;
  const urlOf = (route: Route) =>
    `${api.url}/api/v1${route.path.replace(/:(\w+)/g, (_, name: string) =>
      name === 'id' && route.path.startsWith('/users') ? '999999' : '00000000-0000-4000-8000-000000000000',
    )}`;
  const call = (route: Route, token?: string, cookie?: string) =>
    ask(urlOf(route), {
      method: route.method.toUpperCase(),
      token,
      cookie,
      ...(route.method === 'get' ? {} : { body: {} }),
    });

  /** Got past the guard: whatever the route then said of this empty question. */
  function assertAdmitted(answer: Answer, what: string): void {
    assert.ok(
      ![401, 403, 429, 500, 503].includes(answer.status),
      `${what}: ${answer.status} ${answer.text.slice(0, 200)}`,
    );
  }

  it('the table is what the application really mounts, each with a role', () => {
    const app = createApp({
      resources: api.opened.resources,
      guard: createRouteGuard(api.opened.resources),
      admitToOps: () => Promise.reject(new Error('not asked')),
      admitToDocs: () => Promise.reject(new Error('not asked')),
      webFolder: '/nonexistent',
      isDraining: () => false,
    });
    const apiLayer = (app.router.stack as unknown as { handle: Router; name: string }[])
      .filter((layer) => Array.isArray(layer.handle?.stack))
      .map((layer) => mountedRoutes(layer.handle))
      .find((found) => found.some(({ path }) => path === '/auth/login'));
    const mounted = (apiLayer ?? []).map(({ method, path }) => `${method} ${path}`).sort();
    assert.deepEqual(mounted, routes.map(({ method, path }) => `${method} ${path}`).sort());
    assert.equal(new Set(mounted).size, mounted.length, 'no route twice');
    for (const route of routes)
      assert.ok(['public', 'any', ...ROLES].includes(route.role), `${route.method} ${route.path} has no role`);
    assert.ok(routes.length > 20, `${routes.length} routes`);
  });

  it('what finance and administrators alone may is written here once more: a slip in the table shows', () => {
    const of = (role: Role) =>
      routes
        .filter((route) => route.role === role)
        .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
        .sort();
    assert.deepEqual(of('finance'), [
      'DELETE /orders/:id/decisions/:did',
      'GET /reconciliation/runs/:id',
      'POST /files/:id/undo',
      'POST /orders/:id/decisions',
      'POST /reconciliation/runs',
      'POST /sessions/:id/undo',
    ]);
    assert.deepEqual(of('operator'), [
      'POST /files',
      'POST /files/:id/apply',
      'POST /files/:id/cancel',
      'POST /files/:id/mapping',
      'POST /files/:id/retry',
      'POST /sessions/:id/apply',
    ]);
    const admin = of('admin');
    assert.ok(
      admin.every((name) => / \/(users|audit|system|auth\/ops)/.test(name)),
      admin.join(),
    );
    for (const { method, path, role } of routes) {
      if (method === 'get' || role === 'finance' || role === 'operator' || role === 'admin') continue;
      // whoever reads changes nothing but what is his own
      assert.match(path, /^\/(auth|tokens|exports|downloads|webhooks)/, `${method} ${path} is open to ${role}`);
    }
  });

  it('public routes are few and known', () => {
    const open = routes.filter(({ role }) => role === 'public').map(({ path }) => path);
    const known = ['login', 'telegram', 'link', 'invitation', 'invitation/check'].map((name) => `/auth/${name}`);
    assert.deepEqual(
      open.filter((path) => ![...known, '/webhooks/telegram'].includes(path)),
      [],
    );
    const own = routes.filter(({ ownAuthentication }) => ownAuthentication).map(({ path }) => path);
    assert.deepEqual(own.sort(), ['/auth/logout', '/auth/refresh']);
  });

  for (const role of ROLES) {
    it(`${role} may what ${role} may, and no more`, async function () {
      this.timeout(60_000);
      for (const route of routes) {
        if (route.role === 'public' || route.ownAuthentication === true || ENDS_SIGN_IN.has(route.path)) continue;
        if (/events|download$/.test(route.path) || route.multipart === true) continue;
        const answer = await call(route, signIns.get(role)?.token);
        const what = `${role} ${route.method} ${route.path}`;
        if (route.role === 'any' || reaches(role, route.role)) assertAdmitted(answer, what);
        else assert.deepEqual([answer.status, answer.code], [403, 'forbidden'], what);
      }
    });
  }

  /** What a token of one scope opens: the routes of one role, and what anybody reads; no cookie of a page. */
  const NO_SCRIPT = new Set(['post /auth/ops', 'post /auth/docs', 'post /users', 'post /users/:id/invitation']);
  const opens = { read: 'viewer', upload: 'operator', decide: 'finance', admin: 'admin' } as const;
  for (const owner of isLong ? ROLES : (['finance', 'admin'] as const)) {
    it(`a personal token of ${owner} opens what its scope says, as far as ${owner} may, and no more`, async function () {
      this.timeout(120_000);
      for (const scope of Object.keys(opens) as (keyof typeof opens)[]) {
        const body = { name: `only ${scope}`, scopes: [scope] };
        const made = await ask(`${api.url}/api/v1/tokens`, { token: signIns.get(owner)?.token, body });
        // as if it had been made before the owner's role was taken down
        if (made.status !== 201) assert.equal(reaches(owner, opens[scope]), false, `${owner} ${scope}`);
        const { token } =
          made.status === 201 ? (made.body as unknown as { token: string }) : await leftover(owner, scope);
        for (const route of routes) {
          if (route.role === 'public' || route.ownAuthentication === true) continue;
          if (/events|download$/.test(route.path) || route.multipart === true) continue;
          const answer = await call(route, token);
          const what = `${scope} of ${owner}: ${route.method} ${route.path}`;
          const isItsOwn =
            route.role === 'any'
              ? scope === 'read' && route.method === 'get'
              : route.role === opens[scope] && reaches(owner, route.role);
          const isOpen = isItsOwn && !NO_SCRIPT.has(`${route.method} ${route.path}`);
          if (isOpen) assertAdmitted(answer, what);
          else assert.deepEqual([answer.status, answer.code], [403, 'forbidden'], what);
        }
      }
    });
  }

  /** A token whose scope is more than its owner may. */
  async function leftover(owner: Role, scope: string): Promise<{ token: string }> {
    const read = { name: 'left over', scopes: ['read'] };
    const made = await ask(`${api.url}/api/v1/tokens`, { token: signIns.get(owner)?.token, body: read });
    const { id, token } = made.body as unknown as { id: string; token: string };
    await execute(db(), 'update user_tokens set scopes = ?::text[] where id = ?', [[scope], id]);
    return { token };
  }

  it('uploads and event streams ask for the role before anything else', async () => {
    for (const route of routes.filter(({ multipart, path }) => multipart === true || /events|download$/.test(path))) {
      for (const role of ROLES) {
        const answer = await call(route, signIns.get(role)?.token);
        if (route.role === 'any' || reaches(role, route.role as Role))
          assert.ok([400, 404, 415].includes(answer.status), `${role} ${route.path}: ${answer.status}`);
        else assert.equal(answer.code, 'forbidden');
      }
    }
  });

  /** Each kind of token that must not come in, made anew. */
  const bad: [string, string[], () => Promise<{ token?: string; cookie?: string }>][] = [
    ['no token', ['unauthenticated'], async () => ({})],
    [
      'a revoked token',
      ['token_revoked'],
      async () => {
        const { token, cookie } = await (await makePerson(db(), { role: 'admin' })).signIn(api.url);
        await ask(`${api.url}/api/v1/auth/logout`, { method: 'POST', token });
        return { token, cookie };
      },
    ],
    [
      'an expired token',
      ['unauthenticated'],
      async () => {
        const { id } = await makePerson(db(), { role: 'admin' });
        const past = createTokens([SECRET], () => Date.now() - 3_600_000);
        return {
          token: past.issue('access', { userId: id, username: null, role: 'admin', version: 1 }, { ttlS: 900 }).token,
        };
      },
    ],
    [
      'the token of somebody blocked since',
      ['token_revoked'],
      async () => {
        const who = await makePerson(db(), { role: 'admin' });
        const { token, cookie } = await who.signIn(api.url);
        await execute(db(), `update users set status = 'blocked' where id = ?`, [who.id]);
        return { token, cookie };
      },
    ],
    [
      'a token for somebody pending',
      ['token_revoked'],
      async () => {
        const { id } = await makePerson(db(), { role: 'admin', status: 'pending' });
        return {
          token: tokens.issue('access', { userId: id, username: null, role: 'admin', version: 1 }, { ttlS: 900 }).token,
        };
      },
    ],
    [
      'a token for nobody',
      ['token_revoked'],
      async () => ({
        token: tokens.issue('access', { userId: '99999999', username: null, role: 'admin', version: 1 }, { ttlS: 900 })
          .token,
      }),
    ],
    [
      'a refresh token as bearer',
      ['unauthenticated'],
      async () => ({
        token: (await (await makePerson(db(), { role: 'admin' })).signIn(api.url)).cookie.split('=')[1] ?? '',
      }),
    ],
  ];
  for (const [name, codes, make] of bad) {
    it(`${name} opens nothing`, async function () {
      this.timeout(60_000);
      const { token, cookie } = await make();
      for (const route of routes.filter(({ role }) => role !== 'public')) {
        const answer = await call(route, token, route.path === '/auth/refresh' ? cookie : undefined);
        assert.equal(
          answer.status,
          401,
          `${route.method} ${route.path}: ${answer.status} ${answer.text.slice(0, 200)}`,
        );
        if (route.path !== '/auth/refresh')
          assert.ok(codes.includes(answer.code ?? ''), `${route.path}: ${answer.code}`);
      }
      assert.ok([401, 404].includes((await ask(`${api.url}/ops/queues`, { token })).status));
    });
  }

  it('an address that no route has is 404, also with a token', async () => {
    assert.equal((await ask(`${api.url}/api/v1/nothing`)).status, 404);
    assert.equal((await ask(`${api.url}/api/v1/LIMITS`, { token: signIns.get('admin')?.token })).status, 404);
  });
});
