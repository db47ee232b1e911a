import { ApiError, type ApiClient } from './client.ts';
import { nameFrom } from './content-disposition.ts';

/**
 * Saves what an authorised path gives. Where the server makes single-use links the browser fetches by itself, with its own progress;
 * otherwise the answer is taken into memory first (reports and error tables, which are small).
 */
export async function download(api: ApiClient, path: string, fallbackName: string): Promise<void> {
  try {
    const { url } = await api.post<{ url: string }>('/downloads', { path: `/api/v1${path}` });
    save(url, '');
    return;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
  }
  const response = await api.open(path);
  const url = URL.createObjectURL(await response.blob());
  save(url, nameFrom(response.headers.get('Content-Disposition')) ?? fallbackName);
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function save(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
