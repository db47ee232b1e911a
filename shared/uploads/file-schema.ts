/** What file-view.ts makes, as schemas: File and Session of api.md section 4. */
import { DOORS } from './doors.ts';
import { z } from 'zod';
import { count, instant, worded, wordedWithHint } from '../answer-parts.ts';
import { SOURCE_NAMES } from '../ingest/sources/index.ts';
import { previewSchema } from './preview-view.ts';
import { FILE_PHASES, FILE_STATUSES, SESSION_STATUSES } from '../ingest/session-state.ts';

const source = z.enum(SOURCE_NAMES);
const mode = z.enum(['queue', 'in-process']).nullable().describe('where it ran; null: nowhere yet');
const progress = z.number().min(0).max(1).describe('1 only after the commit');

const rowTotals = z
  .object({ read: count, new: count, updated: count, unchanged: count, rejected: count, skipped: count })
  .meta({ id: 'RowTotals' });

export const fileSchema = z
  .object({
    id: z.uuid(),
    sessionId: z.uuid(),
    parentId: z.uuid().nullable().describe('the archive or workbook that it came out of'),
    memberPath: z.string().nullable(),
    name: z.string(),
    sizeBytes: count,
    sha256: z.string(),
    format: z.string().nullable(),
    source: source.nullable().describe('null: not recognised'),
    sourceConfidence: z.number().nullable(),
    status: z.enum(FILE_STATUSES),
    phase: z.enum(FILE_PHASES),
    mode,
    run: count,
    progress,
    rows: rowTotals.extend({ filled: count.describe('fields'), changed: count.describe('fields') }),
    periodFrom: instant.nullable(),
    periodTo: instant.nullable(),
    duplicateOf: z.uuid().nullable(),
    error: wordedWithHint.nullable(),
    warnings: z.array(wordedWithHint),
    createdAt: instant,
    createdBy: z.string(),
    createdByName: z.string().nullable(),
    door: z.enum(DOORS).describe('by which way it came in'),
    ordersChanged: count,
    openErrors: count,
    corrects: z.uuid().nullable().describe('the file whose rejected rows it mends'),
    correctsName: z.string().nullable(),
    correctedBy: z.uuid().nullable(),
    correctedByName: z.string().nullable(),
    retry: z
      .object({
        attempts: z.number().int(),
        nextAttemptAt: z.string().nullable().describe('null while the attempt runs'),
        reason: z.enum(['database', 'storage', 'internal']).nullable(),
      })
      .nullable()
      .describe('being tried again: something around the file stopped it'),
    undoneAt: instant.nullable(),
    undoneBy: z.string().nullable(),
    undoneByName: z.string().nullable(),
    undoReason: z.string().nullable(),
    preview: previewSchema.nullable().describe('what it was seen to do before it took effect; null: nobody looked'),
  })
  .meta({ id: 'File' });

const recognitionSchema = z.object({
  strength: z.number().nullable(),
  runnerUp: z.object({ source, strength: z.number() }).nullable(),
  missing: z.array(z.string()),
  unknown: z.array(z.string()),
  headerRow: z.number().int().nullable(),
  sheet: z.string().nullable(),
  delimiter: z.string().nullable(),
  encoding: z.string().nullable(),
  columns: z.array(
    z.object({
      header: z.string(),
      field: z.string().nullable(),
      style: z.string().nullable(),
      evidence: z.string().nullable(),
    }),
  ),
  question: wordedWithHint.extend({ candidates: z.array(source) }).nullable(),
  suggestions: z
    .record(z.string(), z.record(z.string(), z.string()))
    .describe('of a question: what unknown columns may be, by source and header'),
  drift: z
    .object({ signature: z.string(), source: z.string(), added: z.array(z.string()), removed: z.array(z.string()) })
    .nullable()
    .describe('how the headers differ from those of a remembered mapping'),
  preview: z.array(z.array(z.string().nullable())),
});

export const fileDetailSchema = fileSchema
  .extend({ recognition: recognitionSchema.nullable() })
  .meta({ id: 'FileDetail' });

export const sessionSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(SESSION_STATUSES),
    mode,
    createdAt: instant,
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    createdBy: z.string(),
    createdByName: z.string().nullable(),
    door: z.enum(DOORS).describe('by which way it came in'),
    totalFiles: count,
    processedFiles: count,
    totals: rowTotals,
    progress,
    files: z.array(fileSchema),
  })
  .meta({ id: 'Session' });

export const rowErrorSchema = worded
  .extend({
    row: count,
    sheet: z.string().nullable(),
    column: z.string().nullable(),
    field: z.string().nullable(),
    value: z.string().nullable(),
    severity: z.enum(['error', 'warning']).describe('warning: the row was loaded without this value'),
  })
  .meta({ id: 'RowError' });

export const errorGroupSchema = z
  .object({
    code: z.string(),
    column: z.string().nullable(),
    field: z.string().nullable(),
    severity: z.enum(['error', 'warning']),
    count,
    open: count.describe('not mended since'),
    message: z.string(),
    hint: z.string().nullable(),
    samples: z.array(rowErrorSchema.pick({ row: true, sheet: true, value: true })),
  })
  .meta({ id: 'ErrorGroup' });

export type FileView = z.output<typeof fileSchema>;
export type Recognition = z.output<typeof recognitionSchema>;
export type FileDetailView = z.output<typeof fileDetailSchema>;
export type SessionView = z.output<typeof sessionSchema>;
export type RowErrorView = z.output<typeof rowErrorSchema>;
export type ErrorGroupView = z.output<typeof errorGroupSchema>;
export type CodedView = z.output<typeof wordedWithHint>;
