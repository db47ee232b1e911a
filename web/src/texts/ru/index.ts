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

/** Russian, the page's first language and the shape of the other two. Plural forms: one | few | many. */
export const ru = {
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

type Texts<T> = { [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
/** The shape every language must have. */
export type Messages = Texts<typeof ru>;
