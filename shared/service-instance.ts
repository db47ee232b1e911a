/** Each process says every five seconds that it is there, for health and the doctor (table service_instances). */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Db } from './db/client.ts';
import { withDeadline } from './lifecycle.ts';
import type { Logger } from './logger.ts';

const INTERVAL_MS = 5_000;
const WRITE_LIMIT_MS = 3_000;

export interface ServiceInstance {
  readonly id: string;
  start(): void;
  stop(): Promise<void>;
}

export function createServiceInstance(options: {
  db: Db;
  service: 'api' | 'worker';
  version: string;
  logger: Logger;
  details(): Record<string, unknown>;
}): ServiceInstance {
  const { db, service, version, logger, details } = options;
  const id = `${service}-${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  let timer: NodeJS.Timeout | null = null;
  let current: Promise<void> | null = null;
  let failing = false;

  async function beat(): Promise<void> {
    try {
      await withDeadline(
        db.raw(
          `insert into service_instances (id, service, version, details) values (?, ?, ?, ?::jsonb)
           on conflict (id) do update set seen_at = clock_timestamp(), details = excluded.details`,
          [id, service, version, JSON.stringify(details())],
        ),
        WRITE_LIMIT_MS,
        'the heartbeat',
      );
      failing = false;
    } catch (error) {
      if (!failing) logger.warn('the heartbeat could not be written', { error });
      failing = true;
    }
  }

  function run(): void {
    current ??= beat().finally(() => {
      current = null;
    });
  }

  return {
    id,
    start() {
      timer ??= setInterval(run, INTERVAL_MS);
      run();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await current;
      await withDeadline(
        db.raw('delete from service_instances where id = ?', [id]),
        WRITE_LIMIT_MS,
        'signing off',
      ).catch(() => undefined);
    },
  };
}
