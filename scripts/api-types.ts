/**
 * `npm run api:types`: writes client/contract.ts, the types of the HTTP contract, from the schemas that validate
 * requests and answers. A unit test holds the file to them.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { openApiDocument } from '../api/openapi.ts';
import { createRoutes } from '../api/routes/index.ts';
import { loadConfig } from '../shared/config.ts';
import { isMainModule } from '../shared/main-module.ts';
import type { ApiResources } from '../shared/resources.ts';

export const CONTRACT_PATH = fileURLToPath(new URL('../client/contract.ts', import.meta.url));

const HEAD = '/** Made by `npm run api:types` from the schemas of the routes: not to be edited. */\n';

/** Making the table of routes asks for no more than the settings; what handlers use is not there. */
export function routesOnPaper() {
  const config = loadConfig(
    {
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://127.0.0.1/none',
      JWT_SECRETS: 'test:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
      AUDIT_KEY: 'test-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu',
    },
    'api',
  );
  return createRoutes({ config, auth: {} } as unknown as ApiResources);
}

/** @returns the text of client/contract.ts as the routes are now */
export async function contractOfRoutes(): Promise<string> {
  const document = openApiDocument(routesOnPaper(), '/api/v1', 'contract');
  // the generator resolves references in place: what it gets is its own
  const own = JSON.parse(JSON.stringify(document)) as OpenAPI3;
  return HEAD + astToString(await openapiTS(own, { alphabetize: true, silent: true }));
}

if (isMainModule(import.meta.url)) await writeFile(CONTRACT_PATH, await contractOfRoutes());
