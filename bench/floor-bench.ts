import { join } from 'node:path';
import { seconds, tell, type Bench } from './bench.ts';
import { measureFloor } from './floor.ts';
import { ensureMonth, openBenchServer } from './stage.ts';

const ORDERS = 1_000_000;

/** What the others are measured against, by itself. */
export const floorBench: Bench = {
  name: 'floor',
  about: 'psql \\copy of a million Happy Workers rows, then insert into a table with the natural key',
  async run(context) {
    const month = await ensureMonth(context, Math.round(ORDERS * context.scale));
    const server = await openBenchServer(context);
    try {
      const floor = await measureFloor(server.databaseUrl, join(month, 'happy_workers.csv'));
      return [
        tell('copy into an unlogged table', seconds(floor.copyMs)),
        tell('insert with the natural key', seconds(floor.insertMs)),
        tell('F', seconds(floor.totalMs)),
      ];
    } finally {
      await server.close();
    }
  },
};
