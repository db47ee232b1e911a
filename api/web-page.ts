/**
 * The web page: hashed assets for ever, the page itself never from a cache, and the page for its own addresses only.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';
import { packedFiles } from './packed-files.ts';

/** Paths that belong to the server; an unknown one among them is a 404 and never the page. */
const SERVER_PATHS = /^\/(api|ops|livez|readyz|metrics|assets)(\/|$)/;

export function webPageRouter(folder: string): Router {
  const router = Router();
  const index = join(folder, 'index.html');
  router.use(
    '/assets',
    packedFiles(join(folder, 'assets'), 'public, max-age=31536000, immutable'),
    express.static(join(folder, 'assets'), {
      immutable: true,
      maxAge: '365d',
      index: false,
      redirect: false,
      fallthrough: true,
    }),
  );
  router.use(
    express.static(folder, {
      index: false,
      redirect: false,
      maxAge: '1h',
      dotfiles: 'ignore',
      // by its own name as well it would ask for assets that the next version has not
      setHeaders: (response, path) => {
        if (path === index) response.setHeader('Cache-Control', 'no-cache');
      },
    }),
  );
  router.use((request, response, next) => {
    const asksForPage =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !SERVER_PATHS.test(request.path) &&
      !/\.[a-z0-9]+$/i.test(request.path);
    if (!asksForPage || !existsSync(index)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(index);
  });
  return router;
}
