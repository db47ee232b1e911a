import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getResolvedPDFJS } from 'unpdf';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
}

/** What comes from elsewhere is what it was when it was looked at. */
describe('what is installed', () => {
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
  const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

  it('has a checksum for every package of the lock file, those of other platforms too, and none from beside the registry', () => {
    assert.ok(locked.length > 500);
    assert.deepEqual(
      locked.filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-')).map(([path]) => path),
      [],
    );
    assert.deepEqual(
      locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path),
      [],
      'no package has an address of its own beside the registry',
    );
  });

  it('runs a script while it is installed only where package.json says whether it may', () => {
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    const scripts = new Set(
      locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameOf(path)),
    );
    assert.deepEqual([...scripts].sort(), Object.keys(allowScripts).sort());
  });

  it('names every package by an exact version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^(npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/, name);
    }
  });

  it('reads pdf by a PDF.js outside the range in which a file may run script', async () => {
    const { version } = (await getResolvedPDFJS()) as { version: string };
    const number = version.split('.').reduce((sum, part) => sum * 10_000 + Number(part), 0);
    // GHSA-hq66-cqwq-w95j: from 5.6.83, mended in 6.2.108
    assert.ok(number < 5_0006_0083 || number >= 6_0002_0108, version);
  });

  it('stands on base images that are named by their digest', () => {
    const images = [
      ...[...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? ''),
      ...[...read('docker-compose.yml').matchAll(/^\s+image: (\S+)/gm)].map(([, image]) => image ?? ''),
    ].filter((image) => image !== 'build');
    assert.ok(images.length >= 4, images.join());
    for (const image of images) assert.match(image, /^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
  });

  it('is listed by a command as CycloneDX: what runs, and nothing that only tests', function () {
    this.timeout(60_000);
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(status, 0, stderr);
    const made = JSON.parse(stdout) as {
      bomFormat: string;
      components: { name: string; hashes?: { alg: string }[] }[];
    };
    assert.equal(made.bomFormat, 'CycloneDX');
    const names = new Set(made.components.map(({ name }) => name));
    for (const name of ['express', 'unpdf', 'node-unrar-js', 'bullmq']) assert.ok(names.has(name), name);
    assert.equal(names.has('mocha'), false);
    assert.ok(made.components.every(({ hashes = [] }) => hashes.some(({ alg }) => alg === 'SHA-512')));
  });
});
