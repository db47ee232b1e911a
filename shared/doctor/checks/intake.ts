import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseImapUrl } from '../../config-intake.ts';
import { withDeadline } from '../../lifecycle.ts';
import { isQuiet, type DoorFinding } from '../../intake/door.ts';
import { ImapFault, openImap, openMailbox } from '../../intake/mail/imap-connection.ts';
import { reaches, type Role } from '../../auth/principal.ts';
import { UPLOAD_ROLE } from '../../uploads/uploads.ts';
import type { DoctorCode } from '../codes/entry.ts';
import { intakeCodes } from '../codes/intake.ts';
import type { AreaCheck } from '../context.ts';
import { Trouble, type Ladder } from '../ladder.ts';
import { errorCode } from '../wire.ts';

const MAIL_LIMIT_MS = 6_000;
const SILENT_S = 7 * 86_400;
const NOT_LOOKING_S = 120;
const SHOWN = 5;

interface DoorRow {
  door: 'folder' | 'mail';
  looked_s: number | null;
  taken_s: number | null;
  findings: DoorFinding[];
}

export const intakeCheck: AreaCheck = {
  area: 'intake',
  needs: ['postgres'],
  codes: intakeCodes,
  async run(context, ladder) {
    const of = (name: string) => context.env[name] ?? '';
    const [folder, url] = [of('INTAKE_DIR'), of('INTAKE_IMAP_URL')];
    const fault = context.faults.find(({ variable }) => variable.startsWith('INTAKE_'));
    if (fault !== undefined) ladder.note('intake.setting_invalid', `${fault.variable}: ${fault.message}`);
    else if (folder === '' && url === '')
      ladder.note('intake.not_configured', 'INTAKE_DIR and INTAKE_IMAP_URL are empty');
    if (fault !== undefined || (folder === '' && url === '')) return;
    // folder and mailbox have nothing to do with each other: one that fails does not stop the other
    await Promise.all([
      folder === '' ? null : say(ladder, 'intake.folder', () => lookAtFolder(folder)),
      url === '' ? null : say(ladder, 'intake.mail', () => lookAtMail(url)),
    ]);
    const postgres = await context.postgres;
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('intake.looking', async () => {
      if ('stoppedBy' in postgres) return '';
      const { rows: people } = await postgres.client.query<{ status: string; role: Role }>(
        'select status, role from users where lower(email) = lower($1)',
        [of('INTAKE_USER')],
      );
      const person = people[0];
      if (person === undefined) throw new Trouble('intake.user_unknown', 'INTAKE_USER is in no row of users');
      if (person.status !== 'approved' || !reaches(person.role, UPLOAD_ROLE))
        throw new Trouble('intake.user_not_allowed', `status=${person.status} role=${person.role}`);
      const { rows } = await postgres.client.query<DoorRow>(
        `select door, extract(epoch from clock_timestamp() - looked_at)::float8 as looked_s,
           extract(epoch from clock_timestamp() - last_taken_at)::float8 as taken_s, findings
         from intake_doors where door = any($1) order by door`,
        [[...(folder === '' ? [] : ['folder']), ...(url === '' ? [] : ['mail'])]],
      );
      for (const row of rows) noteDoor(ladder, row);
      const unseen = [folder !== '' && 'folder', url !== '' && 'mail'].filter(
        (door) => door !== false && (rows.find((row) => row.door === door)?.looked_s ?? Infinity) > NOT_LOOKING_S,
      );
      if (unseen.length > 0) ladder.note('intake.not_looking', unseen.join(', '));
      return rows.map((row) => `${row.door}: looked=${ago(row.looked_s)} last_taken=${ago(row.taken_s)}`).join('; ');
    });
  },
};

async function say(ladder: Ladder, code: DoctorCode, work: () => Promise<string>): Promise<void> {
  try {
    ladder.note(code, await work());
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    ladder.note(error.code, error.evidence);
  }
}

function noteDoor(ladder: Ladder, { door, taken_s, findings }: DoorRow): void {
  const show = (list: readonly DoorFinding[]) =>
    `${door}=${list.length} ${list
      .slice(0, SHOWN)
      .map(({ code, subject }) => `${subject}: ${code}`)
      .join('; ')}`;
  const stuck = findings.filter(({ code }) => !isQuiet(code));
  const left = findings.filter(({ code }) => isQuiet(code));
  if (stuck.length > 0) ladder.note('intake.stuck', show(stuck));
  if (left.length > 0) ladder.note('intake.left_alone', show(left));
  if (door === 'mail' && taken_s !== null && taken_s > SILENT_S)
    ladder.note('intake.mail_silent', `last_taken=${ago(taken_s)}`);
}

const ago = (seconds: number | null) => (seconds === null ? 'never' : `${Math.round(seconds)}s ago`);

async function lookAtFolder(folder: string): Promise<string> {
  try {
    const stats = await withDeadline(stat(folder), MAIL_LIMIT_MS, 'the folder');
    if (!stats.isDirectory()) throw new Trouble('intake.not_a_folder', folder);
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble('intake.folder_missing', `${folder}: ${errorCode(error)}`, { cause: error });
  }
  for (const place of [folder, join(folder, 'processed'), join(folder, 'failed')])
    try {
      await access(place, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT')
        throw new Trouble('intake.folder_not_writable', `${place}: ${errorCode(error)}`, { cause: error });
    }
  return `folder=${folder}`;
}

async function lookAtMail(url: string): Promise<string> {
  const account = parseImapUrl(url);
  if (account === null) throw new Trouble('intake.setting_invalid', 'INTAKE_IMAP_URL');
  const where = `host=${account.host} port=${account.port} mailbox=${account.mailbox}`;
  try {
    const client = await openImap(account, MAIL_LIMIT_MS);
    try {
      const { exists } = await withDeadline(openMailbox(client, account.mailbox), MAIL_LIMIT_MS, 'the mailbox');
      return `${where} messages=${exists}`;
    } finally {
      client.close();
    }
  } catch (error) {
    const seen = `${where} ${error instanceof ImapFault ? error.detail : errorCode(error)}`;
    if (error instanceof ImapFault && error.code === 'login_failed')
      throw new Trouble('intake.imap_login', seen, { cause: error });
    if (error instanceof ImapFault && error.code === 'mailbox_missing')
      throw new Trouble('intake.mailbox_missing', seen, { cause: error });
    throw new Trouble('intake.imap_unreachable', seen, { cause: error });
  }
}
