/** When a page last asked for a new token and has not had its answer; a time, no secret. */
const askedKey = 'vhm24r.refresh-asked';
/** An answer on its way to a page that was left brings its cookie within this. */
const answerWithinMs = 1_500;

/**
 * Tabs share the refresh cookie, and a rotated one shown too often looks stolen to the server: one tab asks at a time.
 * A page that is left in the middle gives its place up at once, while its answer is still on the way: whoever comes
 * next waits for that cookie.
 */
export async function askInLine<T>(storage: Storage, ask: () => Promise<T>): Promise<T> {
  const asked = async (): Promise<T> => {
    const sinceMs = Date.now() - Number(storage.getItem(askedKey) ?? 0);
    const leftMs = answerWithinMs - sinceMs;
    if (sinceMs >= 0 && leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
    storage.setItem(askedKey, String(Date.now()));
    try {
      return await ask();
    } finally {
      storage.removeItem(askedKey);
    }
  };
  return 'locks' in navigator ? navigator.locks.request('vhm24r-refresh', asked) : asked();
}
