/** Why a file cannot be taken back now. */
export const undo = {
  has_correction: {
    text: 'A correction of this file was loaded: {name}',
    hint: 'Undo the correction first, then the file.',
  },
  still_processing: { text: 'The file {name} is still being processed', hint: 'Wait until it has ended, or stop it.' },
  bytes_missing: {
    text: 'The file {name} must be read again, but its bytes are not in the store',
    hint: 'Bring the store back (the volume, or STORAGE_URL) and undo again. Nothing was changed.',
  },
  internal: { text: 'Undoing failed over an internal error', hint: 'Tell the administrator. The import is as it was.' },
};
