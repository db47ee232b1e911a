/** What only this file called machines and goods is forgotten; what other files call them counts again. */
import type { Client } from 'pg';
import { namedBy } from '../ingest/merging/name-sql.ts';
import type { Source } from '../ingest/sources/source.ts';

export async function forgetNames(client: Client, source: Source, fileId: string): Promise<void> {
  const named = namedBy(source);
  if (named === null) return;
  const { name } = named;
  await client.query(
    `with gone as (
       select distinct n ->> 0 as machine_code from file_effects e cross join jsonb_array_elements(e.names) n
       where e.file_id = $1
     ), left_names as (
       select distinct on (g.machine_code) g.machine_code, n ->> 1 as value, (n ->> 2)::timestamptz as at, f.seq
       from gone g
       join file_effects e on e.source = $2 and e.file_id <> $1
       join uploaded_files f on f.id = e.file_id
       cross join jsonb_array_elements(e.names) n
       where n ->> 0 = g.machine_code
       order by g.machine_code, at desc, f.seq desc, value
     )
     update machines m set ${name} = l.value, ${name}_at = l.at, ${name}_seq = l.seq
     from gone g
     left join left_names l using (machine_code)
     where m.machine_code = g.machine_code`,
    [fileId, source.name],
  );
  await client.query(`delete from machines where address is null and category is null`);
  // a file of before this was noted may name anything
  await client.query(
    `delete from goods g using file_effects f
     where f.file_id = $1 and g.name = any (f.goods)
       and not exists (select 1 from file_effects e where e.file_id <> $1 and g.name = any (e.goods))
       and not exists (select 1 from uploaded_files u
         where u.source in ('happy_workers', 'vendhub') and u.status in ('completed', 'completed_with_errors')
         and not exists (select 1 from file_effects e where e.file_id = u.id))`,
    [fileId],
  );
}
