/** The table of commands: a further one is a file beside this and a line here. */
import type { Command } from '../command.ts';
import { doctor } from './doctor.ts';
import { exportTo } from './export.ts';
import { login } from './login.ts';
import { missing } from './missing.ts';
import { order } from './order.ts';
import { orders } from './orders.ts';
import { status } from './status.ts';
import { templates } from './templates.ts';
import { undo } from './undo.ts';
import { upload } from './upload.ts';
import { watch } from './watch.ts';

export const commands: readonly Command[] = [
  upload,
  status,
  orders,
  order,
  missing,
  exportTo,
  undo,
  watch,
  templates,
  doctor,
  login,
];
