/** How the services are looked at from outside: metrics, traces. */
import { z } from 'zod';

export interface ObservingConfig {
  metricsToken: string | null;
  /** base address of an OpenTelemetry collector (OTLP over HTTP); null = no traces */
  tracesUrl: string | null;
}

/** Variables of the environment. */
export const observingShape = {
  METRICS_TOKEN: z.string().min(16, { message: 'has 16 characters or more' }).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, message: 'is an address with http:// or https://' })
    .optional(),
};

export function observingConfig(value: {
  METRICS_TOKEN?: string | undefined;
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
}): ObservingConfig {
  return {
    metricsToken: value.METRICS_TOKEN ?? null,
    tracesUrl: value.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '') ?? null,
  };
}
