/** What a log line says about the work it belongs to; carried by AsyncLocalStorage through api, queue and worker. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface WorkContext {
  requestId?: string;
  userId?: string;
  sessionId?: string;
  fileId?: string;
  run?: number;
}

const storage = new AsyncLocalStorage<WorkContext>();

export function withContext<T>(context: WorkContext, work: () => T): T {
  return storage.run({ ...storage.getStore(), ...context }, work);
}

export function currentContext(): WorkContext {
  return storage.getStore() ?? {};
}
