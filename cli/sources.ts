import type { Shape } from '../client/shapes.ts';

export type SourceName = Shape<'Limits'>['sources'][number];

/** A new source does not compile until it stands here. */
const all: Readonly<Record<SourceName, true>> = {
  happy_workers: true,
  vendhub: true,
  fiscal_bills: true,
  payme: true,
  click: true,
  uzum: true,
};

export const SOURCES = Object.keys(all) as readonly SourceName[];
