/** What processing a file needs, beyond what all work in the background does. */
import type { Cache } from '../cache/cache.ts';
import type { MatchingConfig } from '../config.ts';
import type { ReplicaReads } from '../db/replica-reads.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { SpareReader } from './child/spare-reader.ts';
import type { SpoolFolder } from '../storage/spool-folder.ts';
import type { CommittedInfo, WorkDeps } from '../work/kind.ts';

export interface ProcessDeps extends WorkDeps {
  /** for exports; absent = from the primary */
  replica?: ReplicaReads;
  cache: Cache;
  store: FileStore;
  /** private folders for what must be on disk for a while, e.g. the members of an archive */
  spool: SpoolFolder;
  matching: MatchingConfig;
  /** rejected rows of a source at which its file is stopped early */
  errorCeiling: Readonly<Record<string, number>>;
  /** files at once in this process: of any size, and beside these small ones (file-places.ts) */
  filePlaces: { any: number; small: number };
  /**
   * called after a commit that changed what others may hold in a cache, or that queued further files (members of an
   * archive)
   */
  onCommitted(info: CommittedInfo): void;
  /** has a reader child ready for a small file; absent = each is started for its file */
  spareReader?: SpareReader;
  /** caps of the reader child; absent = its own defaults */
  readerCaps?: Readonly<Record<string, number>>;
}
