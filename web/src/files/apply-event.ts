import type { ServerEvent } from '../api/event-parser.ts';
import type { FileItem, Session } from '../api/types.ts';

interface FileProgress extends Partial<FileItem> {
  id: string;
}

interface SessionProgress extends Partial<Omit<Session, 'files'>> {
  sessionId: string;
  files?: FileProgress[];
}

function patchFile(files: readonly FileItem[], patch: FileProgress): FileItem[] {
  if (!files.some((file) => file.id === patch.id)) return 'name' in patch ? [...files, patch as FileItem] : [...files];
  return files.map((file) => (file.id === patch.id ? { ...file, ...patch } : file));
}

/**
 * Puts what an event tells into the session: `done` a whole session, `file` a whole file, `progress` what changes
 * often.
 */
export function applyEvent(session: Session, event: Pick<ServerEvent, 'name' | 'data'>): Session {
  if (event.data === null || typeof event.data !== 'object') return session;
  if (event.name === 'done') return event.data as Session;
  if (event.name === 'file') return { ...session, files: patchFile(session.files, event.data as FileProgress) };
  if (event.name !== 'progress') return session;
  const { sessionId: _session, files = [], ...fields } = event.data as SessionProgress;
  return { ...session, ...fields, files: files.reduce<FileItem[]>(patchFile, session.files) };
}
