/** Hashes a file off the page's thread. One at a time: a whole file is in memory while it is hashed. */
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<{ id: number; file: File }>) => void) | null;
  postMessage(value: unknown): void;
};

async function hash(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

let last: Promise<void> = Promise.resolve();

scope.onmessage = (event) => {
  const { id, file } = event.data;
  last = last.then(async () => {
    try {
      scope.postMessage({ id, sha256: await hash(file) });
    } catch {
      scope.postMessage({ id, sha256: null });
    }
  });
};
