/**
 * GET /api/docs: Swagger UI from this server's own files, under the same content policy as everything else. The page
 * opens by the cookie of POST /auth/docs or by a bearer; what it tries out it sends as the person who is signed in,
 * with an access token of the refresh cookie.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, type Request } from 'express';
import type { Principal } from '../shared/auth/principal.ts';
import { languages, type Lang } from '../shared/texts/languages.ts';
import { packedFiles } from './packed-files.ts';
import type { Route } from './route.ts';

export const DOCS_PATH = '/api/docs';
const ASSETS = ['swagger-ui.css', 'swagger-ui-bundle.js'];
const ASSET_AGE_MS = 3_600_000;
/** An access token is asked for anew so long before it ends. */
const EARLY_S = 30;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const START = `'use strict';
let access = null;
async function token() {
  if (access !== null && access.untilMs > Date.now()) return access.token;
  const answer = await fetch('/api/v1/auth/refresh', { method: 'POST', credentials: 'same-origin' });
  if (!answer.ok) return null;
  const { accessToken, expiresIn } = await answer.json();
  access = { token: accessToken, untilMs: Date.now() + (expiresIn - ${EARLY_S}) * 1000 };
  return accessToken;
}
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  async requestInterceptor(request) {
    const own = request.headers.Authorization ?? request.headers.authorization;
    const known = own === undefined ? await token() : null;
    if (known !== null) request.headers.Authorization = 'Bearer ' + known;
    return request;
  },
});
`;

/** The page; where no script runs it is one line a route. */
export function docsPage(routes: readonly Route[], prefix: string, lang: Lang): string {
  const words = languages[lang].docsPage;
  const rows = routes.map(
    (route) =>
      `<tr><td>${route.method.toUpperCase()}</td><td><code>${escapeHtml(prefix + route.path)}</code></td>` +
      `<td>${route.role}</td><td>${escapeHtml(route.summary)}</td></tr>`,
  );
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${words.title}</title>
<link rel="stylesheet" href="${DOCS_PATH}/swagger-ui.css"></head>
<body><div id="docs"></div><noscript><h1>${words.title}</h1>
<table><thead><tr>${[words.method, words.path, words.role, words.what].map((word) => `<th>${word}</th>`).join('')}</tr>
</thead><tbody>
${rows.join('\n')}
</tbody></table></noscript>
<script src="${DOCS_PATH}/swagger-ui-bundle.js"></script><script src="${DOCS_PATH}/start.js"></script></body></html>`;
}

/**
 * The library's files, which hold nothing of ours, and the page for who has the cookie; others go on to the route with
 * a bearer.
 */
export function docsRouter(
  routes: readonly Route[],
  prefix: string,
  admit: (request: Request) => Promise<Principal>,
): Router {
  const router = Router();
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/swagger-ui.css'));
  const packed = packedFiles(folder, `public, max-age=${ASSET_AGE_MS / 1000}`);
  for (const name of ASSETS) {
    router.get(`/${name}`, packed, (_request, response) => {
      response.sendFile(name, { root: folder, maxAge: ASSET_AGE_MS });
    });
  }
  router.get('/start.js', (_request, response) => {
    response.type('text/javascript').send(START);
  });
  router.get('/', async (request, response, next) => {
    if (request.get('authorization') !== undefined) return next();
    await admit(request);
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(docsPage(routes, prefix, response.locals['lang'] as Lang));
  });
  return router;
}
