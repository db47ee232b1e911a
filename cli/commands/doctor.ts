import { answerOf } from '../../client/client.ts';
import { showReport } from '../../shared/doctor/show.ts';
import { type Command, EXIT } from '../command.ts';

/** `doctor`: the server's own, from where the server stands. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  options: {},
  async run(run) {
    const report = await answerOf(run.client().POST('/api/v1/system/diagnostics'));
    if (run.json) run.print(report);
    else run.say(showReport(report, { lang: run.lang, colour: run.io.stderr.isTTY === true }));
    return report.exitCode === 0 ? EXIT.done : EXIT.failed;
  },
};
