import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../../scripts/build.ts';
import type { Report } from '../../shared/doctor/finding.ts';
import { assertFound, assertOnly, GOOD_JWT } from '../support/diagnose.ts';
import { mayMount, run, runWithMounts, type Ran } from '../support/own-mounts.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const doctor = join(dist, 'scripts/doctor.js');

/** A program that is its own guard and, inside, spins in a way that no signal but SIGKILL ends. */
const STUCK = (guard: string) => `
  import { isInside, runGuarded, tellExitCode } from ${JSON.stringify(guard)};
  const how = process.argv[2];
  const spin = () => { process.on('SIGTERM', () => {}); for (;;); };
  if (!isInside()) console.log(String(await runGuarded([how], 1_000)));
  else if (how === 'silent') spin();
  else {
    tellExitCode(how === 'told' ? 2 : 1);
    if (how === 'told') setTimeout(spin, 50);
  }`;

/** Faults of the machine itself, really made: a disk without room, a name that has no IPv4 address. */
describe('the doctor, on a machine that has a fault of its own', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let folder: string;

  before(async () => {
    ensureBuilt({ only: ['services'] });
    database = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-test-doctor-machine-'));
  });
  after(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const command = (only: string) => [
    process.execPath,
    doctor,
    '--json',
    '--lang',
    'en',
    '--only',
    only,
    '--memory',
    join(folder, 'memory.json'),
  ];
  const env = (more: Record<string, string>) => ({ DATABASE_URL: database.url, JWT_SECRETS: GOOD_JWT, ...more });
  function reportOf({ code, stdout, stderr }: Ran): Report {
    const report = JSON.parse(stdout) as Report;
    assert.equal(code, report.exitCode, stderr);
    return report;
  }

  it('tells a disk that is really full, by what a write says and by what the disk says', async () => {
    const given = env({ STORAGE_URL: `file:${folder}/full` });
    const mounts =
      `mkdir -p '${folder}/full'; mount -t tmpfs -o size=64k tmpfs '${folder}/full'; ` +
      `cat /dev/zero > '${folder}/full/filled' 2>/dev/null || true`;
    if (mayMount()) {
      const storage = assertOnly(reportOf(await runWithMounts(mounts, command('storage'), given)), 'storage.full');
      assert.match(storage.evidence, /ENOSPC/);
      assert.match(
        assertOnly(reportOf(await runWithMounts(mounts, command('disk'), given)), 'disk.full').evidence,
        /used=100% free=0MiB/,
      );
    } else {
      // where mounting is not allowed: a limit on what may be written, which a probe meets as really
      const storage = assertOnly(
        reportOf(await run(['prlimit', '--fsize=0', ...command('storage')], given)),
        'storage.full',
      );
      assert.match(storage.evidence, /EFBIG/);
    }
  });

  it('tells a name that has IPv6 addresses only from a name that does not exist', async () => {
    // looked up only, never asked for anything (for ::1 the C library would make up an IPv4 address)
    await writeFile(join(folder, 'hosts'), '127.0.0.1 localhost\nfd00::24 six.vhm24r.test\n');
    // a resolver of our own where the machine's may not be told the name
    await writeFile(
      join(folder, 'resolver.mjs'),
      `import dns from 'node:dns/promises';
       import { syncBuiltinESMExports } from 'node:module';
       const { lookup } = dns;
       const found = { address: 'fd00::24', family: 6 };
       dns.lookup = async (host, options) => {
         if (host !== 'six.vhm24r.test') return lookup(host, options);
         if (options.family === 4) throw Object.assign(new Error('none'), { code: 'ENOTFOUND' });
         return options.all ? [found] : found;
       };
       syncBuiltinESMExports();`,
    );
    const ask = async (url: string): Promise<Report> => {
      const given = env({ REDIS_URL: url });
      if (mayMount())
        return reportOf(await runWithMounts(`mount --bind '${folder}/hosts' /etc/hosts`, command('redis'), given));
      return reportOf(
        await run([process.execPath, '--import', join(folder, 'resolver.mjs'), ...command('redis').slice(1)], given),
      );
    };
    const finding = assertOnly(await ask('redis://six.vhm24r.test:1?family=4'), 'redis.dns_ipv4_only');
    assert.match(finding.fix.text, /family/);
    assertOnly(await ask('redis://five.vhm24r.test:1?family=4'), 'redis.dns_not_found');
  });

  it('ends, and names the setting, where the storage lies in a folder of the kernel; api and worker refuse to start with the same sentence', async () => {
    const given = env({ STORAGE_URL: 'file:/proc/nowhere', REDIS_URL: 'redis://127.0.0.1:1' });
    assertFound(reportOf(await run(command('storage'), given)), 'storage.url_invalid');
    for (const service of ['api/server.js', 'worker/worker.js']) {
      const { code, stdout, stderr } = await run([process.execPath, join(dist, service)], {
        ...given,
        NODE_ENV: 'test',
        PORT: '0',
      });
      assert.equal(code, 1, service);
      assert.match(stderr, /^STORAGE_URL: .*\/proc, which keeps no files; name a folder on a disk\n$/, service);
      assert.equal(stdout, '', service);
    }
  });

  it('is ended by its guard when a check never ends, not even by a signal; it keeps what it said before', async () => {
    await writeFile(join(folder, 'stuck.mjs'), STUCK(join(dist, 'scripts/doctor-guard.js')));
    const ended = async (how: string) =>
      (await run([process.execPath, join(folder, 'stuck.mjs'), how], {})).stdout.trim();
    assert.equal(await ended('silent'), 'null', 'it said nothing in time');
    assert.equal(await ended('told'), '2', 'its thread went on after it had said how it ended');
    assert.equal(await ended('ends'), '1');
  });
});
