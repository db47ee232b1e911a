import { hostname } from 'node:os';
import type { Client } from 'pg';
import { createDatabase, type Db } from '../../db/client.ts';
import { createSilentLogger } from '../../logger.ts';
import { createFileStore } from '../../storage/create-file-store.ts';
import { StorageUnavailableError, type FileStore, type StorageFaultReason } from '../../storage/file-store.ts';
import { createSpoolFolder } from '../../storage/spool-folder.ts';
import type { AreaCheck, DoctorContext } from '../context.ts';
import { rung, words } from '../finding.ts';
import { Trouble } from '../ladder.ts';
import { errorCode } from '../wire.ts';
import { problem } from './problem.ts';

const SAMPLE_COUNT = 3;

const noUploads = words('Загрузки отказывают.', 'Uploads fail.');

export const storageCheck: AreaCheck = {
  area: 'storage',
  // bytes in the database need the database; a folder does not, but only the rows tell what must be in it
  needs: ['postgres'],
  codes: {
    'storage.address': rung('STORAGE_URL понятен', 'STORAGE_URL is understood'),
    'storage.write_read': rung('Хранилище принимает и отдаёт файлы', 'The storage takes and gives files'),
    'storage.shared': rung('Загруженные файлы видны отсюда', 'Uploaded files can be seen from here'),
    'storage.url_invalid': problem('error', {
      title: words('STORAGE_URL не подходит', 'STORAGE_URL cannot be used'),
      cause: words(
        'Нужно file:<папка>, postgres: или s3://корзина/путь с ключами AWS.',
        'It is file:<folder>, postgres: or s3://bucket/prefix with AWS keys.',
      ),
      effect: words('Служба не запустится.', 'The service does not start.'),
      fix: words('Исправьте STORAGE_URL.', 'Correct STORAGE_URL.'),
      commands: ["railway variables --set 'STORAGE_URL=postgres:'"],
    }),
    'storage.not_writable': problem('error', {
      title: words('В хранилище нельзя писать', 'The storage cannot be written'),
      cause: words(
        'Нет папки или прав, том не смонтирован, либо корзина отказывает.',
        'Folder or rights are missing, the volume is not mounted, or the bucket refuses.',
      ),
      effect: noUploads,
      fix: words(
        'Дайте пользователю службы права на папку или укажите другую.',
        "Give the service's user the right to the folder, or name another.",
      ),
      commands: ['ls -ld "${STORAGE_URL#file:}"'],
    }),
    'storage.full': problem('error', {
      title: words('В хранилище кончилось место', 'The storage is full'),
      cause: words('Диск или квота заполнены.', 'The disk or quota is used up.'),
      effect: noUploads,
      fix: words('Освободите место.', 'Make room.'),
      commands: ['df -h'],
    }),
    'storage.bucket_denied': problem('error', {
      title: words('Корзина не пускает', 'The bucket refuses us'),
      cause: words(
        'Ключи AWS неверны или не дают прав на корзину.',
        'The AWS keys are wrong or give no right to the bucket.',
      ),
      effect: noUploads,
      fix: words('Скопируйте ключи корзины заново.', "Copy the bucket's keys again."),
    }),
    'storage.bucket_missing': problem('error', {
      title: words('Такой корзины нет', 'There is no such bucket'),
      cause: words('Имя корзины или endpoint неверны.', 'The name of the bucket or the endpoint is wrong.'),
      effect: noUploads,
      fix: words('Исправьте STORAGE_URL.', 'Correct STORAGE_URL.'),
    }),
    'storage.refused': problem('error', {
      title: words('Сервер хранилища не принимает соединений', 'The storage server refuses connections'),
      cause: words(
        'Адрес или порт endpoint неверны, либо сервер остановлен.',
        'The endpoint is wrong, or the server is stopped.',
      ),
      effect: noUploads,
      fix: words(
        'Проверьте endpoint в STORAGE_URL и сам сервер.',
        'Check the endpoint in STORAGE_URL and the server itself.',
      ),
    }),
    'storage.no_answer': problem('error', {
      title: words('Сервер хранилища молчит', 'The storage server does not answer'),
      cause: words(
        'Соединение есть или ожидается, ответа нет: сервер завис или сеть не пропускает.',
        'No answer within seconds: the server hangs, or the network lets nothing through.',
      ),
      effect: words(
        'Загрузки получают отказ через несколько секунд, файлы ждут.',
        'Uploads are refused after some seconds, files wait.',
      ),
      fix: words(
        'Перезапустите сервер хранилища или проверьте сеть.',
        'Restart the storage server, or check the network.',
      ),
    }),
    'storage.server_error': problem('error', {
      title: words('Сервер хранилища отвечает ошибкой', 'The storage server answers with errors'),
      cause: words('Он перегружен, чинится или сломан.', 'It is overloaded, under repair or broken.'),
      effect: words('Загрузки получают отказ, принятые файлы ждут.', 'Uploads are refused, accepted files wait.'),
      fix: words(
        'Подождите; если не проходит, спросите поставщика хранилища.',
        'Wait; if it stays, ask the provider of the storage.',
      ),
    }),
    'storage.not_shared': problem('error', {
      title: words('Хранилище не общее у api и worker', 'api and worker do not share the storage'),
      cause: words(
        'Каждый пишет в свою папку: том Railway принадлежит одной службе.',
        'Each has a folder of its own: a Railway volume belongs to one service.',
      ),
      effect: words(
        'Файлы, принятые одной службой, другая не находит.',
        'Files that one service took are not found by the other.',
      ),
      fix: words(
        'Задайте обеим службам STORAGE_URL=postgres: или одну корзину s3://.',
        'Give both services STORAGE_URL=postgres: or one s3:// bucket.',
      ),
      commands: [
        "railway variables --service api --set 'STORAGE_URL=postgres:'",
        "railway variables --service worker --set 'STORAGE_URL=postgres:'",
      ],
    }),
    'storage.bytes_missing': problem('error', {
      title: words('Части загруженных файлов нет в хранилище', 'Some uploaded files are not in the storage'),
      cause: words(
        'Файлы удалены вручную, или STORAGE_URL сменили.',
        'Files were deleted by hand, or STORAGE_URL was changed.',
      ),
      effect: words(
        'Эти файлы нельзя скачать и обработать снова.',
        'These files can neither be downloaded nor processed again.',
      ),
      fix: words(
        'Верните прежний STORAGE_URL или восстановите файлы из копии.',
        'Put the former STORAGE_URL back, or restore the files from a backup.',
      ),
      commands: ['npm run restore'],
    }),
  },
  async run(context, ladder) {
    const url = (context.env['STORAGE_URL'] ?? '') || 'postgres:';
    const postgres = await context.postgres;
    let store: FileStore | null = null;
    await ladder.rung('storage.address', async () => {
      const fault = context.faults.find(({ variable }) => variable === 'STORAGE_URL');
      if (fault !== undefined) throw new Trouble('storage.url_invalid', fault.message);
      if (url === 'postgres:' && 'stoppedBy' in postgres) return 'postgres: (see postgres)';
      try {
        store = openStore(context, url);
      } catch (error) {
        throw new Trouble('storage.url_invalid', `driver=${url.split(':')[0] ?? ''}`, { cause: error });
      }
      return `driver=${url.split(':')[0] ?? ''}`;
    });
    if (url === 'postgres:' && 'stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('storage.write_read', async () => {
      try {
        await (store as FileStore | null)?.check();
      } catch (error) {
        throw storageTrouble(error, (store as FileStore | null)?.driver ?? 'file');
      }
      return 'written, read, removed';
    });
    if ('stoppedBy' in postgres) ladder.stop(postgres.stoppedBy);
    await ladder.rung('storage.shared', async () =>
      'client' in postgres && store !== null ? checkShared(store, url, postgres.client) : '',
    );
  },
};

function openStore(context: DoctorContext, url: string): FileStore {
  const spool = createSpoolFolder();
  context.closers.push('doctor spool', () => spool.close(), 1_000);
  const db: Db = createDatabase({
    url: context.env['DATABASE_URL'] ?? 'postgres://127.0.0.1:1/none',
    poolMax: 2,
    applicationName: 'vhm24r-doctor-storage',
    logger: createSilentLogger(),
    statementTimeoutMs: 3_000,
  });
  context.closers.push('doctor storage', () => db.destroy(), 1_000);
  return createFileStore(url, { db, spool, aws: context.env });
}

const TROUBLES: Readonly<Record<StorageFaultReason, string>> = {
  refused: 'storage.refused',
  no_answer: 'storage.no_answer',
  reset: 'storage.refused',
  server_error: 'storage.server_error',
  full: 'storage.full',
  denied: 'storage.bucket_denied',
  no_bucket: 'storage.bucket_missing',
  not_mounted: 'storage.not_writable',
  io: 'storage.not_writable',
};

function storageTrouble(error: unknown, driver: FileStore['driver']): Trouble {
  if (!(error instanceof StorageUnavailableError))
    return new Trouble('storage.not_writable', `put=${errorCode(error)}`, { cause: error });
  const code = driver === 'file' && error.reason === 'denied' ? 'storage.not_writable' : TROUBLES[error.reason];
  return new Trouble(code, `put=${error.detail}`, { cause: error });
}

async function checkShared(store: FileStore, url: string, client: Client): Promise<string> {
  const { rows } = await client.query<{ storage_key: string }>(
    'select storage_key from uploaded_files where bytes_expired_at is null order by seq desc limit $1',
    [SAMPLE_COUNT],
  );
  const found: boolean[] = [];
  for (const { storage_key: key } of rows) found.push(await store.exists(key));
  const missing = found.filter((there) => !there).length;
  const facts = `newest_files=${rows.length} missing=${missing}`;
  if (missing > 0 && missing === rows.length) throw new Trouble('storage.not_shared', facts);
  if (missing > 0) throw new Trouble('storage.bytes_missing', facts);
  if (url.startsWith('file:')) {
    const { rows: services } = await client.query<{ id: string }>(
      `select id from service_instances where seen_at > clock_timestamp() - interval '20 s'`,
    );
    const elsewhere = services.filter(({ id }) => !id.includes(`-${hostname()}-`));
    if (elsewhere.length > 0)
      throw new Trouble('storage.not_shared', `${facts} driver=file services_on_other_machines=${elsewhere.length}`);
  }
  return facts;
}
