/**
 * Brings the rows of a file through the reader child into staging tables, on connections of their own that are given
 * back whatever happens.
 */
import type { Client } from 'pg';
import { type HeldConnection, openConnection } from '../db/client.ts';
import { type LoadEnd, type LoadOptions, runLoad } from './child/run-reader.ts';
import type { HeldRows } from './held-rows.ts';
import type { ProcessDeps } from './process-deps.ts';
import { DEFAULT_READ_LIMITS } from './readers/limits.ts';
import { sources } from './sources/index.ts';
import { copyRejectsInto, copyRowsInto, createStaging, type Staging } from './staging.ts';

export interface StageRequest extends Pick<
  LoadOptions,
  'path' | 'name' | 'sizeBytes' | 'overrides' | 'signal' | 'onProbe' | 'onProgress' | 'onCorrected'
> {
  /** takes the rows instead of the tables, which are not made then */
  held?: HeldRows | null;
  /** what was staged or told so far counts for nothing */
  onRestart?(): void;
}

/** What waits longer waits for itself: it ends as a fault, and whatever else it holds up goes on. */
const LOCK_WAIT = '30s';

/**
 * Fills the staging tables, which it makes, or holds the rows. null when `onProbe` said stop.
 * @throws TooMuchToHold, FileFault (the file's own), the signal's reason, or a fault of the surroundings
 */
export async function stageRows(
  { db, logger, readerCaps, spareReader }: Pick<ProcessDeps, 'db' | 'logger' | 'readerCaps' | 'spareReader'>,
  staging: Staging,
  { onRestart, held = null, ...request }: StageRequest,
): Promise<LoadEnd | null> {
  const connections: HeldConnection[] = [];
  const open = async (): Promise<Client> => {
    const connection = await openConnection(db);
    connections.push(connection);
    // rows come as fast as a file is read; tables that are made for it nobody else holds for long
    await connection.client.query(`set statement_timeout = 0; set lock_timeout = '${LOCK_WAIT}'`);
    return connection.client;
  };
  const giveBack = async (error?: unknown): Promise<void> => {
    await Promise.all(connections.splice(0).map((connection) => connection.release(error)));
  };
  // a COPY on a dead connection ends by nothing else: what its stream waits for never comes
  const onAbort = (): void => void giveBack(request.signal.reason);
  request.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const end = await runLoad({
      ...request,
      limits: DEFAULT_READ_LIMITS,
      caps: readerCaps,
      spare: spareReader,
      onStderr: (tail) => logger.warn('reader child wrote', { tail }),
      async openRows({ source }) {
        if (held !== null) return held.rowSink();
        const client = await open();
        await createStaging(client, staging, sources[source]);
        return copyRowsInto(client, staging, sources[source]);
      },
      openRejects: async () => held?.rejectSink() ?? copyRejectsInto(await open(), staging),
      async onRestart() {
        onRestart?.();
        held?.clear();
        await giveBack(new Error('the file is read again'));
      },
    });
    await giveBack(await resetSettings(connections));
    return end;
  } catch (error) {
    await giveBack(error);
    throw error;
  } finally {
    request.signal.removeEventListener('abort', onAbort);
  }
}

/** The error of a connection that must not be handed on. */
async function resetSettings(connections: readonly HeldConnection[]): Promise<unknown> {
  try {
    await Promise.all(connections.map(({ client }) => client.query('reset statement_timeout; reset lock_timeout')));
    return undefined;
  } catch (error) {
    return error;
  }
}
