/** What the documentation of the Bot API says of the requests that the bot makes; a breach is a fault of the bot's. */

/** Fields by method; `!` = required. */
const FIELDS: Record<string, readonly string[]> = {
  getMe: [],
  getWebhookInfo: [],
  deleteWebhook: ['drop_pending_updates'],
  setWebhook: ['url!', 'secret_token', 'allowed_updates', 'max_connections', 'drop_pending_updates'],
  getUpdates: ['offset', 'limit', 'timeout', 'allowed_updates'],
  sendMessage: ['chat_id!', 'text!', 'parse_mode', 'link_preview_options', 'reply_markup', 'disable_notification'],
  editMessageText: ['chat_id!', 'message_id!', 'text!', 'parse_mode', 'link_preview_options', 'reply_markup'],
  sendDocument: ['chat_id!', 'document!', 'caption', 'parse_mode'],
  getFile: ['file_id!'],
  answerCallbackQuery: ['callback_query_id!', 'text', 'show_alert', 'cache_time'],
};
const TAGS = new Set(['b', 'i', 'u', 's', 'a', 'code', 'pre', 'blockquote']);

export interface Keyboard {
  inline_keyboard: { text: string; callback_data?: string; url?: string }[][];
}

/** The text as a person sees it, without its markup. */
export const shownText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const ADDRESSES = /https?:\/\/\S+|\b[a-z0-9-]+\.(?:com|org|uz|ru|me|xlsx?)\b/u;
const SIGNS = /@[a-z0-9_]{3,}|(?<![\w/])\/[a-z0-9_]+|#[\p{L}\d_]+|\+?\d{11,}/u;
const ACTIVE = new RegExp(`${ADDRESSES.source}|${SIGNS.source}`, 'giu');

/** Whatever of the shown text a client makes active by itself: mentions, addresses, commands, tags. */
export const activeParts = (html: string): string[] =>
  [...shownText(html.replace(/<a [^>]*>[\s\S]*?<\/a>/g, ' ')).matchAll(ACTIVE)].map(([part]) => part);

/** @returns what is wrong with a request */
export function breaches(method: string, given: Record<string, unknown>): string[] {
  const fields = FIELDS[method];
  if (fields === undefined) return [`no method ${method}`];
  const found: string[] = [];
  const known = fields.map((field) => field.replace('!', ''));
  for (const name of Object.keys(given)) if (!known.includes(name)) found.push(`${method}: no field ${name}`);
  for (const field of fields)
    if (field.endsWith('!') && given[field.slice(0, -1)] === undefined) found.push(`${method}: ${field} is missing`);
  if (typeof given['text'] === 'string') found.push(...textBreaches(method, given['text'], given['parse_mode']));
  if (given['reply_markup'] !== undefined) found.push(...keyboardBreaches(given['reply_markup'] as Keyboard));
  if (method === 'setWebhook' && !String(given['url']).startsWith('https:')) found.push('setWebhook: not https');
  if (method === 'setWebhook' && !/^[A-Za-z0-9_-]{1,256}$/.test(String(given['secret_token'])))
    found.push('setWebhook: secret_token');
  return found;
}

function textBreaches(method: string, text: string, mode: unknown): string[] {
  const found: string[] = [];
  const longest = method === 'answerCallbackQuery' ? 200 : 4_096;
  if (shownText(text).length > longest) found.push(`${method}: text of ${shownText(text).length}`);
  if (text === '' && method !== 'answerCallbackQuery') found.push(`${method}: empty text`);
  if (mode !== 'HTML') return found;
  const open: string[] = [];
  for (const [whole, closing, tag = ''] of text.matchAll(/<(\/?)([a-z0-9]*)[^>]*>/gi)) {
    if (!TAGS.has(tag)) found.push(`${method}: tag ${whole}`);
    if (closing === '') open.push(tag);
    else if (open.pop() !== tag) found.push(`${method}: ${whole} closes nothing`);
  }
  if (open.length > 0) found.push(`${method}: <${open[0]}> stays open`);
  if (/[<>]/.test(text.replace(/<\/?[a-z]+(?: href="[^"<>]*")?>/g, ''))) found.push(`${method}: a bare bracket`);
  if (/&(?!lt;|gt;|amp;|quot;)/.test(text)) found.push(`${method}: a bare ampersand`);
  return found;
}

function keyboardBreaches({ inline_keyboard: rows }: Keyboard): string[] {
  const found: string[] = [];
  for (const button of rows.flat()) {
    const bytes = Buffer.byteLength(button.callback_data ?? '');
    if (button.url === undefined && (bytes < 1 || bytes > 64))
      found.push(`button "${button.text}": data of ${bytes} bytes`);
    if (button.text === '') found.push('a button without words');
  }
  return found;
}
