/** A look at the sizes once a day, so that growth can be told: by the doctor and by whoever reads the table. */
import type { Db } from '../db/client.ts';
import { execute } from '../db/rows.ts';

const TABLES_COUNT = 12;
/** A year and a month: the same month of the year before is still there. */
const KEPT_DAYS = 400;

export async function sampleSizes(db: Db): Promise<void> {
  await execute(
    db,
    `insert into size_samples (database_bytes, tables)
     select pg_database_size(current_database()), coalesce(jsonb_object_agg(relname, bytes), '{}')
     from (select relname, pg_total_relation_size(oid) as bytes from pg_class
           where relkind = 'r' and relnamespace = current_schema()::regnamespace
           order by 2 desc limit ${TABLES_COUNT}) largest`,
  );
  await execute(db, `delete from size_samples where at < clock_timestamp() - interval '${KEPT_DAYS} days'`);
}
