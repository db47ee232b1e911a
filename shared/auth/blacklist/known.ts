/** What this process itself knows to be revoked. Knowing is for good: nothing here can make a token good again. */
import { CLOCK_MARGIN_S, type Changes } from './revocations.ts';

const VERSION_KEPT_MS = 2 * 3_600_000;

export interface KnownRevocations {
  add(changes: Pick<Changes, 'tokens' | 'versions'>): void;
  isRevoked(jtis: readonly string[], userId: string, version: number): boolean;
  /** Forgets what has ended everywhere. */
  prune(): void;
  size(): { tokens: number; versions: number };
}

export function createKnownRevocations(): KnownRevocations {
  /** value = when to forget, by the monotonic clock */
  const tokens = new Map<string, number>();
  const versions = new Map<string, { version: number; forgetAtMs: number }>();
  return {
    add(changes) {
      const nowMs = performance.now();
      for (const { jti, remainingS } of changes.tokens) tokens.set(jti, nowMs + (remainingS + CLOCK_MARGIN_S) * 1000);
      for (const { userId, version } of changes.versions) {
        const known = versions.get(userId);
        if (known === undefined || version > known.version)
          versions.set(userId, { version, forgetAtMs: nowMs + VERSION_KEPT_MS });
      }
    },
    isRevoked(jtis, userId, version) {
      const known = versions.get(userId);
      return (known !== undefined && version < known.version) || jtis.some((jti) => tokens.has(jti));
    },
    prune() {
      const nowMs = performance.now();
      for (const [jti, forgetAtMs] of tokens) if (forgetAtMs < nowMs) tokens.delete(jti);
      for (const [userId, { forgetAtMs }] of versions) if (forgetAtMs < nowMs) versions.delete(userId);
    },
    size: () => ({ tokens: tokens.size, versions: versions.size }),
  };
}
