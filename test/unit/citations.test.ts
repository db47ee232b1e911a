import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What code says about pages, and pages about each other, can be followed. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const CITED_PAGES = ['rules.md', 'api.md'] as const;
const CITATION = /\b(rules|api)\.md(?: sections?)? ?(\d+(?:\.\d+)*)/g;
const UNKNOWN_PAGE = /(?<![\w/-])(design|domain|pitfalls|style|dependencies)\.md/;

const files = listed();
const sections = new Map(CITED_PAGES.map((page) => [page, headings(`docs/${page}`)]));

describe('citations', () => {
  it('a cited section of the rules or of the contract is there', () => {
    const lost: string[] = [];
    for (const path of files.filter((name) => /\.(ts|vue|md|mjs|js|css)$/.test(name))) {
      for (const [text, page, number] of read(path).matchAll(CITATION)) {
        if (sections.get(`${page}.md` as (typeof CITED_PAGES)[number])?.has(number ?? '') !== true)
          lost.push(`${path}: ${text}`);
      }
    }
    assert.deepEqual(lost, []);
  });

  it('nothing cites a page that is not in the repository', () => {
    const own = 'test/unit/citations.test.ts';
    const lost = files.filter(
      (path) => path !== own && !path.startsWith('docs/screens/') && UNKNOWN_PAGE.test(read(path)),
    );
    assert.deepEqual(lost, []);
  });

  it('every link between pages leads to a file', () => {
    const lost: string[] = [];
    for (const path of files.filter((name) => name.endsWith('.md'))) {
      for (const [, target] of read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (target === undefined || /^[a-z]+:/.test(target)) continue;
        if (!existsSync(join(root, normalize(join(dirname(path), target))))) lost.push(`${path}: ${target}`);
      }
    }
    assert.deepEqual(lost, []);
  });
});

/** Tracked files and new ones that are not ignored; without what cannot be read as text. */
function listed(): string[] {
  const { stdout, status } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, 'git lists the files');
  return stdout
    .split('\n')
    .filter((name) => name !== '' && existsSync(join(root, name)) && !/\.(png|xls|xlsx|doc|pdf|zip|rar)$/.test(name));
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The numbers of a page's headings: `## 4. HTTP` and `### 2.1 happy_workers`. */
function headings(path: string): Set<string> {
  return new Set([...read(path).matchAll(/^#+ (\d+(?:\.\d+)*)\.? /gm)].map(([, number]) => number ?? ''));
}
