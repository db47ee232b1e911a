import type { Messages } from '../ru/index.ts';
import { auditTexts } from './audit.ts';
import { faultsTexts } from './faults.ts';
import { filesTexts } from './files.ts';
import { helpTexts } from './help.ts';
import { homeTexts } from './home.ts';
import { ordersTexts } from './orders.ts';
import { peopleTexts } from './people.ts';
import { previewTexts } from './preview.ts';
import { revenueTexts } from './revenue.ts';
import { shellTexts } from './shell.ts';
import { sourcesTexts } from './sources.ts';
import { statusesTexts } from './statuses.ts';
import { systemTexts } from './system.ts';
import { undoTexts } from './undo.ts';

/** Uzbek in Latin script. A noun after a number keeps its one form, so no plural forms are given. */
export const uz: Messages = {
  ...shellTexts,
  ...peopleTexts,
  ...auditTexts,
  ...filesTexts,
  ...sourcesTexts,
  ...ordersTexts,
  ...statusesTexts,
  ...helpTexts,
  ...homeTexts,
  ...revenueTexts,
  ...systemTexts,
  ...faultsTexts,
  ...undoTexts,
  ...previewTexts,
};
