/** What reports call machines and goods. */
import type { Source } from '../sources/source.ts';
import type { Staging } from '../staging.ts';

/** Which column of machines the source fills; null = none. */
export function namedBy(source: Source): { name: 'address' | 'category'; value: string; time: string } | null {
  if (source.name === 'happy_workers') return { name: 'address', value: 'address', time: 'creation_time' };
  if (source.name === 'vendhub') return { name: 'category', value: 'machine_category', time: 'event_time' };
  return null;
}

/**
 * A select of (machine_code, value, goods_name, at): each name that staged rows give a machine and each of its goods,
 * with the last time of both. A report knows few of them, so its rows are read once.
 */
export function namedRows(source: Source, staging: Staging): string {
  const named = namedBy(source);
  if (named === null) throw new Error(`${source.name} names no machines`);
  const { value, time } = named;
  return `select machine_code, ${value} as value, goods_name, max(${time}) as at
      from ${staging.rows}
      group by machine_code, ${value}, goods_name`;
}

/** A select of (machine_code, value, at) out of those, a relation: each name of a machine, with its last time. */
export function namesIn(named: string): string {
  return `select machine_code, value, max(at) as at
      from ${named} n
      where value is not null
      group by machine_code, value`;
}

export interface NameStatement {
  text: string;
  /** $1 is the order of acceptance */
  hasSeq: boolean;
}

/**
 * They fill the work table named (namedRows) and keep it. Of two names the one of the later time counts, at one
 * time that of the file accepted later, whatever the order in which they are loaded.
 */
export function nameStatements(source: Source, staging: Staging): NameStatement[] {
  const named = namedBy(source);
  if (named === null) return [];
  const { name } = named;
  const [known, given] = ['machines', 'excluded'].map((row) => ({
    at: `${row}.${name}_at`,
    seq: `${row}.${name}_seq`,
  }));
  const isLater = `(${known?.at}, coalesce(${known?.seq}, 0)) <= (${given?.at}, ${given?.seq})`;
  return [
    {
      text: `
      insert into work_named (machine_code, value, goods_name, at)
      ${namedRows(source, staging)}`,
      hasSeq: false,
    },
    {
      text: `
      insert into machines (machine_code, ${name}, ${name}_at, ${name}_seq)
      select distinct on (machine_code) machine_code, value, at, $1::bigint
      from (${namesIn('work_named')}) n
      order by machine_code, at desc, value
      on conflict (machine_code) do update set
        ${name} = excluded.${name}, ${name}_at = excluded.${name}_at, ${name}_seq = excluded.${name}_seq
      where machines.${name}_at is null or ${isLater}`,
      hasSeq: true,
    },
    {
      text: `
      insert into goods (name)
      select distinct goods_name from work_named where goods_name is not null
      on conflict do nothing`,
      hasSeq: false,
    },
  ];
}
