import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LANGS, type Lang } from '../../shared/texts/languages.ts';
import { compiledScript } from '../support/processes.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LOCALES: Record<Lang, string> = { ru: 'ru_RU.UTF-8', en: 'C.UTF-8', uz: 'uz_UZ.UTF-8' };
const USAGE: Record<Lang, RegExp> = { ru: /^использование: /, en: /^usage: /, uz: /^foydalanish: / };

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

interface Case {
  args: readonly string[];
  env: Record<string, string>;
  code: number;
  /** in Russian, English and Uzbek */
  says: readonly [string, string, string];
}

/** A database that nobody has: what is refused here is refused before it is asked. */
const NOWHERE = 'postgres://nobody@127.0.0.1:1/none';

describe('the commands of the shell', function () {
  this.timeout(300_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-shell-'));
    compiledScript('user');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const cases: Record<Parameters<typeof compiledScript>[0], Case> = {
    user: {
      args: ['add', 'olim@vhm24r.test', '--password', 'qwertyuiop12'],
      env: { DATABASE_URL: NOWHERE },
      code: 3,
      says: [
        'такой пароль подберут одним из первых: это подряд идущие буквы, цифры или клавиши',
        'this password is among the first that somebody would guess: it follows the alphabet, the digits or a row of keys',
        'bunday parolni birinchilardan boʻlib topishadi: u ketma-ket harf, raqam yoki tugmalardan iborat',
      ],
    },
    doctor: {
      args: ['--only', 'moon'],
      env: {},
      code: 3,
      says: ['нет области «moon»', 'there is no area "moon"', '“moon” degan soha yoʻq'],
    },
    keys: {
      args: ['add'],
      env: { JWT_SECRETS: 'k1:short' },
      code: 1,
      says: [
        'настройки: JWT_SECRETS: секрет ключа «k1» не подходит (короче 32 знаков); создайте другой: npm run --silent keys -- new',
        'configuration: JWT_SECRETS: the secret of key "k1" is refused (shorter than 32 characters); make one with: npm run --silent keys -- new',
        'sozlamalar: JWT_SECRETS: “k1” kalitining maxfiy qiymati yaramaydi (32 belgidan qisqa); boshqasini yarating: npm run --silent keys -- new',
      ],
    },
    migrate: {
      args: [],
      env: {},
      code: 1,
      says: [
        'настройки: DATABASE_URL: не задана',
        'configuration: DATABASE_URL: is not set',
        'sozlamalar: DATABASE_URL: berilmagan',
      ],
    },
    backup: {
      args: [],
      env: { DATABASE_URL: NOWHERE },
      code: 1,
      says: ['backup: BACKUP_URL не задана', 'backup: BACKUP_URL is not set', 'backup: BACKUP_URL berilmagan'],
    },
    restore: {
      args: ['june'],
      env: { DATABASE_URL: NOWHERE, BACKUP_URL: '/nowhere' },
      code: 1,
      says: [
        'restore: копии june нет, место /nowhere',
        'restore: there is no backup june at /nowhere',
        'restore: june nusxasi yoʻq, joyi /nowhere',
      ],
    },
    'audit-verify': {
      args: ['--head', 'nonsense'],
      env: { DATABASE_URL: NOWHERE },
      code: 3,
      says: ['это не вершина: nonsense', 'this is no head: nonsense', 'bu zanjir uchi emas: nonsense'],
    },
  };

  for (const [name, { args, env, code, says }] of Object.entries(cases))
    it(`${name} tells its usage and a fault in Russian, Uzbek and English`, async () => {
      const program = [compiledScript(name as keyof typeof cases)];
      await inEach(async (lang) => {
        const shell = { LANG: LOCALES[lang], PATH: process.env['PATH'] ?? '' };
        const usage = await run([...program, '--help'], shell);
        assert.deepEqual([usage.code, usage.stderr], [0, ''], usage.stderr);
        assert.match(usage.stdout, USAGE[lang]);
        assert.match(usage.stdout, new RegExp(`npm run .*${name.replace('-', ':')}`));
        assert.doesNotMatch(usage.stdout, /\{\w+\}/);
        const fault = await run([...program, ...args], { ...shell, ...env });
        assert.deepEqual([fault.code, fault.stderr.trimEnd(), fault.stdout], [code, says[LANGS.indexOf(lang)], '']);
      });
    });

  it('say which option is wrong, with the usage', async () => {
    const said = await run([compiledScript('restore'), '--chek'], { LC_ALL: 'uz_UZ.UTF-8', LANG: 'ru_RU.UTF-8' });
    assert.equal(said.code, 3);
    assert.match(said.stderr, /^bunday parametr yoʻq: --chek\nfoydalanish: npm run restore/);
  });

  it('give programs the same in every language: a value, an id, an exit code', async () => {
    for (const LANG of Object.values(LOCALES)) {
      const made = await run([compiledScript('keys'), 'new'], { LANG });
      assert.match(made.stdout, /^k\d{8}-[0-9a-f]{4}:[\w-]{43}\n$/);
      assert.equal((await run([compiledScript('keys'), 'fly'], { LANG })).code, 3);
    }
  });

  it('demo tells its usage and a port that is taken in Russian, Uzbek and English', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const says: Record<Lang, string> = {
      ru: `порт ${port} занят: выберите другой, например PORT=${port + 1} npm run demo`,
      en: `port ${port} is in use: choose another, e.g. PORT=${port + 1} npm run demo`,
      uz: `${port}-port band: boshqasini tanlang, masalan PORT=${port + 1} npm run demo`,
    };
    try {
      const program = ['--import', 'tsx', 'scripts/demo.ts'];
      await inEach(async (lang) => {
        const shell = { LANG: LOCALES[lang], PATH: process.env['PATH'] ?? '', HOME: folder };
        const usage = await run([...program, '--nonsense'], shell);
        assert.equal(usage.code, 3);
        assert.match(usage.stderr, USAGE[lang]);
        const fault = await run(program, { ...shell, PORT: String(port) });
        assert.deepEqual([fault.code, fault.stderr.trimEnd()], [1, says[lang]]);
      });
    } finally {
      taken.close();
    }
  });
});

const inEach = (work: (lang: Lang) => Promise<void>) => Promise.all(LANGS.map(work));

function run(args: readonly string[], env: Record<string, string>): Promise<Said> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}
