/**
 * What the project knows of each connection beyond what pg tells: whether it failed, so that every error it causes is
 * recognised by its origin, and which statements it has waited for without hearing a byte, so that a dead line is found
 * (dead-lines.ts).
 */
import type { Duplex, Readable, Writable } from 'node:stream';
import { context } from '@opentelemetry/api';
import pg from 'pg';
import { isTraced, noteSpan } from '../tracing/spans.ts';
import { ConnectionLostError, noteConnectionFault, noteServerFault } from './faults.ts';

/** Of a statement, in a trace. */
const SHOWN_CHARS = 400;

/** What pg-copy-streams and pg-query-stream hand to `query`, and pg's own Query. */
interface Submittable {
  submit(connection: unknown): unknown;
  handleError(error: unknown, connection: unknown): unknown;
  handleReadyForQuery(connection: unknown): unknown;
}

/** The parts of pg.Client used here; its overloads cannot be wrapped with their types. */
type OpenClient = {
  query(...given: unknown[]): unknown;
  connect(...given: unknown[]): unknown;
  end(...given: unknown[]): unknown;
};

export interface Line {
  readonly client: pg.Client;
  /** of the server's process; null until the login is through */
  readonly pid: number | null;
  /** Whether a statement is under way or queued. */
  isBusy(): boolean;
  /**
   * For how long the server owes an answer and neither side has moved a byte, ms; 0 when it owes nothing. Asked again
   * and again.
   */
  silentMs(): number;
  /** Closes it at once; whoever waits on it gets a ConnectionLostError. */
  cutOff(reason: string): void;
}

const lines = new WeakMap<pg.Client, Line>();

/** The line of a connection that `openLine` made. */
export function lineOf(client: pg.Client): Line | null {
  return lines.get(client) ?? null;
}

/** A client, not yet connected, whose failures and silences are known. `onOver` is told once when it has ended. */
export function openLine(config: pg.ClientConfig, onOver: (line: Line) => void = () => undefined): Line {
  const client = new pg.Client(config);
  const pending = new Map<unknown, Submittable | null>();
  const last = { moved: '', at: performance.now() };
  let isOver = false;
  const socket = () => client.connection.stream as Duplex & { bytesRead?: number; bytesWritten?: number };
  const over = () => {
    if (isOver) return;
    isOver = true;
    onOver(line);
  };
  // first of all listeners: when a statement is told of the failure, the line is known to have failed
  client.connection.prependListener('error', over);
  client.connection.prependListener('end', over);
  // the server's last word (terminated, shut down, idle in a transaction) while no statement runs: it still is
  // connected, and takes no more
  client.prependListener('error', over);
  const tell = (error: unknown): unknown =>
    isOver && !(error instanceof pg.DatabaseError) ? noteConnectionFault(error) : noteServerFault(error);

  function begin(key: unknown, submittable: Submittable | null): () => void {
    if (pending.size === 0) last.at = performance.now();
    pending.set(key, submittable);
    return () => void pending.delete(key);
  }

  const line: Line = {
    client,
    get pid() {
      return (client as pg.Client & { processID: number | null }).processID;
    },
    isBusy: () => pending.size > 0,
    silentMs() {
      const { bytesRead = 0, bytesWritten = 0, writableLength } = socket();
      const moved = `${bytesRead}/${bytesWritten - writableLength}`;
      if (
        moved !== last.moved ||
        pending.size === 0 ||
        !isOwed(pending.values().next().value ?? null, writableLength)
      ) {
        Object.assign(last, { moved, at: performance.now() });
        return 0;
      }
      return performance.now() - last.at;
    },
    cutOff(reason) {
      over();
      socket().destroy(new ConnectionLostError(reason));
    },
  };
  wrap(client as unknown as OpenClient, { begin, tell, over });
  lines.set(client, line);
  return line;
}

/**
 * Whether the server has to say something. A COPY that waits for its source, or a stream whose reader is slow, is owed
 * nothing.
 */
function isOwed(submittable: Submittable | null, unsentBytes: number): boolean {
  if (submittable === null || unsentBytes > 0) return true;
  const stream = submittable as Submittable & Partial<Readable & Writable>;
  if (typeof stream.writableEnded === 'boolean') return stream.writableEnded || (stream.writableLength ?? 0) > 0;
  if (typeof stream.readableLength === 'number') return stream.readableLength < (stream.readableHighWaterMark ?? 1);
  return true;
}

interface Watching {
  begin(key: unknown, submittable: Submittable | null): () => void;
  tell(error: unknown): unknown;
  over(): void;
}

const untold = (): void => undefined;

/** A statement of work that is traced, with its text and none of its values. */
function tellStatement(statement: unknown): () => void {
  if (!isTraced()) return untold;
  const text = typeof statement === 'string' ? statement : ((statement as { text?: string }).text ?? '');
  const startTime = Date.now();
  const work = context.active();
  return () => {
    const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, SHOWN_CHARS) };
    noteSpan(
      /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'statement',
      { startTime, endTime: Date.now(), attributes },
      work,
    );
  };
}

function wrap(client: OpenClient, { begin, tell, over }: Watching): void {
  const original = {
    query: client.query.bind(client),
    connect: client.connect.bind(client),
    end: client.end.bind(client),
  };

  client.query = (...given) => {
    const [first] = given;
    if (isSubmittable(first)) {
      watchSubmittable(first);
      return original.query(...given);
    }
    const callback = given.at(-1);
    const told = tellStatement(first);
    if (typeof callback === 'function') {
      const hasAnswered = begin(callback, null);
      const done = () => {
        hasAnswered();
        told();
      };
      return original.query(...given.slice(0, -1), (error: unknown, result: unknown) => {
        done();
        (callback as (error: unknown, result: unknown) => void)(
          error === null || error === undefined ? error : tell(error),
          result,
        );
      });
    }
    const hasAnswered = begin({}, null);
    const done = () => {
      hasAnswered();
      told();
    };
    return (original.query(...given) as Promise<unknown>).then(
      (result) => {
        done();
        return result;
      },
      (error: unknown) => {
        done();
        throw tell(error);
      },
    );
  };

  function watchSubmittable(submittable: Submittable): void {
    const done = begin(submittable, submittable);
    const { handleError, handleReadyForQuery } = submittable;
    submittable.handleError = (error, connection) => {
      done();
      return handleError.call(submittable, tell(error), connection);
    };
    submittable.handleReadyForQuery = (connection) => {
      done();
      return handleReadyForQuery.call(submittable, connection);
    };
  }

  // whatever keeps a login from being made is a fault of the way to the database
  client.connect = (...given) => {
    const [callback] = given;
    if (typeof callback !== 'function') {
      return (original.connect() as Promise<unknown>).catch((error: unknown) => {
        throw noteConnectionFault(error);
      });
    }
    return original.connect((error: unknown, ...rest: unknown[]) => {
      (callback as (...args: unknown[]) => void)(
        error === null || error === undefined ? error : noteConnectionFault(error),
        ...rest,
      );
    });
  };

  client.end = (...given) => {
    over();
    return original.end(...given);
  };
}

function isSubmittable(given: unknown): given is Submittable {
  return typeof (given as Partial<Submittable> | null)?.submit === 'function';
}
