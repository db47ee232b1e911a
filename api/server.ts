/** Entry of the api service. */
import { runService } from '../shared/run-service.ts';
import { startApi } from './start-api.ts';

await runService('api', startApi);
