/** How long is kept what would grow for ever (docs/scale.md); source rows, orders and history are no part of it. */
import { z } from 'zod';

export interface RetentionConfig {
  /** bytes and rejected rows of files that took no effect: failed, cancelled, undone; of a duplicate its copy */
  unusedFilesDays: number;
  /** what the services note of their own work: runs of schedules, notices, exports, dry runs of an undo */
  tracesDays: number;
  /** null = the audit log is kept for ever */
  auditDays: number | null;
}

const days = (min: number) => z.coerce.number().int().min(min).max(36_500);

/** Variables of the environment. */
export const retentionShape = {
  UNUSED_FILES_KEEP_DAYS: days(1).default(90),
  TRACES_KEEP_DAYS: days(7).default(30),
  AUDIT_KEEP_DAYS: days(90).optional(),
};

export function retentionConfig(value: {
  UNUSED_FILES_KEEP_DAYS: number;
  TRACES_KEEP_DAYS: number;
  AUDIT_KEEP_DAYS?: number | undefined;
}): RetentionConfig {
  return {
    unusedFilesDays: value.UNUSED_FILES_KEEP_DAYS,
    tracesDays: value.TRACES_KEEP_DAYS,
    auditDays: value.AUDIT_KEEP_DAYS ?? null,
  };
}
