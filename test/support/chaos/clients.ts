import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../../../scripts/make-month/random.ts';
import { TEST_ADMIN } from '../processes.ts';
import type { Truth } from '../truth.ts';
import { makeMonth, type Month } from './months.ts';
import type { Requests, Tried } from './requests.ts';
import type { Member } from './world.ts';

/** What was promised to the clients. */
export interface Promised {
  truths: Truth[];
  /** files and exports that were answered with 2xx */
  fileIds: Set<string>;
  exportIds: Set<string>;
  abortedUploads: number;
}

export interface Clients {
  promised: Promised;
  /** Begins no further month; resolves when each one begun has been sent whole. */
  finish(): Promise<void>;
}

/** How fast clients go. */
export interface Pace {
  /** mean pause of each client between two uploads */
  pauseMs: number;
  /** files that are not done yet; with more than `backlog` of them nobody begins a further month */
  backlog: number;
  openFiles(): Promise<number>;
}

const COUNT = 3;
const ABORTED_SHARE = 0.12;
/** All clients are one person, who may keep a hundred (shared/exports/export-rows.ts). */
const MOST_EXPORTS = 80;
const LONGEST_RETRY_MS = 3_000;
const PAGES = [
  '/files',
  '/sessions',
  '/orders?limit=20',
  '/reconciliation/summary',
  '/analytics/summary',
  '/auth/me',
  '/livez',
  '/limits',
] as const;

/** Signs in as the admin; again while nobody can. */
export async function signInAt(apis: readonly Member[], requests: Requests): Promise<string> {
  for (let turn = 0; ; turn++) {
    const answer = await requests.send<{ accessToken: string }>(
      apis[turn % apis.length] as Member,
      'page',
      '/auth/login',
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: TEST_ADMIN.email, password: TEST_ADMIN.password }),
      },
    );
    if (answer.status === 200 && answer.body !== null) return answer.body.accessToken;
    await sleep(500);
  }
}

/**
 * Clients that send months to both apis, file by file or all at once, give up in the middle now and then, and look at
 * pages.
 */
export function startClients(
  seed: number,
  apis: readonly Member[],
  requests: Requests,
  token: () => string,
  pace: Pace,
): Clients {
  const promised: Promised = { truths: [], fileIds: new Set(), exportIds: new Set(), abortedUploads: 0 };
  let monthCount = 0;
  let exportCount = 0;
  let isOver = false;

  async function client(random: Random): Promise<void> {
    while (!isOver) {
      if ((await pace.openFiles()) > pace.backlog) {
        await sleep(500);
        continue;
      }
      const month = await makeMonth(seed, monthCount++);
      promised.truths.push(month.truth);
      await sendMonth(month, random);
      if (random.next() < 0.3) await askExport(random);
    }
  }

  async function sendMonth({ reports }: Month, random: Random): Promise<void> {
    const parcels = random.next() < 0.3 ? [reports] : reports.map((report) => [report]);
    for (const parcel of parcels) {
      if (random.next() < ABORTED_SHARE)
        await breakOff(random.pick(apis as [Member, ...Member[]]), parcel[0] as Month['reports'][number], random);
      const answer = await insist<{ session: { files: { id: string }[] } }>(random, 'upload', '/files', () => {
        const form = new FormData();
        for (const { name, content } of parcel) form.append('files', new Blob([content]), name);
        return { method: 'POST', body: form };
      });
      for (const { id } of answer.body?.session.files ?? []) promised.fileIds.add(id);
      await requests.send(random.pick(apis as [Member, ...Member[]]), 'page', random.pick(PAGES));
      if (!isOver) await sleep(random.int(0, pace.pauseMs * 2));
    }
  }

  async function askExport(random: Random): Promise<void> {
    exportCount += 1;
    if (exportCount > MOST_EXPORTS) return;
    const answer = await insist<{ id: string }>(random, 'page', '/exports', () => ({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'orders', format: random.pick(['csv', 'xlsx']), filter: {} }),
    }));
    if (answer.body !== null) promised.exportIds.add(answer.body.id);
  }

  /** Sends until it is accepted, as a person or a script would: after a refusal, after a broken line, to either api. */
  async function insist<T>(
    random: Random,
    kind: 'page' | 'upload',
    path: string,
    init: () => RequestInit,
  ): Promise<Tried<T>> {
    for (;;) {
      const answer = await requests.send<T>(random.pick(apis as [Member, ...Member[]]), kind, path, init());
      if (answer.status !== null && answer.status < 300) return answer;
      await sleep(Math.min((answer.retryAfterS ?? 1) * 1_000, LONGEST_RETRY_MS));
    }
  }

  /** A client that is gone in the middle of its upload. */
  function breakOff(member: Member, report: Month['reports'][number], random: Random): Promise<void> {
    promised.abortedUploads += 1;
    const head = `--edge\r\ncontent-disposition: form-data; name="files"; filename="gone-${report.name}"\r\n\r\n`;
    return new Promise((resolve) => {
      const sent = request(`${member.url}/api/v1/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token()}`,
          'content-type': 'multipart/form-data; boundary=edge',
          'content-length': report.content.length + 1_000,
        },
      });
      sent.on('error', () => resolve());
      sent.on('close', () => resolve());
      sent.write(head);
      sent.write(report.content.subarray(0, random.int(1, report.content.length)));
      setTimeout(() => sent.destroy(), random.int(0, 300));
    });
  }

  const running = Array.from({ length: COUNT }, (_, index) => client(createRandom(seed + 1_000 * (index + 1))));
  return {
    promised,
    finish: async () => {
      isOver = true;
      await Promise.all(running);
    },
  };
}
