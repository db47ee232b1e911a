/**
 * Rows of orders and proofs as they pass, in their order, so that memory holds one batch of each and not the period.
 */
import type { Client } from 'pg';

const FETCH_ROWS = 5_000;

export type Row = readonly (string | null | boolean | number)[];

/**
 * One query after the other on the connection, in the order they were asked for: the driver no longer keeps that queue
 * itself.
 */
export class QueryQueue {
  private readonly client: Client;
  private last: Promise<unknown> = Promise.resolve();

  constructor(client: Client) {
    this.client = client;
  }

  run<R>(work: (client: Client) => Promise<R>): Promise<R> {
    const done = this.last.then(() => work(this.client));
    // told to whoever awaits it; a fault ends the transaction, and with it all that is queued
    this.last = done.catch(() => undefined);
    return done;
  }

  /** When nothing is queued any more, whatever became of it. */
  async idle(): Promise<void> {
    await this.last;
  }
}

/**
 * Rows of a server-side cursor in their order. The next batch is asked for before this one is worked through, so that
 * database and process work at once.
 */
export class CursorReader<T extends { span: number; time: number }> {
  private readonly queue: QueryQueue;
  private readonly name: string;
  private readonly parse: (row: Row) => T;
  private buffer: T[] = [];
  private at = 0;
  /** null at the end */
  private following: Promise<Row[]> | null = null;

  constructor(queue: QueryQueue, name: string, parse: (row: Row) => T) {
    this.queue = queue;
    this.name = name;
    this.parse = parse;
  }

  async open(query: string): Promise<this> {
    await this.queue.run((client) => client.query(`declare ${this.name} no scroll cursor for ${query}`));
    this.following = this.fetch();
    return this;
  }

  private fetch(): Promise<Row[]> {
    const fetched = this.queue.run(async (client) => {
      const result = await client.query<Row[]>({
        text: `fetch ${FETCH_ROWS} from ${this.name}`,
        rowMode: 'array',
      } as never);
      return result.rows as unknown as Row[];
    });
    // told to whoever awaits it; when something else fails first, nobody does
    fetched.catch(() => undefined);
    return fetched;
  }

  private async refill(): Promise<void> {
    const rows = (await this.following) ?? [];
    this.following = rows.length < FETCH_ROWS ? null : this.fetch();
    this.buffer = rows.map(this.parse);
    this.at = 0;
  }

  async peek(): Promise<T | null> {
    if (this.at === this.buffer.length) await this.refill();
    return this.buffer[this.at] ?? null;
  }

  /** Moves rows into `into` as long as they are wanted; waits only for a batch, not for each row. */
  async takeWhile(isWanted: (row: T) => boolean, into: T[]): Promise<void> {
    for (;;) {
      if (this.at === this.buffer.length) await this.refill();
      const next = this.buffer[this.at];
      if (next === undefined || !isWanted(next)) return;
      into.push(next);
      this.at++;
    }
  }

  /** Takes rows of earlier spans, and of this span up to and including the time. */
  takeUntil(span: number, time: number, into: T[], most = Number.POSITIVE_INFINITY): Promise<void> {
    return this.takeWhile(
      (next) => into.length < most && (next.span < span || (next.span === span && next.time <= time)),
      into,
    );
  }

  async close(): Promise<void> {
    await this.queue.run((client) => client.query(`close ${this.name}`));
  }
}
