/** GET /coverage/missing as a schema: what missing-days.ts finds. */
import { z } from 'zod';
import { instant } from '../answer-parts.ts';
import { SOURCE_NAMES } from '../ingest/sources/index.ts';

const day = z.iso.date();

export const missingItemSchema = z
  .object({
    source: z.enum(SOURCE_NAMES),
    from: z.union([day, instant]).describe('a day; an instant where less than a whole day is missing'),
    to: z.union([day, instant]).describe('the last missing day; an instant, itself not missing, where `from` is one'),
    days: z.number().int().positive().describe('how many days the export has to span'),
    expectedBy: day.describe('by the end of this day its first day should have been there'),
    lastSeen: instant.describe('when a report of the source was last loaded'),
  })
  .meta({ id: 'MissingDays' });

export const missingSchema = z.object({ items: z.array(missingItemSchema) }).meta({ id: 'Missing' });

export type MissingItem = z.output<typeof missingItemSchema>;
