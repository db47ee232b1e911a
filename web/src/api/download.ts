import type { ApiClient } from './client.ts';

/**
 * Has the browser fetch what an authorised path gives, by a single-use link: nothing passes through the page's memory,
 * and the browser shows its own progress.
 */
export async function download(api: ApiClient, path: string): Promise<void> {
  const { url } = await api.post('/downloads', { path });
  const link = document.createElement('a');
  link.href = url;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
