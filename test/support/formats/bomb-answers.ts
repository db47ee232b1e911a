/** What becomes of a hostile file: the code it ends with, or that it loads, asks, or comes apart. */
export const LOADED = /^loaded$/;
export const ASKED = /^asked$/;
export const UNPACKED = /^unpacked$/;
export const BAD = /^bad_file$/;
export const ENCRYPTED = /^encrypted$/;
export const EMPTY = /^empty_file$/;
export const FOREIGN = /^unsupported_format$/;
export const LIMIT = /^archive_limit$/;
/** What a library makes of it may change with its version, as long as it says so in time and within its memory. */
export const BAD_OR_STOPPED = /^(bad_file|parser_memory|parser_timeout)$/;
export const BAD_OR_ASKED = /^(bad_file|asked)$/;

type Bytes = Uint8Array | string;
export type Made = [name: string, content: Bytes, answer: RegExp][];

export const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));
