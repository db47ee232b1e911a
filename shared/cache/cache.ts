/**
 * What may be computed once and shown many times: the reconciliation summary, analytics, mapping look-ups. Two levels
 * (memory, Redis), one load per key at a time, the old value while its source is away, other processes told what was
 * dropped. Nothing about tokens goes through here.
 *
 * What a key was loaded from must be said by tags; whoever changes that drops the tags after the commit. Values are
 * plain JSON, frozen.
 */
export interface Cache {
  /** @param load rejects with what the caller gets when there is no old value to show */
  getOrLoad<T>(key: string, options: CacheOptions, load: () => Promise<T>): Promise<T>;
  /** Everything under these tags is loaded anew from now on, in every process. Never rejects. */
  dropTags(tags: readonly string[]): Promise<void>;
  /** Drops everything, in every process. False when Redis could not be told: it will be, once it is back. */
  clear(): Promise<boolean>;
  statistics(): Promise<CacheStatistics>;
  close(): Promise<void>;
}

export interface CacheOptions {
  /** Default: one hour (rules.md section 15). */
  ttlMs?: number;
  tags?: readonly string[];
}

/** Default life of an entry (rules.md section 15). */
export const CACHE_TTL_MS = 3_600_000;
/** Changed by every import and every decision. */
export const CACHE_TAG_RECORDS = 'records';
/** Changed by every answer to a question about a file that is remembered. */
export const CACHE_TAG_MAPPINGS = 'mappings';

export const CACHE_PREFIX = 'vhm24r_cache';

/** As rules.md section 15 lists. */
export interface CacheStatistics {
  connectedToRedis: boolean;
  /** of all look-ups, 0 to 100; 0 when there were none */
  hitRatePercent: number;
  totalOperations: number;
  stats: {
    hits: number;
    misses: number;
    errors: number;
    redisOps: number;
    memoryOps: number;
    memoryHits: number;
    redisHits: number;
    /** shown although outdated, because the source was away */
    staleHits: number;
  };
  /** entries in this process's memory */
  memoryCacheSize: number;
  redisInfo: { usedMemoryBytes: number; usedMemoryPeakBytes: number; keys: number } | null;
  health: {
    status: 'healthy' | 'degraded';
    redisAvailable: boolean;
    memoryCacheAvailable: true;
    responseTimeMs: number | null;
  };
}
