const MAX_NAME_BYTES = 255;
const FALLBACK = 'file';

/**
 * Control and format characters (line feeds, bidi overrides, zero-width joints, BOM), line separators and lone
 * surrogates.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A sender's file name as it may be shown: NFC, the last part of a path, nothing that acts, 255 bytes of UTF-8 at most
 * with its ending kept. It is only ever shown: never a path, a log line or a header as it is.
 */
export function cleanFileName(sent: string): string {
  const lastPart = sent.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = lastPart.replace(UNSAFE, '').trim();
  if (name === '' || /^\.+$/.test(name)) return FALLBACK;
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? '';
  return cutToBytes(name.slice(0, name.length - ending.length), MAX_NAME_BYTES - Buffer.byteLength(ending)) + ending;
}

/** The first characters that fit into so many bytes of UTF-8. */
export function cutToBytes(text: string, maxBytes: number): string {
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    cut += character;
  }
  return cut;
}

/** Content-Disposition of a download (RFC 6266): an ASCII name for old clients and the real one, encoded. */
export function attachmentHeader(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%;]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
