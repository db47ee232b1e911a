import { problem, rung, type CodeTable } from './entry.ts';

export const storageCodes = {
  'storage.address': rung,
  'storage.write_read': rung,
  'storage.shared': rung,
  'storage.url_invalid': problem('error', ["railway variables --set 'STORAGE_URL=postgres:'"]),
  'storage.not_writable': problem('error', ['ls -ld "${STORAGE_URL#file:}"']),
  'storage.full': problem('error', ['df -h']),
  'storage.bucket_denied': problem('error'),
  'storage.bucket_missing': problem('error'),
  'storage.refused': problem('error'),
  'storage.no_answer': problem('error'),
  'storage.server_error': problem('error'),
  'storage.not_shared': problem('error', [
    "railway variables --service api --set 'STORAGE_URL=postgres:'",
    "railway variables --service worker --set 'STORAGE_URL=postgres:'",
  ]),
  'storage.bytes_missing': problem('error', ['npm run restore']),
} as const satisfies CodeTable;
