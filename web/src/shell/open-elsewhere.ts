/**
 * Another page of the server under its own cookie. The window opens before the wait, or browsers would block it.
 *
 * @param prepare makes the cookie; what it throws is thrown, and no window stays
 */
export async function openElsewhere(name: string, path: string, prepare: () => Promise<unknown>): Promise<void> {
  const page = window.open('about:blank', name);
  try {
    await prepare();
  } catch (error) {
    page?.close();
    throw error;
  }
  if (page) page.location.href = path;
  else location.href = path;
}
