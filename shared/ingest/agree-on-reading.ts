/**
 * How a file is read, agreed upon with its reader child: the operator's word, what was remembered for such headers, the
 * file that it corrects. Each of them may want another look at the file, by the same child.
 */
import type { MappingOverrides, Recognition } from './child/protocol.ts';
import type { LoadPlan, LoadProbe, LookAgain } from './child/run-reader.ts';
import type { ClaimedFile } from './claimed-file.ts';
import { type CorrectedFile, type Correction, findCorrectedFile, NOT_OURS } from './correction.ts';
import { findDrift, findMapping, hasMapping } from './header-mappings.ts';
import { type FilePlan, planFile } from './plan.ts';
import type { ProcessDeps } from './process-deps.ts';
import type { SourceName } from './sources/source.ts';

export interface Agreed {
  probe: LoadProbe;
  plan: FilePlan;
  /** what the reading goes by */
  overrides: MappingOverrides;
  correction: Correction | null;
}

export interface Agreement {
  /** Answers the child's look at the file. */
  onProbe(probe: LoadProbe): Promise<LoadPlan | LookAgain | 'stop'>;
  /** What was agreed in the end. */
  result(): Agreed;
}

type AgreeDeps = Pick<ProcessDeps, 'db' | 'cache' | 'errorCeiling'>;

export function agreeOnReading(deps: AgreeDeps, file: Pick<ClaimedFile, 'id' | 'overrides'>): Agreement {
  let overrides: MappingOverrides = { ...file.overrides };
  let corrected: CorrectedFile | null = null;
  let correction: Correction | null = null;
  let isRemembered = false;
  let agreed: { probe: LoadProbe; plan: FilePlan } | null = null;

  /** An error workbook that came back is read as the file it belongs to was. */
  async function asCorrected(probe: LoadProbe): Promise<LookAgain | null> {
    const named = probe.tables.find((table) => table.corrects !== null)?.corrects ?? null;
    if (corrected !== null || named === null) return null;
    corrected = (await findCorrectedFile(deps.db, named, file.id)) ?? NOT_OURS;
    if (corrected !== NOT_OURS) correction = { fileId: corrected.fileId, rows: [] };
    overrides = { ...corrected.overrides, ...overrides };
    return { lookAgain: overrides };
  }

  /** As the operator chose for the same header set before; or a question, where the headers are nearly those. */
  async function asRemembered(plan: FilePlan): Promise<LookAgain | FilePlan> {
    if (isRemembered || (plan.kind !== 'load' && plan.kind !== 'ask') || plan.recognition === null) return plan;
    const { recognition } = plan;
    if (plan.kind === 'load' && !(await hasWordAbout(deps, overrides, recognition))) return plan;
    const remembered = await findMapping(deps.db, recognition.signature);
    if (remembered === null) return heldForDrift(deps, plan, recognition);
    isRemembered = true;
    overrides = { ...remembered, ...overrides };
    return { lookAgain: overrides };
  }

  return {
    async onProbe(probe) {
      const again = await asCorrected(probe);
      if (again !== null) return again;
      const plan = await asRemembered(planFile(probe));
      if ('lookAgain' in plan) return plan;
      agreed = { probe, plan };
      if (plan.kind !== 'load') return 'stop';
      const errorCeiling = deps.errorCeiling[plan.source];
      return {
        source: plan.source,
        sheets: plan.sheets,
        ...(errorCeiling === undefined ? {} : { errorCeiling }),
        ...(correction === null ? {} : { corrects: correction.fileId }),
      };
    },
    result() {
      if (agreed === null) throw new Error('the reader child ended without a probe');
      return { ...agreed, overrides, correction };
    },
  };
}

/** Whether an operator's word about the columns of a file that is recognised without it is remembered. */
async function hasWordAbout(deps: AgreeDeps, overrides: MappingOverrides, recognition: Recognition): Promise<boolean> {
  if (overrides.columns !== undefined || overrides.source !== undefined) return false;
  if (await hasMapping(deps.db, recognition.signature)) return true;
  return (await findDrift(deps, recognition.columns, true)) !== null;
}

/** A remembered mapping whose columns changed since: the operator is asked, and told what changed. */
async function heldForDrift(deps: AgreeDeps, plan: FilePlan, recognition: Recognition): Promise<FilePlan> {
  const found = await findDrift(deps, recognition.columns, plan.kind === 'load');
  if (found === null) return plan;
  const { drift } = found;
  const none = '—';
  const question = {
    code: 'mapping_drift',
    params: { source: drift.source, added: drift.added.join(', ') || none, removed: drift.removed.join(', ') || none },
    candidates: [drift.source as SourceName],
  };
  return { kind: 'ask', recognition: { ...recognition, question, drift } };
}
