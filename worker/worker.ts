/** Entry of the worker service. */
import { catchEarlySignals } from '../shared/early-signals.ts';

const early = catchEarlySignals();
const [{ runService }, { startWorker }] = await Promise.all([
  import('../shared/run-service.ts'),
  import('./start-worker.ts'),
]);
await runService('worker', startWorker, early);
