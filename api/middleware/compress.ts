import compression from 'compression';
import type { RequestHandler } from 'express';

/** Below this a packet more or less makes no difference. */
export const FROM_BYTES = 1_400;

/**
 * Compresses the page and JSON answers for a phone on a slow network. Left as they are: live events, which must not
 * wait in a buffer; whatever is downloaded, whose bytes and length are promised; and answers of /auth, since
 * compressing a secret beside what a stranger chose tells its length.
 */
export function compressAnswers(): RequestHandler {
  return compression({
    threshold: FROM_BYTES,
    filter(request, response) {
      if (request.path.startsWith('/api/v1/auth') || response.hasHeader('Content-Disposition')) return false;
      const type = String(response.getHeader('Content-Type') ?? '');
      return (
        type.startsWith('application/json') ||
        /^(text\/(html|javascript|css)|image\/svg\+xml|application\/javascript)/.test(type)
      );
    },
  });
}
