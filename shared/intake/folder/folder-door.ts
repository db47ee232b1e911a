/**
 * The watched folder (docs/intake.md): what stands still in it is uploaded, and put away when its session has ended.
 */
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Db } from '../../db/client.ts';
import { AppError } from '../../errors.ts';
import type { Logger } from '../../logger.ts';
import { filesOfSessions, type FileRow } from '../../uploads/files-repository.ts';
import type { Uploads } from '../../uploads/uploads.ts';
import { createDoor, type Door, type DoorFinding } from '../door.ts';
import { findIntakePerson, type IntakePerson } from '../intake-person.ts';
import { fileFault, isMissing, makeFolders, pathFault } from './file-faults.ts';
import { claimFiles, endedRows, openRows, type EndedRow, type FolderRow } from './folder-rows.ts';
import { putAway } from './put-away.ts';
import { resultsOf } from './result.ts';
import { takeBatch } from './take-batch.ts';
import { createStillness, isSameFile, lookInto, PUT_AWAY, type WatchedFile } from './watched-files.ts';

const PAUSE_MS = 1_000;
const STILL_MS = 3_000;
/** A file that could not be read or moved is not asked for every second. */
const TROUBLED_PAUSE_MS = 5_000;

export interface FolderDoorDeps {
  db: Db;
  uploads: Uploads;
  logger: Logger;
  folder: string;
  /** email */
  user: string;
  publicUrl: string | null;
}

export function createFolderDoor(deps: FolderDoorDeps): Door {
  const { db, uploads, folder, logger } = deps;
  const stillness = createStillness(STILL_MS);
  const troubled = createTroubled();

  async function round(signal: AbortSignal): Promise<DoorFinding[]> {
    const blocked = await faultOfFolder(folder);
    if (blocked !== null) return [blocked];
    const { files, findings } = await lookInto(folder);
    const person = await findIntakePerson(db, deps.user);
    if ('fault' in person) findings.push({ code: person.fault, subject: deps.user });
    else await takeAll(person, stillness.stillFiles(files), signal);
    await putAwayAll(signal);
    return [...findings, ...troubled.findings(new Set(files.map(({ name }) => name)))];
  }

  async function takeAll(person: IntakePerson, still: readonly WatchedFile[], signal: AbortSignal): Promise<void> {
    const open = await openRows(db);
    const begun = new Map<string, FolderRow[]>();
    for (const row of open) if (row.state === 'claimed') begun.set(row.batch, [...(begun.get(row.batch) ?? []), row]);
    const known = new Set(open.map(({ place }) => place));
    const fresh = still.filter((file) => !known.has(file.name) && !troubled.isResting(file));
    try {
      for (const [batch, rows] of begun) await take(batch, rows);
      for (let from = 0; from < fresh.length; from += uploads.limits.maxFiles) {
        const batch = randomUUID();
        const rows = await claimFiles(db, batch, fresh.slice(from, from + uploads.limits.maxFiles));
        if (rows.length > 0) await take(batch, rows);
      }
    } catch (error) {
      // its turn comes again; what is claimed waits, and what has ended is put away meanwhile
      if (!(error instanceof AppError && error.code === 'rate_limited')) throw error;
      logger.info('the folder waits for its turn to upload', { event: 'intake_rate_limited' });
    }

    async function take(batch: string, rows: readonly FolderRow[]): Promise<void> {
      signal.throwIfAborted();
      const found = await takeBatch({ db, uploads, folder }, { batch, rows, person, signal });
      for (const finding of found)
        troubled.note(
          finding,
          still.find(({ name }) => name === finding.subject),
        );
    }
  }

  async function putAwayAll(signal: AbortSignal): Promise<void> {
    const rows = (await endedRows(db)).filter(({ name }) => !troubled.isMoving(name));
    const sessions = [...new Set(rows.map((row) => row.session_id).filter((id) => id !== null))];
    const files = await filesOfSessions(db, sessions);
    for (const row of rows) {
      signal.throwIfAborted();
      try {
        await putAway(db, folder, row, resultsOf(row, filesOf(row, files), deps.publicUrl));
      } catch (error) {
        const fault = pathFault(error, row.name);
        if (fault === null) throw error;
        troubled.note(fault, null);
      }
    }
  }

  return createDoor({ door: 'folder', db, logger, pauseMs: PAUSE_MS, round });
}

/** The uploaded file and everything that came out of it. */
function filesOf(row: EndedRow, files: readonly FileRow[]): FileRow[] {
  const ids = new Set([row.file_id]);
  return files.filter((file) => {
    const isIts = ids.has(file.id) || (file.parent_id !== null && ids.has(file.parent_id));
    if (isIts) ids.add(file.id);
    return isIts;
  });
}

async function faultOfFolder(folder: string): Promise<DoorFinding | null> {
  let subject = 'INTAKE_DIR';
  try {
    if (!(await stat(folder)).isDirectory()) return { code: 'not_a_folder', subject };
    for (const name of PUT_AWAY) {
      subject = name;
      await makeFolders(folder, [name]);
    }
    return null;
  } catch (error) {
    if (isMissing(error)) return { code: 'folder_missing', subject: 'INTAKE_DIR' };
    const fault = fileFault(error, subject);
    if (fault === null) throw error;
    // what is there can still be taken; it is moved when there is room
    return fault.code === 'no_room' ? null : fault;
  }
}

/** Files that could not be read or moved a moment ago, and why. */
function createTroubled() {
  const reading = new Map<string, { file: WatchedFile; finding: DoorFinding; at: number }>();
  const moving = new Map<string, { finding: DoorFinding; at: number }>();
  const isFresh = (at: number) => performance.now() - at < TROUBLED_PAUSE_MS;
  return {
    note(finding: DoorFinding, file: WatchedFile | null | undefined): void {
      if (file === null || file === undefined) moving.set(finding.subject, { finding, at: performance.now() });
      else reading.set(file.name, { file, finding, at: performance.now() });
    },
    isResting(file: WatchedFile): boolean {
      const last = reading.get(file.name);
      return last !== undefined && isSameFile(last.file, file) && isFresh(last.at);
    },
    isMoving(name: string): boolean {
      const last = moving.get(name);
      return last !== undefined && isFresh(last.at);
    },
    /** Of files that are still there; one that went well since is forgotten after its pause. */
    findings(names: ReadonlySet<string>): DoorFinding[] {
      for (const map of [reading, moving])
        for (const [name, { at }] of map)
          if (!names.has(name) || performance.now() - at > 2 * TROUBLED_PAUSE_MS) map.delete(name);
      return [...reading.values(), ...moving.values()].map(({ finding }) => finding);
    },
  };
}
