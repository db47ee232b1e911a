/**
 * winston as JSON lines in production and readable text in development. Every line carries the ids of its work
 * (shared/context.ts); payloads and secrets never go in, and `redact` takes out what slips through.
 */
import winston from 'winston';
import { currentContext } from './context.ts';
import { redact } from './redact.ts';

export type Logger = winston.Logger;

export interface LoggerOptions {
  level: 'error' | 'warn' | 'info' | 'debug';
  format: 'json' | 'text';
  service: string;
  /** tests pass a stream of their own */
  stream?: NodeJS.WritableStream;
}

const addContext = winston.format((info) => Object.assign(info, currentContext()));

const plainErrors = winston.format((info) => {
  for (const [key, value] of Object.entries(info)) {
    if (value instanceof Error) info[key] = describeError(value);
  }
  return info;
});

const redactAll = winston.format((info) => redact(info) as winston.Logform.TransformableInfo);

/** name, message, code, stack and causes of an error as plain data. */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const described: Record<string, unknown> = { name: error.name, message: error.message };
  const code = (error as Error & { code?: unknown }).code;
  if (code !== undefined) described['code'] = code;
  if (depth === 0 && error.stack !== undefined) described['stack'] = error.stack;
  if (error.cause !== undefined && depth < 3) described['cause'] = describeError(error.cause, depth + 1);
  return described;
}

export function createLogger(options: LoggerOptions): Logger {
  const { combine, timestamp, json, printf } = winston.format;
  const readable = printf(({ level, message, timestamp: at, service, ...rest }) => {
    const fields = Object.entries(rest).map(
      ([key, value]) => `${key}=${oneLine(typeof value === 'string' ? value : JSON.stringify(value))}`,
    );
    return `${String(at)} ${level} [${String(service)}] ${oneLine(String(message))} ${fields.join(' ')}`.trimEnd();
  });
  return winston.createLogger({
    level: options.level,
    defaultMeta: { service: options.service },
    format: combine(
      addContext(),
      plainErrors(),
      redactAll(),
      timestamp(),
      options.format === 'json' ? renameMessage() : readable,
      ...(options.format === 'json' ? [json()] : []),
    ),
    transports: [
      options.stream === undefined
        ? new winston.transports.Console({ stderrLevels: [] })
        : new winston.transports.Stream({ stream: options.stream }),
    ],
    exitOnError: false,
  });
}

/** Text of somebody else makes no line of its own, and says nothing to the terminal it is read on. */
const oneLine = (text: string | undefined): string =>
  (text ?? '').replaceAll(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** `msg` is the field's usual name; winston insists on `message` inside. */
const renameMessage = winston.format((info) => {
  const { message, ...rest } = info;
  return Object.assign(rest, { msg: message }) as unknown as winston.Logform.TransformableInfo;
});

/** A logger that says nothing, for tools and tests. */
export function createSilentLogger(): Logger {
  return winston.createLogger({ silent: true, transports: [new winston.transports.Console()] });
}
