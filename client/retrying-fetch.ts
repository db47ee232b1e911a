/** A fetch that comes again when the server asks for it: after 429, and after 503 where asking twice does no harm. */
import { AwayError } from './away-error.ts';

export interface RetryOptions {
  signal: AbortSignal;
  /** told before each wait */
  onWait?: (seconds: number) => void;
}

const ATTEMPTS = 6;
const LONGEST_WAIT_S = 60;
const ANSWER_LIMIT_MS = 120_000;

/** Rejects with AwayError when nobody answers, with AbortError when the signal is. */
export function createRetryingFetch({ signal, onWait }: RetryOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await once(request.clone(), signal);
      const again = response.status === 429 || (response.status === 503 && request.method === 'GET');
      if (!again || attempt === ATTEMPTS) return response;
      await response.body?.cancel();
      await comeAgain(response.headers.get('retry-after'), attempt, { signal, onWait });
    }
  };
}

async function once(request: Request, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]) });
  } catch (error) {
    signal.throwIfAborted();
    throw new AwayError('no answer', { cause: error });
  }
}

/** Waits as long as the server says, else longer each time: 1, 2, 4 … seconds, at most a minute. */
export async function comeAgain(
  retryAfter: string | null | undefined,
  attempt: number,
  { signal, onWait }: RetryOptions,
): Promise<void> {
  const said = Number(retryAfter ?? Number.NaN);
  const seconds = Math.min(LONGEST_WAIT_S, Number.isFinite(said) && said > 0 ? said : 2 ** (attempt - 1));
  onWait?.(seconds);
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, seconds * 1_000);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
