/** Sends spans to a collector, when one is named. Loaded only then: what makes them is there always (spans.ts). */
import type { ObservingConfig } from '../config-observing.ts';
import { namedRoot } from './spans.ts';

/** A collector that does not answer keeps no service from ending. */
const EXPORT_LIMIT_MS = 3_000;
/** What waits to be sent is bounded; beyond it spans are dropped, never held. */
const QUEUE_SPANS = 4_096;

export interface TracingFacts {
  service: 'api' | 'worker';
  version: string;
}

/** @returns how to send what is left and end; null where no collector is named */
export async function openTracing(
  { tracesUrl }: Pick<ObservingConfig, 'tracesUrl'>,
  { service, version }: TracingFacts,
): Promise<(() => Promise<void>) | null> {
  if (tracesUrl === null) return null;
  const [api, sdk, { AsyncLocalStorageContextManager }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const random = new sdk.RandomIdGenerator();
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': `vhm24r-${service}`, 'service.version': version }),
    sampler: new sdk.AlwaysOnSampler(),
    idGenerator: {
      generateTraceId: () => namedRoot()?.traceId ?? random.generateTraceId(),
      generateSpanId: () => namedRoot()?.spanId ?? random.generateSpanId(),
    },
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${tracesUrl}/v1/traces`, timeoutMillis: EXPORT_LIMIT_MS }),
        maxQueueSize: QUEUE_SPANS,
        exportTimeoutMillis: EXPORT_LIMIT_MS,
      }),
    ],
  });
  const contexts = new AsyncLocalStorageContextManager().enable();
  api.context.setGlobalContextManager(contexts);
  api.trace.setGlobalTracerProvider(provider);
  return async () => {
    await provider.shutdown();
    api.trace.disable();
    api.context.disable();
  };
}
