import { createInterface } from 'node:readline';
import type { BlacklistQuestion } from '../../shared/auth/blacklist/blacklist.ts';
import { loadConfig } from '../../shared/config.ts';
import { isMainModule } from '../../shared/main-module.ts';
import { createSilentLogger } from '../../shared/logger.ts';
import { openResources } from '../../shared/resources.ts';

/**
 * A worker's resources in a process of their own, whose blacklist a test asks over the standard streams: a JSON
 * question per line in, `true`, `false` or the code of an error out. It takes no work and has no keys.
 */
async function main(): Promise<void> {
  const config = loadConfig(process.env, 'worker');
  const { resources, close } = await openResources(config, 'worker', { logger: createSilentLogger() });
  console.log('ready');
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await resources.blacklist
      .isRevoked(JSON.parse(line) as BlacklistQuestion)
      .catch((error: Error & { code?: string }) => error.code ?? error.message);
    console.log(String(answer));
  }
  await close();
}

if (isMainModule(import.meta.url)) await main();
