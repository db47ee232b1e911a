import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { planInventedSales } from '../../scripts/make-month/sales.ts';
import { parseWallTime } from '../../scripts/make-month/wall-clock.ts';
import { writeMonth } from '../../scripts/make-month/write-month.ts';
import { eventually } from '../support/eventually.ts';
import { csvBytes, rowsOfHappyWorkers } from '../support/files.ts';
import { openTestApi, type InProcessApi } from '../support/in-process-api.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { type CliOptions, runVhm24r } from '../support/run-cli.ts';
import { runTranscripts, withTranscripts } from '../support/transcripts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = join(root, 'docs/cli.md');

describe('the command line', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let api: InProcessApi;
  let folder: string;
  let env: Record<string, string>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-cli-'));
    database = await createTestDatabase();
    api = await openTestApi({ DATABASE_URL: database.url });
    env = { LANG: 'en_US.UTF-8', HOME: folder, VHM24R_URL: api.url, VHM24R_TOKEN: await token('read,upload,decide') };
  });
  after(async () => {
    process.chdir(root);
    await api?.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function token(scopes: string): Promise<string> {
    const made = await api.client.post<{ token: string }>('/tokens', { name: 'cli', scopes: scopes.split(',') });
    assert.equal(made.status, 201);
    return made.body.token;
  }

  const vhm24r = (argv: readonly string[], options: Partial<CliOptions> = {}) =>
    runVhm24r(argv, { ...options, env: { ...env, ...options.env } });
  const inFolder = (name: string): string => join(folder, name);
  async function file(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(inFolder(name), content);
    return inFolder(name);
  }
  const report = (number: string) => csvBytes(rowsOfHappyWorkers([{ number }]));

  it('does what docs/cli.md shows', async () => {
    const month = inFolder('month');
    await mkdir(month);
    await writeMonth({
      outFolder: month,
      plan: planInventedSales({ seed: 5, from: parseWallTime('2025-06-01'), days: 10, count: 160 }),
      seed: 5,
      machineCount: 2,
      anomalyShare: 0.1,
      formats: ['csv'],
    });
    // Click's register as two files, its 4th to 6th of June in neither
    const lines = (await readFile(join(month, 'click.csv'), 'utf8')).split(/(?<=\n)/);
    const dayOf = (line: string): string => /2025-06-\d\d/.exec(line)?.[0] ?? '';
    for (const [name, isWanted] of [
      ['click-1.csv', (day: string) => day < '2025-06-04'],
      ['click-2.csv', (day: string) => day === '' || day > '2025-06-06'],
    ] as const)
      await writeFile(join(month, name), lines.filter((line) => isWanted(dayOf(line))).join(''));
    await rm(join(month, 'click.csv'));
    await rm(join(month, 'truth.json'));
    process.chdir(month);
    const page = await readFile(PAGE, 'utf8');
    const transcripts = await runTranscripts(page, env);
    assert.ok(transcripts.length > 10);
    // UPDATE_TRANSCRIPTS=1 writes what came into the page, to be read before it is kept
    if (process.env['UPDATE_TRANSCRIPTS'] === '1') await writeFile(PAGE, withTranscripts(page, transcripts));
    else for (const { command, expected, actual } of transcripts) assert.equal(actual, expected, command);
  });

  it('exits with 1 when a file failed, with 2 when one has a question, with 0 when it was known before', async () => {
    const broken = await file('broken.xlsx', Buffer.from('PK\u0003\u0004 no workbook at all'));
    const odd = await file('odd.csv', 'Colour;Weight\nred;12\n');
    const good = await file('good.csv', report('cli-1'));
    const failed = await vhm24r(['upload', '--wait', good, broken, odd]);
    assert.equal(failed.code, 1, failed.both);
    assert.match(failed.stdout, /✓ good\.csv {2}happy_workers {2}completed/);
    assert.match(failed.stdout, /✗ broken\.xlsx .*failed/);
    const asked = await vhm24r(['upload', '--wait', await file('odd2.csv', 'Colour;Weight\nblue;13\n')]);
    assert.equal(asked.code, 2, asked.both);
    assert.match(asked.stdout, /\? odd2\.csv .*there is a question[\s\S]*a question about the file: http.*\/files\//);
    assert.equal((await vhm24r(['upload', '--wait', good])).code, 0);
    const [session = ''] = /[0-9a-f-]{36}$/m.exec(/^session (.*):/m.exec(asked.stdout)?.[1] ?? '') ?? [];
    assert.equal((await vhm24r(['status', session])).code, 2, 'status exits as the upload did');
  });

  it('exits with 3 for what cannot be followed, and sends nothing', async () => {
    const before = (await api.client.get<{ items: unknown[] }>('/sessions')).body.items.length;
    const good = await file('good3.csv', report('cli-3'));
    const wrong = [
      [],
      ['nothing'],
      ['upload'],
      ['upload', '--nope', good],
      ['upload', '--source', 'bank', good],
      ['upload', good, inFolder('absent.csv')],
      ['upload', folder],
      ['orders', '--limit', 'many'],
      ['export', 'everything'],
      ['undo', 'f', '--reason', 'short'],
      ['status'],
    ];
    for (const argv of wrong) assert.equal((await vhm24r(argv)).code, 3, argv.join(' '));
    for (const [option, said] of [
      ['--nope', /no such option: --nope/],
      ['--limit', /--limit needs a value/],
      ['--attention=x', /--attention takes no value/],
    ] as const)
      assert.match((await vhm24r(['orders', option])).stderr, said);
    const filter = await vhm24r(['orders', '--status', 'bogus']);
    assert.equal(filter.code, 1);
    assert.match(filter.stderr, /status\.0: .*fully_matched/, 'what may stand there');
    const json = await vhm24r(['nothing', '--json']);
    assert.deepEqual([json.code, json.stderr], [3, '']);
    assert.equal((JSON.parse(json.stdout) as { error: { code: string } }).error.code, 'usage');
    assert.equal((await vhm24r(['missing'], { env: { VHM24R_URL: '' } })).code, 3, 'no server');
    assert.equal((await vhm24r(['missing'], { env: { VHM24R_TOKEN: '' } })).code, 3, 'no token');
    assert.equal((await api.client.get<{ items: unknown[] }>('/sessions')).body.items.length, before);
  });

  it('exits with 4 when nobody answers', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const url = `http://127.0.0.1:${(taken.address() as AddressInfo).port}`;
    await new Promise((resolve) => taken.close(resolve));
    const good = await file('good4.csv', report('cli-4'));
    for (const argv of [['missing'], ['upload', good], ['orders']]) {
      const away = await vhm24r(argv, { env: { VHM24R_URL: url } });
      assert.deepEqual([away.code, away.stdout], [4, ''], argv.join(' '));
      assert.match(away.stderr, /the server is away .*ECONNREFUSED/);
    }
    const json = await vhm24r(['missing', '--json'], { env: { VHM24R_URL: url } });
    assert.deepEqual([json.code, json.stderr], [4, '']);
    assert.equal((JSON.parse(json.stdout) as { error: { code: string } }).error.code, 'away');
  });

  it('writes JSON alone with --json, a bar on a terminal and lines elsewhere', async () => {
    const json = await vhm24r(['upload', '--wait', '--json', await file('j.csv', report('cli-5'))], { columns: 80 });
    assert.equal(json.stderr, '');
    const { sessions } = JSON.parse(json.stdout) as { sessions: { door: string; files: { status: string }[] }[] };
    assert.deepEqual([sessions[0]?.door, sessions[0]?.files[0]?.status], ['cli', 'completed']);
    const bar = await vhm24r(['upload', '--wait', await file('t.csv', report('cli-6'))], { columns: 60 });
    assert.match(bar.stderr, /█+ 100 % {2}sending/);
    const lines = await vhm24r(['upload', '--wait', await file('l.csv', report('cli-7'))]);
    assert.doesNotMatch(lines.both, /█|\r|\u001b/);
    const russian = await vhm24r(['orders', '--limit', '1'], { env: { LANG: 'ru_RU.UTF-8' } });
    assert.match(russian.stdout, /^Время .*Статус/);
    const uzbek = await vhm24r(['orders', '--limit', '1'], { env: { LANG: 'uz_UZ.UTF-8' } });
    assert.match(uzbek.stdout, /^Vaqt .*Holat/);
    // what this program says and what the server says are of one language
    const refused = await vhm24r(['status', '00000000-0000-4000-8000-000000000000'], { env: { LANG: 'uz_UZ.UTF-8' } });
    assert.match(refused.stderr, /vhm24r: .+ \[not_found\]/);
    assert.doesNotMatch(refused.both, /[а-яё]/i);
  });

  it('writes JSON alone with --json, whatever the command, in whatever language', async () => {
    const sent = await vhm24r(['upload', '--wait', '--json', await file('each.csv', report('cli-each'))]);
    const [session] = (JSON.parse(sent.stdout) as { sessions: { id: string; files: { id: string }[] }[] }).sessions;
    const rights = { VHM24R_TOKEN: await token('read,upload,decide,admin'), LANG: 'uz_UZ.UTF-8' };
    const given: readonly (readonly string[])[] = [
      ['status', session?.id ?? ''],
      ['orders', '--limit', '1'],
      ['order', 'cli-each'],
      ['order', 'no such order'],
      ['missing'],
      ['export', 'orders', '--out', inFolder('each.xlsx')],
      ['undo', session?.files[0]?.id ?? '', '--dry-run'],
      ['watch', inFolder('nothing there'), '--once'],
      ['templates', 'click', '--out', inFolder('templates')],
      ['doctor'],
      ['login', '--url', api.url],
    ];
    for (const argv of given) {
      const { stdout, stderr } = await vhm24r([...argv, '--json'], { env: rights, stdin: `${rights.VHM24R_TOKEN}\n` });
      assert.equal(stderr, '', argv.join(' '));
      assert.equal(typeof JSON.parse(stdout), 'object', argv.join(' '));
    }
    for (const argv of [['missing'], ['doctor'], ['help']])
      assert.doesNotMatch((await vhm24r(argv, { env: rights })).both, /[а-яё]/i, `${argv[0]} is answered in Uzbek`);
    assert.match((await vhm24r(['doctor'], { env: rights })).stdout, /PostgreSQL’ga kirildi|nima qilish kerak:/);
  });

  it('lets no name of a file write to the terminal', async () => {
    const named = await vhm24r(['upload', '-', '--name', '\u001b]0;owned\u0007a\u202egpj.csv', '--wait'], {
      stdin: report('cli-8'),
    });
    assert.equal(named.code, 0, named.both);
    assert.doesNotMatch(named.both, /[\u001b\u0007\u202e]/);
  });

  it('keeps a token for its user alone, and sends it to no other server', async () => {
    const home = inFolder('home');
    await mkdir(home);
    const fresh = { VHM24R_URL: '', VHM24R_TOKEN: '', HOME: home, XDG_CONFIG_HOME: '' };
    const wrong = await vhm24r(['login', '--url', api.url], { env: fresh, stdin: 'vhm_wrong\n' });
    assert.equal(wrong.code, 1, 'a token is tried before it is kept');
    const kept = await vhm24r(['login'], { env: fresh, stdin: `${api.url}/\n${env['VHM24R_TOKEN']}\n` });
    assert.equal(kept.code, 0, kept.both);
    const path = join(home, '.config/vhm24r/settings.json');
    assert.equal(((await stat(path)).mode & 0o777).toString(8), '600');
    assert.ok(!kept.both.includes(env['VHM24R_TOKEN'] ?? ''), 'not shown');
    assert.equal((await vhm24r(['missing'], { env: fresh })).code, 0);
    const elsewhere = await vhm24r(['missing'], { env: { ...fresh, VHM24R_URL: 'http://elsewhere.test' } });
    assert.equal(elsewhere.code, 3);
    assert.match(elsewhere.stderr, /no token for http:\/\/elsewhere\.test/);
    await chmod(path, 0o644);
    const open = await vhm24r(['missing'], { env: fresh });
    assert.deepEqual([open.code, /chmod 600/.test(open.stderr)], [3, true]);
  });

  it('may what its token may', async () => {
    const reader = { VHM24R_TOKEN: await token('read') };
    const refused = await vhm24r(['upload', await file('r.csv', report('cli-9'))], { env: reader });
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /\[\w+\]/);
    assert.equal((await vhm24r(['orders'], { env: reader })).code, 0);
  });

  it('watches a folder: takes what stands still, leaves what is being written, and stops when asked', async () => {
    const watched = inFolder('watched');
    await mkdir(watched);
    await writeFile(join(watched, 'half.csv.part'), 'Order');
    const stop = new AbortController();
    const running = vhm24r(['watch', watched, '--every', '0.3'], { signal: stop.signal });
    await writeFile(join(watched, 'draft.csv.part'), report('cli-10'));
    await rename(join(watched, 'draft.csv.part'), join(watched, 'whole.csv'));
    const names = async () =>
      (await api.client.get<{ items: { name: string }[] }>('/files?limit=100')).body.items.map(({ name }) => name);
    await eventually(async () => assert.ok((await names()).includes('whole.csv')), { timeoutMs: 60_000 });
    stop.abort(new DOMException('stopped', 'AbortError'));
    await running.catch((error: Error) => assert.equal(error.name, 'AbortError'));
    assert.deepEqual(
      (await names()).filter((name) => name.includes('part')),
      [],
    );
    const once = await vhm24r(['watch', watched, '--once', '--every', '0.3']);
    assert.equal(once.code, 0, once.both);
    assert.match(once.stdout, /whole\.csv .*was loaded before/);
  });

  it('is a program: reads stdin, writes to stdout, exits with its code', async () => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', join(root, 'cli/vhm24r.ts'), 'upload', '-', '--name', 'piped.csv', '--wait', '--json'],
      { cwd: root, env: { ...env, PATH: process.env['PATH'] ?? '' }, stdio: ['pipe', 'pipe', 'pipe'] },
    );
    child.stdin.end(report('cli-11'));
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.once('exit', resolve)),
    ]);
    assert.deepEqual([code, stderr], [0, '']);
    assert.equal((JSON.parse(stdout) as { sessions: { status: string }[] }).sessions[0]?.status, 'completed');
  });
});
