/** What the doctor may say of folder and mailbox. */
import { problem, rung, type CodeTable } from './entry.ts';

export const intakeCodes = {
  'intake.folder': rung,
  'intake.mail': rung,
  'intake.looking': rung,
  'intake.not_configured': problem('info'),
  'intake.setting_invalid': problem('error'),
  'intake.user_unknown': problem('error'),
  'intake.user_not_allowed': problem('error'),
  'intake.folder_missing': problem('error', ['ls -ld "$INTAKE_DIR"']),
  'intake.not_a_folder': problem('error', ['ls -ld "$INTAKE_DIR"']),
  'intake.folder_not_writable': problem('error', ['ls -ld "$INTAKE_DIR" "$INTAKE_DIR"/*', 'df -h "$INTAKE_DIR"']),
  'intake.imap_unreachable': problem('error'),
  'intake.imap_login': problem('error'),
  'intake.mailbox_missing': problem('error'),
  'intake.not_looking': problem('warn'),
  'intake.stuck': problem('warn'),
  'intake.left_alone': problem('info'),
  'intake.mail_silent': problem('warn'),
} as const satisfies CodeTable;
