/** What the API answers where a request fails (api.md section 4). */
export const errors = {
  validation_failed: 'The request is not valid',
  unauthenticated: 'Sign in first',
  token_revoked: 'This sign-in was revoked, sign in again',
  forbidden: 'You are not allowed to do this',
  approval_pending: 'Your request waits for an administrator',
  order_undone: 'This order is gone: the import that brought it was undone',
  file_expired:
    'This file is no longer kept: it was not loaded, or its import was undone, and its time is over. Send it again',
  not_found: 'Not found',
  conflict: 'Not possible now: the state has changed',
  file_too_large: 'The file is larger than allowed: {maxMb} MB',
  too_many_files: 'Too many files at once: {maxFiles} are allowed',
  unsupported_media_type: 'Files are sent as multipart/form-data',
  rate_limited: 'Too many requests, try again in {retryAfterS}',
  internal: 'Internal error; quote the request id',
  service_unavailable: 'Temporarily unavailable, try again in {retryAfterS}',
};
