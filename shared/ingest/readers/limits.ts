import type { ReadLimits } from './reader.ts';

const MIB = 1024 * 1024;

/**
 * Caps that real reports never reach: the largest month known has 26 columns and a workbook inflates about 8 : 1. They
 * end hostile files kindly and early; the memory cap and the deadline of the child process end the rest.
 */
export const DEFAULT_READ_LIMITS: Readonly<ReadLimits> = Object.freeze({
  maxRows: 10_000_000,
  maxColumns: 1_000,
  maxCellChars: 100_000,
  maxInflatedBytes: 2_048 * MIB,
  maxMemberBytes: 100 * MIB,
  maxRatio: 100,
  maxSharedStringBytes: 160 * MIB,
  maxDepth: 64,
  maxMembers: 200,
  maxSheets: 256,
});

/**
 * Below this an archive or workbook may inflate at any ratio: small files of equal rows compress very well and hurt
 * nobody.
 */
export const RATIO_FREE_BYTES = 50 * MIB;
