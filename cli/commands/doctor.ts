import { answerOf } from '../../client/client.ts';
import { showReport } from '../../shared/doctor/show.ts';
import { type Command, EXIT } from '../command.ts';

/** `doctor`: the server's own, from where the server stands. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: {
    ru: 'проверка сервера: что сломано и как починить',
    en: 'what is broken at the server, and what mends it',
    uz: 'serverni tekshirish: nima buzilgan va qanday tuzatiladi',
  },
  options: {},
  async run(run) {
    const report = await answerOf(run.client().POST('/api/v1/system/diagnostics'));
    if (run.json) run.print(report);
    else run.say(showReport(report, { lang: run.lang, colour: run.io.stderr.isTTY === true }));
    return report.exitCode === 0 ? EXIT.done : EXIT.failed;
  },
};
