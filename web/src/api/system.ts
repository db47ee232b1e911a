import type { Shape } from '../../../client/shapes.ts';

/** What an administrator sees of the running system; each answer is that of the api process that was asked. */
export type Finding = Shape<'Finding'>;
export type Severity = Finding['severity'];
export type MonitorState = Shape<'MonitorState'>;
export type HealthState = MonitorState['targets'][number]['state'];
