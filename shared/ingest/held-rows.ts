/**
 * Rows of a small file wait in memory for the transaction that takes them in. Staging tables made for them would cost
 * more than the file: six relations, each synced to the disk, and rows in the catalogues that stay.
 */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { createWorkTables } from '../reconcile/work-tables.ts';
import type { Source } from './sources/source.ts';
import { copyRejectsInto, copyRowsInto, HELD_STAGING } from './staging.ts';

/** Files up to this size are held. */
export const HELD_FILE_BYTES = 128 * 1024;
/** COPY text of rows and rejects together; a file that unpacks to more is read again, into tables. */
const MOST_HELD_BYTES = 4 * 1024 * 1024;

/** The file is larger than it looked. */
export class TooMuchToHold extends Error {
  constructor() {
    super('the rows of the file are too many to be held in memory');
    this.name = 'TooMuchToHold';
  }
}

export class HeldRows {
  private bytes = 0;
  private rows: Buffer[] = [];
  private rejects: Buffer[] = [];

  rowSink(): Writable {
    return this.sink(this.rows);
  }

  rejectSink(): Writable {
    return this.sink(this.rejects);
  }

  /** What is held counts for nothing: the file is read again. */
  clear(): void {
    this.bytes = 0;
    this.rows = [];
    this.rejects = [];
  }

  /** Puts them into the work tables of the transaction (HELD_STAGING). */
  async layInto(client: Client, source: Source): Promise<void> {
    await createWorkTables(client);
    await pour(this.rows, copyRowsInto(client, HELD_STAGING, source));
    if (this.rejects.length > 0) await pour(this.rejects, copyRejectsInto(client, HELD_STAGING));
  }

  private sink(chunks: Buffer[]): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.bytes += chunk.length;
        if (this.bytes > MOST_HELD_BYTES) return done(new TooMuchToHold());
        chunks.push(chunk);
        done();
      },
    });
  }
}

async function pour(chunks: readonly Buffer[], into: Writable): Promise<void> {
  const taken = finished(into);
  for (const chunk of chunks) into.write(chunk);
  into.end();
  await taken;
}
