import { missingFences } from '../../ingest/child/confinement.ts';
import { detectIsolation } from '../../ingest/child/detect-isolation.ts';
import type { AreaCheck } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble } from '../ladder.ts';
import { problem } from './problem.ts';

const OLDEST_NODE = [20, 19] as const;

export const versionCheck: AreaCheck = {
  area: 'version',
  needs: ['postgres'],
  codes: {
    'version.node': rung('Версия Node подходит', 'The version of Node is good'),
    'version.services': rung('Службы одной версии', 'The services are of one version'),
    'version.node_old': problem('error', {
      title: words('Node слишком старый', 'Node is too old'),
      cause: words('Нужен 20.19 или новее.', '20.19 or newer is needed.'),
      effect: words('Службы могут не запуститься.', 'The services may not start.'),
      fix: words('Поставьте Node 24.', 'Install Node 24.'),
    }),
    'version.api_none_alive': problem('warn', {
      title: words('Ни одного живого api', 'No api is alive'),
      cause: words(
        'Служба api не запущена, упала или смотрит в другую базу.',
        'The api service is not running, crashed, or uses another database.',
      ),
      effect: words(
        'Страница и приём файлов не работают; принятое обрабатывает worker.',
        'Page and uploads are away; the worker goes on with what was taken.',
      ),
      fix: words(
        'Запустите api; проверьте, что DATABASE_URL у него тот же.',
        'Start the api; its DATABASE_URL must be the same.',
      ),
      commands: ['npm run api', 'railway restart --service api', 'railway logs --service api'],
    }),
    'version.reader_unconfined': problem('info', {
      title: words('Чтение файлов ограждено не полностью', 'The reading of files is not fully fenced in'),
      cause: words(
        'Платформа не даёт части ограждений, «видно» называет их: limits и privileges — нет util-linux; network ' +
          'и processes — запрещены пространства имён и нет enosys; sockets — util-linux старше 2.40; files — у ' +
          'Node нет модели разрешений.',
        'The platform lacks some fences, the evidence names them: limits and privileges: no util-linux; network ' +
          'and processes: namespaces are forbidden and there is no enosys; sockets: util-linux before 2.40; files: ' +
          'Node has no permission model.',
      ),
      effect: words(
        'Файлы читаются как обычно; но файл, который взломает программу чтения, упрётся в меньшее число преград.',
        'Files are read as ever; but a file that breaks the reader meets fewer fences.',
      ),
      fix: words(
        'Возьмите образ из Dockerfile или util-linux 2.40 и новее; либо разрешите процессу пространства имён ' +
          'пользователя.',
        "Use the Dockerfile's image, or util-linux 2.40 and newer; or allow the process user namespaces.",
      ),
      commands: ['unshare --net --map-root-user true'],
    }),
    'version.api_mismatch': problem('warn', {
      title: words('api другой версии', 'An api of another version is running'),
      cause: words('Развёртывание идёт или остановилось на полпути.', 'A deployment is under way or stopped half way.'),
      effect: words('Ответы зависят от того, кто отвечает.', 'Answers depend on who answers.'),
      fix: words('Дождитесь конца развёртывания или повторите его.', 'Wait for the deployment, or repeat it.'),
      commands: ['railway redeploy --service api'],
    }),
  },
  async run(context, ladder) {
    await ladder.rung('version.node', async () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      const fact = `node=${process.versions.node} code=${context.version}`;
      if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
        throw new Trouble('version.node_old', fact);
      return fact;
    });
    const missing = missingFences(await detectIsolation());
    if (missing.length > 0)
      ladder.note('version.reader_unconfined', `missing=${missing.join(',')} platform=${process.platform}`);
    const postgres = await context.postgres;
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('version.services', async () => {
      if ('stoppedBy' in postgres) return '';
      const { rows } = await postgres.client.query<{ version: string }>(
        `select distinct version from service_instances where service = 'api'
         and seen_at > clock_timestamp() - interval '20 s'`,
      );
      const others = rows.filter(({ version }) => version !== context.version);
      if (others.length > 0)
        ladder.note(
          'version.api_mismatch',
          `api=${others.map(({ version }) => version).join(',')} here=${context.version}`,
        );
      if (rows.length === 0) {
        ladder.note('version.api_none_alive', 'no heartbeat of an api within 20 s');
        return 'no api is running';
      }
      return `api=${rows.map(({ version }) => version).join(',')}`;
    });
  },
};
