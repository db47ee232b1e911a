/** Messages with attachments, as a mail program writes them. */
import { MAIL_USER } from './dovecot.ts';

/** One attachment. */
export interface LetterPart {
  type: string;
  name?: string;
  disposition?: string;
  bytes: Uint8Array;
}

interface Letter {
  subject: string;
  from?: string;
  headers?: readonly string[];
  parts?: readonly LetterPart[];
  id?: string;
}

/** A message as a mail program writes it. */
export function letter({
  subject,
  from = 'Buh <buh@sender.test>',
  headers = [],
  parts = [],
  id = subject,
}: Letter): string {
  const written = parts.map(({ type, name, disposition = 'attachment', bytes }) => {
    const encoded = name === undefined ? '' : `; filename*=utf-8''${encodeURIComponent(name)}`;
    const body = Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n');
    return (
      `--b\r\nContent-Type: ${type}\r\nContent-Disposition: ${disposition}${encoded}\r\nContent-Transfer-Encoding: ` +
      `base64\r\n\r\n${body}\r\n`
    );
  });
  return [
    ...headers,
    `From: ${from}`,
    `To: ${MAIL_USER}`,
    `Subject: ${subject}`,
    `Message-ID: <${encodeURIComponent(id)}@sender.test>`,
    'Date: Fri, 06 Jun 2025 10:00:00 +0500',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b',
    '',
    `--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n${written.join('')}--b--\r\n`,
  ].join('\r\n');
}
