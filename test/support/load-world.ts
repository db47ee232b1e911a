import pg from 'pg';
import type { MatchingConfig } from '../../shared/config.ts';
import { acceptFile, loadReport } from './load-report.ts';
import { renderReport } from './reference/render-reports.ts';
import type { World } from './reference/world.ts';

export const DEFAULT_MATCHING: MatchingConfig = {
  hwVendhubWindowS: 60,
  fiscalWindowS: 60,
  gatewayWindowS: 60,
  amountTolerance: '0.01',
};

/** A connection of the test's own, for what no route does. */
export async function openTestClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('set jit = off');
  return client;
}

/** Loads the files of a world one after another; gives the id of each by its source. */
export async function loadWorld(
  client: pg.Client,
  world: World,
  matching: MatchingConfig = DEFAULT_MATCHING,
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const file of world.files) {
    const accepted = await acceptFile(client, file.name);
    // the report's own ids are numbers: 1001, 1002, ... in the order of its rows
    const records = file.records.map((one, at) =>
      one.source === 'vendhub' ? { ...one, key: String(1001 + at) } : one,
    );
    await loadReport(client, matching, accepted, renderReport({ ...file, records }));
    ids[file.source] = accepted.fileId;
  }
  return ids;
}

/** As if reports of every source had covered this time, epoch seconds. */
export async function coverTime(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query(
    `insert into source_coverage (source, covered_from, covered_to)
     select source, to_timestamp($1), to_timestamp($2)
     from unnest(array['happy_workers', 'vendhub', 'fiscal_bills', 'payme', 'click', 'uzum']) source`,
    [from, to],
  );
}
