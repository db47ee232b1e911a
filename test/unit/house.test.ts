import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A rule of the house, and a file that breaks it and nothing else. */
interface Plant {
  rule: string;
  path: string;
  code: string;
  /** Part of what the linter must say. */
  says: RegExp;
}

const direction = 'no-restricted-imports';
const plants: readonly Plant[] = [
  {
    rule: 'api knows no worker',
    path: 'api/a.ts',
    code: "import '../worker/consumer.ts';",
    says: /api stands on shared alone/,
  },
  {
    rule: 'worker knows no api',
    path: 'worker/a.ts',
    code: "import '../api/app.ts';",
    says: /worker stands on shared alone/,
  },
  {
    rule: 'shared knows no api',
    path: 'shared/ingest/b.ts',
    code: "import '../../api/app.ts';",
    says: /none of those who use it/,
  },
  {
    rule: 'base knows no adapter',
    path: 'shared/errors.ts',
    code: "import './db/client.ts';",
    says: /base stands on nothing/,
  },
  {
    rule: 'base knows no domain',
    path: 'shared/texts/a.ts',
    code: "import '../orders/order.ts';",
    says: /base stands on nothing/,
  },
  {
    rule: 'an adapter knows no domain',
    path: 'shared/db/a.ts',
    code: "import '../reconcile/engine.ts';",
    says: /adapters stand on base/,
  },
  {
    rule: 'a queue runs no job',
    path: 'shared/queue/a.ts',
    code: "import { jobs } from '../jobs.ts';\njobs();",
    says: /never the jobs in it/,
  },
  {
    rule: 'domain knows no wiring',
    path: 'shared/auth/a.ts',
    code: "import '../resources.ts';",
    says: /only wiring puts things together/,
  },
  {
    rule: 'the command line talks HTTP',
    path: 'cli/a.ts',
    code: "import '../shared/db/client.ts';",
    says: /the command line talks HTTP/,
  },
  {
    rule: 'nobody stands on the command line',
    path: 'shared/texts/b.ts',
    code: "import '../../cli/run.ts';",
    says: /none of those who use it/,
  },
  {
    rule: 'the page talks HTTP',
    path: 'web/src/a/a.ts',
    code: "import '../../../shared/config.ts';",
    says: /the page talks HTTP/,
  },
  {
    rule: 'the page imports no api',
    path: 'web/src/a/b.ts',
    code: "import '../../../api/app.ts';",
    says: /the page talks HTTP/,
  },
  {
    rule: 'no cycle',
    path: 'shared/ingest/c.ts',
    code: "import { d } from './d.ts';\nexport const c = () => d();",
    says: /no-cycle/,
  },
  {
    rule: 'one reader of the environment',
    path: 'api/b.ts',
    code: 'export const port = process.env.PORT;',
    says: /process-env/,
  },
  {
    rule: 'no promise left alone',
    path: 'worker/b.ts',
    code: 'async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}',
    says: /no-floating-promises/,
  },
  {
    rule: 'no any',
    path: 'api/c.ts',
    code: 'export const c = (value: any) => String(value);',
    says: /no-explicit-any/,
  },
  { rule: 'named exports only', path: 'api/d.ts', code: 'export default 1;', says: /no-default-export/ },
  { rule: 'services log, they do not print', path: 'worker/c.ts', code: "console.log('x');", says: /no-console/ },
];

/** The other half of the cycle, and what must be allowed. */
const innocent: Record<string, string> = {
  'shared/ingest/d.ts': "import { c } from './c.ts';\nexport const d = (): unknown => c();",
  'shared/config.ts': 'export const env = process.env;',
  'shared/db/client.ts': "import { env } from '../config.ts';\nexport const client = env;",
  'shared/orders/order.ts': "import { client } from '../db/client.ts';\nexport const order = client;",
  'shared/jobs.ts':
    "import { order } from './orders/order.ts';\nexport const jobs = () => order;\nexport type JobName = 'a';",
  'shared/queue/b.ts': "import type { JobName } from '../jobs.ts';\nexport const name: JobName = 'a';",
  'shared/resources.ts': "import { jobs } from './jobs.ts';\nexport const resources = jobs;",
  'api/app.ts': "import { resources } from '../shared/resources.ts';\nexport const app = resources;",
  'worker/consumer.ts': "import { resources } from '../shared/resources.ts';\nexport const consumer = resources;",
  'web/src/a/c.ts':
    "import type { JobName } from '../../../shared/jobs.ts';\nimport { got } from '../api/client.ts';\nexport " +
    'const c: JobName | null = got;',
  'web/src/api/client.ts': 'export const got = null;',
  'shared/reconcile/engine.ts': 'export const engine = 1;',
};

interface Finding {
  filename: string;
  code: string;
  help?: string;
}

describe('rules of the house', () => {
  let folder: string;
  let findings: Finding[];

  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'vhm24r-house-'));
    const files = { ...innocent, ...Object.fromEntries(plants.map(({ path, code }) => [path, code])) };
    for (const [path, code] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), `${code}\n`);
    }
    await copyFile(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    const tsconfig = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8')) as { compilerOptions: object };
    await writeFile(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: { ...tsconfig.compilerOptions, typeRoots: [join(root, 'node_modules/@types')] },
      }),
    );
    findings = lint(folder);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  for (const { rule, path, says } of plants) {
    it(`the linter finds a breach of: ${rule}`, () => {
      const here = findings.filter(({ filename }) => filename === path);
      assert.ok(
        here.some(({ code, help }) => says.test(code) || says.test(help ?? '')),
        `expected ${says} in ${path}, found ${JSON.stringify(here)}`,
      );
    });
  }

  it('the linter finds no fault with what is allowed', () => {
    const blamed = findings.filter(({ filename, code }) => filename in innocent && !code.includes('no-cycle'));
    assert.deepEqual(blamed, []);
  });

  it('every part of shared/ belongs to a layer', async () => {
    const config = JSON.parse(withoutComments(await readFile(join(root, '.oxlintrc.json'), 'utf8'))) as {
      overrides: { files: string[]; rules: Record<string, unknown> }[];
    };
    const layered = config.overrides.filter(({ rules }) => direction in rules).flatMap(({ files }) => files);
    const entries = await readdir(join(root, 'shared'), { withFileTypes: true });
    const stray = entries
      .map((entry) => `shared/${entry.name}${entry.isDirectory() ? '/**' : ''}`)
      .filter((glob) => !layered.includes(glob));
    assert.deepEqual(stray, [], 'name the layer of these in .oxlintrc.json, and forbid them to the layers below');
  });
});

function lint(cwd: string): Finding[] {
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/oxlint/bin/oxlint'), '--type-aware', '-f', 'json'],
    {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, OXLINT_TSGOLINT_PATH: join(root, 'node_modules/.bin/tsgolint') },
    },
  );
  assert.notEqual(result.stdout, '', result.stderr);
  return (JSON.parse(result.stdout) as { diagnostics: Finding[] }).diagnostics;
}

/** The configuration explains itself in whole-line comments. */
function withoutComments(json: string): string {
  return json.replaceAll(/^\s*\/\/.*$/gm, '');
}
