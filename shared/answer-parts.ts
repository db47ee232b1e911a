/** Parts that the schemas of several answers are made of (api.md section 4). */
import { z } from 'zod';

export const instant = z.iso.datetime({ offset: true });
/** UZS as decimal text, never a float. */
export const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
export const count = z.number().int().nonnegative();
/** How many, and their sum in UZS. */
export const tally = z.object({ count, sum: amount }).meta({ id: 'CountAndSum' });

export const codeParams = z.record(z.string(), z.union([z.string(), z.number()]));
/** What is stored is code and parameters; the words follow Accept-Language. */
export const worded = z.object({ code: z.string(), params: codeParams, message: z.string() }).meta({ id: 'CodedText' });
export const wordedWithHint = worded.extend({ hint: z.string().nullable() });

/** A list as the API gives it; null where there is nothing further. */
export const listSchema = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
