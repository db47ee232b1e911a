/**
 * Cycles between parts of the product: a part is a folder below one of these roots, with all that it holds, or a file
 * that lies there by itself. What reports mean is a part of its own inside reading: every other part knows it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOTS = ['api', 'worker', 'cli', 'client', 'shared', 'migrations', 'web/src'];
const INNER_PARTS = ['shared/ingest/sources'];
/**
 * `import … from`, `export … from`, `import('…')` and `import type`: what a part must know of another counts, whether
 * or not it runs.
 */
const IMPORTED = /(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+)'/g;

/** One import that leads from part to part. */
interface Edge {
  from: string;
  to: string;
  /** `file -> file` */
  shown: string;
}

/** Each cycle as the imports that make it, shortest way round; [] = none. */
export function folderCycles(root: string): string[][] {
  const edges = edgesOf(root);
  const cycles: string[][] = [];
  const known = new Set<string>();
  for (const part of new Set(edges.map(({ from }) => from))) {
    const way = wayBack(edges, part);
    if (way === null) continue;
    const key = way
      .map(({ from }) => from)
      .toSorted()
      .join(' ');
    if (!known.has(key)) cycles.push(way.map(({ shown }) => shown));
    known.add(key);
  }
  return cycles;
}

function edgesOf(root: string): Edge[] {
  const edges: Edge[] = [];
  for (const top of ROOTS) {
    for (const name of filesBelow(join(root, top))) {
      const file = `${top}/${name}`;
      for (const [, target] of readFileSync(join(root, file), 'utf8').matchAll(IMPORTED)) {
        const imported = normalize(join(dirname(file), target as string));
        const [from, to] = [partOf(file), partOf(imported)];
        if (from !== to) edges.push({ from, to, shown: `${file} -> ${imported}` });
      }
    }
  }
  return edges;
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|vue)$/.test(name))
      .toSorted();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function partOf(file: string): string {
  const inner = INNER_PARTS.find((part) => file.startsWith(`${part}/`));
  if (inner !== undefined) return inner;
  const root = ROOTS.find((one) => file.startsWith(`${one}/`)) ?? '';
  return `${root}/${file.slice(root.length + 1).split('/')[0]}`;
}

/** The shortest way from a part back to itself; null = there is none. */
function wayBack(edges: readonly Edge[], start: string): Edge[] | null {
  const ways: Edge[][] = edges.filter(({ from }) => from === start).map((edge) => [edge]);
  const reached = new Set<string>();
  for (const way of ways) {
    const at = (way.at(-1) as Edge).to;
    if (at === start) return way;
    if (reached.has(at)) continue;
    reached.add(at);
    for (const edge of edges) if (edge.from === at) ways.push([...way, edge]);
  }
  return null;
}
