import { createApiClient, type ApiClient } from '../../scripts/api-client.ts';
import { eventually } from './eventually.ts';
import { TEST_ADMIN } from './processes.ts';

/** A client signed in as the first admin, once the api has made that account. */
export async function adminClient(baseUrl: string): Promise<ApiClient> {
  const admin = createApiClient(baseUrl);
  await eventually(() => admin.login(TEST_ADMIN.email, TEST_ADMIN.password), { timeoutMs: 15_000 });
  return admin;
}
