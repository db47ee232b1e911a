/** The plans of whatever statements run on a database, as its server chose them. */
import type { Client } from 'pg';
import type { Db } from '../../../shared/db/client.ts';

/** Has sessions that begin after this give the plan of every statement, those inside functions too, as a notice. */
export async function givePlans(client: Client, databaseName: string): Promise<void> {
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_level': 'notice',
    'auto_explain.log_nested_statements': 'on',
  };
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter database ${databaseName} set ${name} = '${value}'`);
}

export interface PlanWatch {
  /** Text of the plans of what ran meanwhile. */
  of(work: () => Promise<unknown>): Promise<string>;
}

export function watchPlans(): PlanWatch & { listenTo(client: Client): void; listenToPool(db: Db): void } {
  let plans: string[] = [];
  const listenTo = (client: Client): void =>
    void client.on('notice', ({ message }) => {
      if (message?.includes('plan:') === true) plans.push(message);
    });
  return {
    listenTo,
    listenToPool(db) {
      const { pool } = db.client as {
        pool: { on(event: 'createSuccess', listener: (id: number, made: Client) => void): void };
      };
      pool.on('createSuccess', (_id, made) => listenTo(made));
    },
    async of(work) {
      plans = [];
      await work();
      return plans.join('\n');
    },
  };
}
