import { missingFences } from '../../ingest/child/confinement.ts';
import { detectIsolation } from '../../ingest/child/detect-isolation.ts';
import { versionCodes } from '../codes/version.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble } from '../ladder.ts';

const OLDEST_NODE = [20, 19] as const;

export const versionCheck: AreaCheck = {
  area: 'version',
  needs: ['postgres'],
  codes: versionCodes,
  async run(context, ladder) {
    await ladder.rung('version.node', async () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      const fact = `node=${process.versions.node} code=${context.version}`;
      if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
        throw new Trouble('version.node_old', fact);
      return fact;
    });
    const missing = missingFences(await detectIsolation());
    if (missing.length > 0)
      ladder.note('version.reader_unconfined', `missing=${missing.join(',')} platform=${process.platform}`);
    const postgres = await context.postgres;
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('version.services', async () => {
      if ('stoppedBy' in postgres) return '';
      const { rows } = await postgres.client.query<{ version: string }>(
        `select distinct version from service_instances where service = 'api'
         and seen_at > clock_timestamp() - interval '20 s'`,
      );
      const others = rows.filter(({ version }) => version !== context.version);
      if (others.length > 0)
        ladder.note(
          'version.api_mismatch',
          `api=${others.map(({ version }) => version).join(',')} here=${context.version}`,
        );
      if (rows.length === 0) {
        ladder.note('version.api_none_alive', 'no heartbeat of an api within 20 s');
        return 'no api is running';
      }
      return `api=${rows.map(({ version }) => version).join(',')}`;
    });
  },
};
