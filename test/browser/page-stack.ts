import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { createApiClient, type ApiClient } from '../../scripts/api-client.ts';
import { ensureBuilt } from '../../scripts/build.ts';
import { loadExamples } from '../../scripts/demo/examples.ts';
import { createTestDatabase } from '../support/postgres.ts';
import { startApi, startWorker, TEST_ADMIN, type TestService } from '../support/processes.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { openBrowser, type PageOptions, type TestPage } from './open-browser.ts';

export const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

interface Truth {
  orders: Record<string, { status: string }>;
}

/** The whole product as its services run it, with a database and a Redis of its own, and a browser before it. */
export interface PageStack {
  url: string;
  api: TestService;
  redis: TestRedis;
  /** What the examples come to. */
  truth: Truth;
  /** Paths of the six reports. */
  reports: string[];
  client(): Promise<ApiClient>;
  /** The six reports are loaded afterwards, whoever sent them. */
  haveReports(): Promise<void>;
  open(options?: PageOptions): Promise<TestPage>;
  signIn(page: Page, path?: string): Promise<void>;
  signedIn(path?: string, options?: PageOptions): Promise<TestPage>;
  /** For `afterEach`. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export interface PageStackOptions {
  /** The six reports are loaded already. */
  withExamples: boolean;
  /** Settings of the worker beside the usual ones. */
  workerEnv?: Record<string, string>;
  /** Settings of the api beside the usual ones. */
  apiEnv?: Record<string, string>;
}

/** What does not come up whole leaves nothing running. */
export async function openPageStack(options: PageStackOptions): Promise<PageStack> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    return await open(options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  { withExamples, workerEnv, apiEnv }: PageStackOptions,
  closers: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<PageStack> {
  ensureBuilt({ only: ['page', 'services'] });
  const database = await createTestDatabase();
  closers.push(() => database.drop());
  const redis = await startRedis();
  closers.push(() => redis.stop());
  const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, STORAGE_URL: 'postgres:' };
  const browser = await openBrowser();
  closers.push(() => browser.close());
  const api = await startApi({ ...env, ...apiEnv });
  closers.push(() => api.stop());
  const worker = await startWorker({ ...env, ...workerEnv });
  closers.push(() => worker.stop());
  const truth = JSON.parse(await readFile(`${EXAMPLES}truth.json`, 'utf8')) as Truth;
  const reports = (await readdir(EXAMPLES)).filter((name) => /\.(csv|xlsx)$/.test(name)).map((name) => EXAMPLES + name);
  const opened: TestPage[] = [];

  async function client(): Promise<ApiClient> {
    const made = createApiClient(api.url);
    await made.login(TEST_ADMIN.email, TEST_ADMIN.password);
    return made;
  }

  async function openPage(options: PageOptions = {}): Promise<TestPage> {
    const test = await browser.openPage(options);
    opened.push(test);
    return test;
  }

  async function signIn(page: Page, path = '/'): Promise<void> {
    await page.goto(api.url + path);
    await page.locator('#email').fill(TEST_ADMIN.email);
    await page.locator('#password').fill(TEST_ADMIN.password);
    await page.locator('button[type=submit]').click();
    await page.locator('main#content').waitFor();
  }

  async function haveReports(): Promise<void> {
    assert.equal((await loadExamples(await client(), EXAMPLES)).status, 'completed');
  }

  if (withExamples) await haveReports();
  return {
    url: api.url,
    api,
    redis,
    truth,
    reports,
    client,
    haveReports,
    open: openPage,
    signIn,
    async signedIn(path = '/', options = {}) {
      const test = await openPage(options);
      await signIn(test.page, path);
      return test;
    },
    async closePages() {
      for (const { close } of opened.splice(0)) await close();
    },
    close,
  };
}

/** Chooses files as with the button of the upload page. */
export const chooseFiles = (page: Page, files: Parameters<Page['setInputFiles']>[1]): Promise<void> =>
  page.locator('[data-test=file-picker]').setInputFiles(files);

export const heading = (page: Page): Locator => page.locator('h1').first();

/** A report of one order that no other test has sent. */
export async function oneMoreOrder(mark = 'aaaa'): Promise<string> {
  const [header, row = ''] = (await readFile(`${EXAMPLES}happy_workers.csv`, 'utf8')).split('\n');
  return `${header}\n${row.replace(/^ff0000\w{4}/, `ff0000${mark}`)}\n`;
}

/** A long report whose orders no other test has sent: the same sale again and again, each under a number of its own. */
export async function manyOrders(count: number, mark: string): Promise<string> {
  const [header = '', row = ''] = (await readFile(`${EXAMPLES}happy_workers.csv`, 'utf8')).split('\n');
  const rows = Array.from({ length: count }, (_none, at) =>
    row.replace(/^ff0000\w{4}/, `ff0${mark}${at.toString(16).padStart(6, '0')}`),
  );
  return `${[header, ...rows].join('\n')}\n`;
}
