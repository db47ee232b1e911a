import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

interface AxeViolation {
  id: string;
  nodes: { html: string; any: { message: string }[] }[];
}

/** A real Chromium for one test file; every page it opens keeps what went wrong in it. */
export interface TestBrowser {
  openPage(options?: PageOptions): Promise<TestPage>;
  close(): Promise<void>;
}

export interface PageOptions {
  width?: number;
  height?: number;
  dark?: boolean;
  language?: 'ru' | 'uz' | 'en';
  /** A context of an earlier page, for a second tab of the same person. */
  context?: BrowserContext;
}

export interface TestPage {
  page: Page;
  context: BrowserContext;
  /** Errors of scripts, refusals of the content policy, and console errors other than an expected HTTP status. */
  faults: string[];
  close(): Promise<void>;
}

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function openBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: browsers.find((path) => existsSync(path)),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  return {
    async openPage({ width = 1280, height = 860, dark = false, language = 'ru', context: shared } = {}) {
      const context =
        shared ??
        (await browser.newContext({
          viewport: { width, height },
          colorScheme: dark ? 'dark' : 'light',
          reducedMotion: 'reduce',
          locale: 'ru-RU',
        }));
      // As a string: this file is checked without the types of a browser.
      if (!shared)
        await context.addInitScript(
          `localStorage.getItem('vhm24r.language') ?? localStorage.setItem('vhm24r.language', '${language}')`,
        );
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
      page.on('console', (message) => {
        // An answer with an error status is reported too; whether it is right is for the test to say.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
          faults.push(`console: ${message.text()}`);
      });
      return { page, context, faults, close: () => (shared ? page.close() : context.close()) };
    },
    close: () => browser.close(),
  };
}

/** What axe finds on the page as it stands, one line a violation. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const violations = await page.evaluate<AxeViolation[]>(
    `axe.run(document, ${JSON.stringify({ runOnly: rules })}).then((found) => found.violations)`,
  );
  return violations.map(
    ({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.any[0]?.message ?? ''}`,
  );
}

/** What sticks out to the right of the window, innermost elements, when it can be scrolled there; at most five. */
export function overflows(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    if (document.documentElement.scrollWidth <= innerWidth + 1) return [];
    const isWide = (one) => one.getBoundingClientRect().right > innerWidth + 1;
    const wide = [...document.body.querySelectorAll('*')].filter(isWide);
    return wide
      .filter((one) => !wide.some((other) => other !== one && one.contains(other)))
      .slice(0, 5)
      .map((one) => one.outerHTML.slice(0, 200) + ' in ' + one.parentElement.className);
  })()`);
}
