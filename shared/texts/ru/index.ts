import { commandLine, commands, tableHeads, states, bytes } from './command-line.ts';
import { docsPage } from './docs-page.ts';
import { errors } from './errors.ts';
import { exportErrors, exportRequests } from './export-errors.ts';
import { exportColumns, exportSheets, exportFigures, values } from './export-words.ts';
import { fileErrors } from './file-errors.ts';
import { intakeFindings, intakeResults } from './intake.ts';
import { issues } from './issues.ts';
import { missing } from './missing.ts';
import { notices, noticeWords } from './notices.ts';
import { orderReasons } from './order-reasons.ts';
import { orderStatuses } from './order-statuses.ts';
import { rules, differences, nearMisses } from './order-why.ts';
import { questions } from './questions.ts';
import { reports } from './reports.ts';
import { rowErrors } from './row-errors.ts';
import { telegram } from './telegram.ts';
import { undo } from './undo.ts';
import { units } from './units.ts';
import { warnings } from './warnings.ts';
import { backup, backupFaults, restore } from './backups.ts';
import { demo, demoTable } from './demo.ts';
import {
  auditFaults,
  auditNotChecked,
  auditVerify,
  configuration,
  doctorCommand,
  keys,
  migrate,
  people,
} from './operations.ts';
import { doctor } from './findings/index.ts';
import type { Texts } from '../en/index.ts';

export const ru: Texts = {
  commandLine,
  commands,
  tableHeads,
  states,
  bytes,
  docsPage,
  errors,
  exportErrors,
  exportRequests,
  exportColumns,
  exportSheets,
  exportFigures,
  values,
  fileErrors,
  intakeFindings,
  intakeResults,
  issues,
  missing,
  notices,
  noticeWords,
  orderReasons,
  orderStatuses,
  rules,
  differences,
  nearMisses,
  questions,
  reports,
  rowErrors,
  telegram,
  undo,
  units,
  warnings,
  operations: {
    auditFaults,
    auditNotChecked,
    auditVerify,
    backup,
    backupFaults,
    configuration,
    demo,
    demoTable,
    doctorCommand,
    keys,
    migrate,
    people,
    restore,
  },
  doctor,
};
