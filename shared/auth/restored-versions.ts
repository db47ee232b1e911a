/**
 * Token versions that a restore gives out are its time: seconds since 2020. That is above every version that was ever
 * handed out, also after the backup or after an earlier restore of it (nobody is signed out everywhere once a second),
 * and tells what was signed before the restore, of which the backup does not know whether it was used.
 */

const EPOCH_S = 1_577_836_800;

/** SQL of the version that a person has after a restore. */
export const FRESH_VERSION = `greatest(token_version + 1,
  floor(extract(epoch from clock_timestamp()) - ${EPOCH_S})::int)`;

/** Whether somebody else's clock signed this before the restore that gave this version; false where none did. */
export const isBeforeRestore = (signedAtS: number, version: number): boolean => signedAtS < EPOCH_S + version;
