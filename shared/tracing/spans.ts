/**
 * One trace for each piece of work, over api, queue, worker, reader child and PostgreSQL. The trace's id is the work's
 * own, without its dashes: nothing has to be handed on, and the trace of a file is found by the id that page and log
 * show. Without OTEL_EXPORTER_OTLP_ENDPOINT nothing is registered, and all of this does nothing (open-tracing.ts).
 */
import {
  context,
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanStatusCode,
  type TimeInput,
  trace,
  TraceFlags,
} from '@opentelemetry/api';

export type { Span } from '@opentelemetry/api';

export interface SpanIds {
  traceId: string;
  spanId: string;
}

interface Spell {
  startTime: TimeInput;
  endTime: TimeInput;
  attributes?: Attributes;
}

const tracer = () => trace.getTracer('vhm24r');

/** The ids of the root span that is being made in this very turn; the SDK asks for them (open-tracing.ts). */
let named: SpanIds | null = null;
export const namedRoot = (): SpanIds | null => named;

/** @param id a UUID, as all work has */
function rootOf(id: string): SpanIds {
  const traceId = id.replaceAll('-', '');
  return { traceId, spanId: traceId.slice(16) };
}

/** Where spans of the work belong that are made somewhere else than its root. */
export function contextOf(id: string): Context {
  return trace.setSpanContext(ROOT_CONTEXT, { ...rootOf(id), traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

/** The first span of a piece of work: the moment in which it was accepted. */
export function noteRoot(name: string, id: string, { startTime, endTime, attributes }: Spell): void {
  named = rootOf(id);
  const root = tracer().startSpan(name, { root: true, startTime, ...(attributes && { attributes }) });
  named = null;
  root.end(endTime);
}

/** A span that is over already. @param parent the current one without it */
export function noteSpan(name: string, { startTime, endTime, attributes }: Spell, parent?: Context): void {
  tracer()
    .startSpan(name, { startTime, ...(attributes && { attributes }) }, parent)
    .end(endTime);
}

/** Its name or code alone: what an error says may hold a cell of a report. */
export function noteFault(span: Span, error: unknown): void {
  const { code, name } = (error ?? {}) as { code?: string; name?: string };
  span.setStatus({ code: SpanStatusCode.ERROR, message: code ?? name ?? 'error' });
}

/** Runs work within a span of its own; an error of it is the span's. */
export async function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      noteFault(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** Whether what happens now belongs to a trace that somebody collects. */
export function isTraced(): boolean {
  return trace.getActiveSpan()?.isRecording() === true;
}
