/** Entry of the api service. */
import { catchEarlySignals } from '../shared/early-signals.ts';

const early = catchEarlySignals();
const [{ runService }, { startApi }] = await Promise.all([
  import('../shared/run-service.ts'),
  import('./start-api.ts'),
]);
await runService('api', startApi, early);
