import type { Knex } from 'knex';
import { migrationSource } from './migrations/index.ts';

/**
 * For the knex command line alone: `node --import tsx node_modules/knex/bin/cli.js migrate:status`. The services get
 * their pool from shared/db/client.ts, and `npm run migrate` guards against two at once. knex wants a default export.
 */
const knexConfig: Knex.Config = {
  client: 'pg',
  // knex's command line knows no schema of ours: the one variable is read here.
  connection: process.env.DATABASE_URL,
  pool: { min: 0, max: 2 },
  migrations: { migrationSource, tableName: 'migrations' },
};

export default knexConfig;
