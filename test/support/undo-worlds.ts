/** Random worlds against real services: files are sent, looked at, applied and taken back side by side. */
import assert from 'node:assert/strict';
import type pg from 'pg';
import type { ApiClient, SessionBody } from '../../scripts/api-client.ts';
import { eventually } from './eventually.ts';
import { acceptFile, emptyDatabase, loadReport } from './load-report.ts';
import { DEFAULT_MATCHING } from './load-world.ts';
import { createChance } from './reference/random.ts';
import { overlappingWorld } from './reference/overlapping-world.ts';
import { renderReport } from './reference/render-reports.ts';
import { assertSamePicture, pictureOf } from './world-picture.ts';

/** One request of one to three files. */
interface Sending {
  files: { name: string; text: string; isGone: boolean }[];
  preview: boolean;
  /** taken back as a session */
  isGoneWhole: boolean;
}

/** Few orders: what is tried is who meets whom, not how many there are. */
const MOST_ORDERS = 10;
const PATIENT = { timeoutMs: 180_000, intervalMs: 100 };

/** What is sent in a world, and what of it is taken back. Some bytes come twice. */
export function sendingsOf(seed: number): Sending[] {
  const chance = createChance(seed + 3_000_000);
  const { files } = overlappingWorld(seed, { defaultConfig: true, orderCount: chance.int(3, MOST_ORDERS) });
  const sent = files.map((file, index) => ({
    name: file.name,
    // no two have the same bytes unless it is meant
    text: renderReport(file) + '\n'.repeat(index),
    isGone: chance.happens(0.35),
  }));
  if (chance.happens(0.4)) {
    const original = chance.pick(sent);
    sent.splice(chance.int(sent.indexOf(original) + 1, sent.length), 0, {
      ...original,
      name: `duplicate-${original.name}`,
      isGone: chance.happens(0.3),
    });
  }
  const sendings: Sending[] = [];
  while (sent.length > 0) {
    const together = sent.splice(0, chance.pick([1, 1, 2, 3]));
    const isGoneWhole = chance.happens(0.15);
    // bytes that are known are not looked at
    const holdsDuplicate = together.some(({ name }) => name.startsWith('duplicate-'));
    sendings.push({
      files: together.map((file) => ({ ...file, isGone: file.isGone || isGoneWhole })),
      preview: chance.happens(0.2) && !holdsDuplicate,
      isGoneWhole,
    });
  }
  return sendings;
}

interface UndoBody {
  id: string;
  status: string;
  blockedBy: { code: string } | null;
}

/** Sends everything in order, and takes back what is to go as soon as it is there, in an order of chance. */
export async function playWorld(client: ApiClient, seed: number, sendings: readonly Sending[]): Promise<void> {
  const chance = createChance(seed + 4_000_000);
  const undoings: Promise<void>[] = [];
  for (const sending of sendings) {
    const { files, preview, isGoneWhole } = sending;
    const { body, status } = await client.upload(
      files.map(({ name, text }) => ({ name, content: text })),
      { preview },
    );
    assert.ok([200, 202].includes(status), JSON.stringify(body));
    const { session } = body;
    if (preview) {
      await client.waitForSession(session.id, PATIENT);
      const applied = await client.post(`/sessions/${session.id}/apply`);
      // all of it may be known bytes
      assert.ok([202, 409].includes(applied.status), JSON.stringify(applied.body));
    }
    const gone = session.files.filter((_, index) => files[index]?.isGone);
    const paths = isGoneWhole ? [`/sessions/${session.id}`] : gone.map(({ id }) => `/files/${id}`);
    for (const path of paths) {
      const [after, looks] = [chance.int(0, 1500), chance.happens(0.2)];
      undoings.push(takeBack(client, session.id, path, after, looks));
    }
  }
  await Promise.all(undoings);
  for (const { id } of await sessionsOf(client)) await client.waitForSession(id, PATIENT);
}

async function takeBack(
  client: ApiClient,
  sessionId: string,
  path: string,
  afterMs: number,
  looks: boolean,
): Promise<void> {
  await client.waitForSession(sessionId, PATIENT);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  // nobody waits for the dry run: it stands beside everything else
  if (looks) await client.post(`${path}/undo`, { dryRun: true });
  // a duplicate that took the place of the one before it is at work again
  await eventually(async () => {
    const asked = await client.post<UndoBody>(`${path}/undo`, { reason: 'of another month' });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await untilUndone(client, asked.body.id);
  }, PATIENT);
}

export async function untilUndone(client: ApiClient, id: string): Promise<UndoBody> {
  const ended = await eventually(async () => {
    const { body } = await client.get<UndoBody>(`/undos/${id}`);
    assert.ok(!['queued', 'processing'].includes(body.status), JSON.stringify(body));
    return body;
  }, PATIENT);
  assert.equal(ended.status, 'completed', JSON.stringify(ended));
  return ended;
}

async function sessionsOf(client: ApiClient): Promise<SessionBody[]> {
  return (await client.get<{ items: SessionBody[] }>('/sessions?limit=1000')).body.items;
}

/** What stands is what the files that are left make of an empty database, in their order of acceptance. */
export async function assertAsIfNeverSent(
  real: pg.Client,
  reference: pg.Client,
  seed: number,
  sendings: readonly Sending[],
): Promise<number> {
  const { rows } = await real.query<{ name: string; status: string }>(
    `select name, status from uploaded_files order by seq`,
  );
  const sent = sendings.flatMap(({ files }) => files);
  const standing = rows.filter(({ status }) => status === 'completed');
  const wanted = sent.filter(
    ({ isGone, text }, index) =>
      !isGone && !sent.some((other, before) => before < index && !other.isGone && other.text === text),
  );
  assert.deepEqual(
    standing.map(({ name }) => name).toSorted(),
    wanted.map(({ name }) => name).toSorted(),
    `world ${seed}: ${JSON.stringify(rows)}`,
  );
  await emptyDatabase(reference);
  for (const { name } of standing) {
    const text = sent.find((file) => file.name === name)?.text ?? '';
    await loadReport(reference, DEFAULT_MATCHING, await acceptFile(reference, name), text);
  }
  const gone = rows.filter(({ status }) => status === 'undone').map(({ name }) => name);
  assertSamePicture(
    await pictureOf(real),
    await pictureOf(reference),
    `world ${seed}, in order ${rows.map(({ name }) => name).join(', ')}, without ${gone.join(', ')}`,
  );
  return gone.length;
}

/** Takes back whatever is left, the sessions in an order of chance; nothing is left of the reports. */
export async function assertEmptyAfterAll(client: ApiClient, real: pg.Client, seed: number): Promise<void> {
  const chance = createChance(seed + 5_000_000);
  const sessions = (await sessionsOf(client)).toSorted(() => chance.next() - 0.5);
  for (const { id } of sessions) {
    const asked = await client.post<UndoBody>(`/sessions/${id}/undo`, { reason: 'everything goes now' });
    if (asked.status === 409) continue;
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await untilUndone(client, asked.body.id);
  }
  for (const [table, rows] of Object.entries(await pictureOf(real)))
    assert.deepEqual(rows, [], `world ${seed}, ${table}`);
}
