/** What an administrator sees of the running system; each answer is that of the api process that was asked. */
export type Severity = 'ok' | 'info' | 'warn' | 'error' | 'crash' | 'skipped';

export interface Finding {
  code: string;
  area: string;
  severity: Severity;
  title: string;
  evidence: string;
  cause: string;
  effect: string;
  fix: { text: string; commands: string[] };
  ms: number;
}

export interface DoctorReport {
  version: string;
  startedAt: string;
  exitCode: number;
  findings: Finding[];
}

export interface QueueState {
  mode: 'queue' | 'in-process';
  redis: { status: 'up' | 'down'; reason: string | null; since: string; openedCount: number };
  waiting: number;
  processing: number;
  oldestWaitingS: number;
  workers: number;
  inProcess: { active: number; waiting: number };
}

export interface CacheState {
  connectedToRedis: boolean;
  hitRatePercent: number;
  totalOperations: number;
  stats: { hits: number; misses: number; errors: number };
  memoryCacheSize: number;
  redisInfo: { usedMemoryBytes: number; keys: number } | null;
}

export interface BlacklistState {
  backend: 'redis' | 'postgres' | 'none';
  degraded: boolean;
  size: number;
  checks: number;
  hits: number;
  latencyMs: { p50: number; p95: number; max: number };
}

export type HealthState = 'healthy' | 'degraded' | 'critical' | 'offline';

export interface MonitorState {
  intervalMs: number;
  targets: {
    target: string;
    state: HealthState;
    since: string | null;
    uptimePercent: number;
    samples: { at: string; state: HealthState; ms: number | null }[];
  }[];
}
