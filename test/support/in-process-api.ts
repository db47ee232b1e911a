import { createRoutes } from '../../api/routes/index.ts';
import { startApi as openApi, type RunningApi } from '../../api/start-api.ts';
import { createApiClient, type ApiClient } from '../../scripts/api-client.ts';
import { loadConfig } from '../../shared/config.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import type { Overrides } from '../../shared/resource-parts.ts';
import { startWorker, type RunningWorker } from '../../worker/start-worker.ts';
import { holdToDeclared } from './declared-answers.ts';
import { eventually } from './eventually.ts';
import { TEST_ADMIN } from './processes.ts';

const env = {
  NODE_ENV: 'test',
  PORT: '0',
  HOST: '127.0.0.1',
  JWT_SECRETS: 'test:kQ7v-2mXz9Lw4RtYb8NcJd5HsGf3PaEu6',
  AUDIT_KEY: 'test-4Zr8WqVn2KxTc6Jm9PdYh3Lb7Gs5Fa1Eu',
  ADMIN_EMAIL: TEST_ADMIN.email,
  ADMIN_PASSWORD: TEST_ADMIN.password,
  RATE_LIMIT_FACTOR: '0',
};

export interface InProcessApi extends RunningApi {
  url: string;
  /** signed in as the admin */
  client: ApiClient;
}

/**
 * The api inside this process, so that a test can put its own work or store in place; everything else is real. Its
 * answers are held to what its routes declare: `close` rejects with the places where one differed.
 */
export async function openTestApi(
  given: { DATABASE_URL: string } & Record<string, string>,
  overrides: Overrides = {},
): Promise<InProcessApi> {
  const api = await openApi(loadConfig({ ...env, ...given }, 'api'), { logger: createSilentLogger(), ...overrides });
  const url = `http://127.0.0.1:${api.port}`;
  const declared = holdToDeclared(api.port, createRoutes(api.opened.resources));
  const client = createApiClient(url);
  // on a machine that others use too the first sign-in may be answered with 503 and a time to come back
  await eventually(() => client.login(TEST_ADMIN.email, TEST_ADMIN.password), { timeoutMs: 30_000, intervalMs: 1_000 });
  return {
    ...api,
    url,
    client,
    async close() {
      await api.close();
      declared.close();
    },
  };
}

/** The worker inside this process. */
export function openTestWorker(
  given: { DATABASE_URL: string; REDIS_URL: string } & Record<string, string>,
  overrides: Overrides = {},
): Promise<RunningWorker> {
  return startWorker(loadConfig({ ...env, ...given }, 'worker'), { logger: createSilentLogger(), ...overrides });
}
