/**
 * What `bench -- web` runs inside the page, before anything else: notes when the first number of the home screen is painted and the longest
 * task, and changes filters. A script of its own, since only the browser has these names.
 */
let tellShown;
globalThis.benchPage = {
  /** resolves with when the first number of the home screen was painted, ms since the page was asked for */
  shown: new Promise((resolve) => (tellShown = resolve)),
  longestTaskMs: 0,

  frame: () => new Promise((resolve) => requestAnimationFrame(resolve)),

  /** Bytes of script that came over the wire. */
  scriptBytes: () =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => new URL(entry.name).pathname.endsWith('.js'))
      .reduce((sum, entry) => sum + entry.encodedBodySize, 0),

  /** Changes the address as a click on a filter does, and waits until what belongs to it is painted. */
  async changeFilter(query) {
    const { frame } = globalThis.benchPage;
    const startedAt = performance.now();
    history.pushState({}, '', `/orders?${query}`);
    dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    await frame();
    await frame();
    const painted = async (selector) => {
      while (document.querySelector(selector) !== null) await frame();
      return performance.now() - startedAt;
    };
    const [rowsMs, totalsMs] = await Promise.all([
      painted('.page > .stale, .page > .skeleton'),
      painted('.totals.stale'),
    ]);
    return { rowsMs, totalsMs };
  },

  rowsScrolledPast: () => Math.round(scrollY / 41),
};

new MutationObserver((_changes, observer) => {
  if (document.querySelector('main a.line b') === null) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => tellShown(performance.now())));
}).observe(document, { childList: true, subtree: true });

new PerformanceObserver((list) => {
  for (const entry of list.getEntries())
    globalThis.benchPage.longestTaskMs = Math.max(globalThis.benchPage.longestTaskMs, entry.duration);
}).observe({ type: 'longtask', buffered: true });
