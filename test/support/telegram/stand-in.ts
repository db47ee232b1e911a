/** A Bot API over HTTP, as faithful as the bot needs it, which misbehaves when it is told to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { breaches, type Keyboard } from './rules.ts';

const MAX_SERVED = 20 * 1024 * 1024;
/** A burst of so many to a chat, then one a second; thirty a second altogether. */
const CHAT_BURST = 5;
const ALL_PER_SECOND = 30;

export interface SentMessage {
  messageId: number;
  chatId: number;
  text: string;
  keyboard: Keyboard['inline_keyboard'];
  edits: number;
  /** came without a sound */
  silent: boolean;
  document?: { name: string; bytes: Buffer };
}

interface Call {
  method: string;
  given: Record<string, unknown>;
}

/** What a test lets go wrong. */
export interface Mischief {
  /** it happened, and nobody hears so */
  loseAnswer?(call: Call): boolean;
  /** 429, with so many seconds */
  retryAfter?(call: Call): number | null;
  /** the update is delivered so many times more */
  repeats?(): number;
  /** the file begins to come and never ends */
  hangDownload?(path: string): boolean;
  /** ms that an update is held back, so that later ones come before it */
  delay?(): number;
}

export interface BotApiStandIn {
  root: string;
  token: string;
  mischief: Mischief;
  /** requests that the documentation does not allow */
  breaches: string[];
  /** requests that came faster than Telegram takes them */
  tooFast: number;
  messages: SentMessage[];
  answers: Map<string, string>;
  /** what getUpdates was asked from; null = from the beginning */
  offsets: (number | null)[];
  /** askers of getUpdates who were turned away because of another one */
  conflicts: number;
  blocked: Set<number>;
  calls: Map<string, number>;
  webhook: { url: string; secret: string } | null;
  /** where the webhook's address really is; several = each delivery goes to another */
  deliverTo: string[];
  /** resolves when it is delivered at least once (webhook), or queued (polling) */
  push(update: Record<string, unknown>): Promise<number>;
  readonly lastUpdateId: number;
  /** updates are numbered anew from here, as Telegram does after a week without any */
  restartNumbersAt(id: number): void;
  addFile(bytes: Uint8Array): string;
  /** what is behind a path of getFile */
  fileOf(path: string): Buffer;
  messagesOf(chatId: number): SentMessage[];
  close(): Promise<void>;
}

class Refusal extends Error {
  readonly status: number;
  readonly parameters: Record<string, unknown>;
  constructor(status: number, description: string, parameters: Record<string, unknown> = {}) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

export async function openBotApi(token = '4242:AAF-test-token-of-the-stand-in-000000'): Promise<BotApiStandIn> {
  const files = new Map<string, Uint8Array>();
  const pending: { update_id: number }[] = [];
  const turns = new Map<number, number[]>();
  let nextUpdate = 1_000;
  let nextMessage = 1;
  let wake: () => void = () => undefined;
  let closed = false;
  let latestAsker = 0;
  /** deliveries at the same time: as many as setWebhook allows */
  let connections = 40;
  const waiting: (() => void)[] = [];

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: BotApiStandIn = {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    mischief: {},
    breaches: [],
    tooFast: 0,
    messages: [],
    answers: new Map(),
    offsets: [],
    conflicts: 0,
    blocked: new Set(),
    calls: new Map(),
    webhook: null,
    deliverTo: [],
    async push(update) {
      const id = nextUpdate++;
      const whole = { update_id: id, ...update };
      if (api.webhook === null) {
        pending.push(whole);
        wake();
        return id;
      }
      const times = 1 + (api.mischief.repeats?.() ?? 0);
      const first = deliver(whole, api.mischief.delay?.() ?? 0);
      for (let more = 1; more < times; more++) void deliver(whole, api.mischief.delay?.() ?? 0).catch(() => undefined);
      await first;
      return id;
    },
    get lastUpdateId() {
      return nextUpdate - 1;
    },
    restartNumbersAt(id) {
      nextUpdate = id;
    },
    addFile(bytes) {
      const id = `file-${files.size + 1}`;
      files.set(id, bytes);
      return id;
    },
    fileOf: (path) => Buffer.from(files.get(path.replace('documents/', '')) ?? []),
    messagesOf: (chatId) => api.messages.filter((message) => message.chatId === chatId),
    async close() {
      closed = true;
      wake();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };

  /** As Telegram does: again until it is answered with 2xx. */
  async function deliver(update: { update_id: number }, delayMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (connections > 0) connections -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      await deliverNow(update);
    } finally {
      const next = waiting.shift();
      if (next === undefined) connections += 1;
      else next();
    }
  }

  async function deliverNow(update: { update_id: number }): Promise<void> {
    for (let round = 0; !closed; round++) {
      const base = api.deliverTo[(update.update_id + round) % api.deliverTo.length];
      const path = new URL(api.webhook?.url ?? '').pathname;
      const response = await fetch(`${base}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-telegram-bot-api-secret-token': api.webhook?.secret ?? '',
        },
        body: JSON.stringify(update),
        signal: AbortSignal.timeout(20_000),
      }).catch(() => null);
      await response?.body?.cancel();
      if (response?.ok === true) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', api.root);
    const file = new RegExp(`^/file/bot${token}/(.+)$`).exec(pathname)?.[1];
    if (file !== undefined) return serve(decodeURIComponent(file), response);
    const method = new RegExp(`^/bot${token}/(\\w+)$`).exec(pathname)?.[1];
    const given = await read(request);
    if (method === undefined) return send(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
    api.calls.set(method, (api.calls.get(method) ?? 0) + 1);
    api.breaches.push(...breaches(method, given));
    const call = { method, given };
    try {
      const seconds = api.mischief.retryAfter?.(call) ?? null;
      if (seconds !== null)
        throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
      const result = await run(call, () => response.destroyed);
      // it was done; only nobody hears of it
      if (api.mischief.loseAnswer?.(call) === true) return void response.destroy();
      send(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, message: description, parameters } = error;
      send(response, status, { ok: false, error_code: status, description, parameters });
    }
  }

  function serve(path: string, response: ServerResponse): void {
    const bytes = files.get(path.replace('documents/', ''));
    if (api.mischief.loseAnswer?.({ method: 'download', given: { path } }) === true) {
      response.writeHead(200, { 'content-length': String((bytes?.length ?? 0) + 1) });
      response.write(bytes?.subarray(0, 10) ?? '');
      setTimeout(() => response.destroy(), 20);
      return;
    }
    if (api.mischief.hangDownload?.(path) === true) {
      response.writeHead(200, { 'content-length': String(bytes?.length ?? 1) }).flushHeaders();
      return;
    }
    if (bytes === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-length': String(bytes.length) }).end(bytes);
  }

  async function run({ method, given }: Call, isGone: () => boolean): Promise<unknown> {
    switch (method) {
      case 'getMe':
        return { id: 4242, is_bot: true, first_name: 'VHM24R', username: 'vhm24r_test_bot' };
      case 'setWebhook':
        api.webhook = { url: String(given['url']), secret: String(given['secret_token']) };
        connections = Number(given['max_connections'] ?? 40);
        return true;
      case 'deleteWebhook':
        api.webhook = null;
        return true;
      case 'getWebhookInfo':
        return { url: api.webhook?.url ?? '', has_custom_certificate: false, pending_update_count: pending.length };
      case 'getUpdates':
        return poll(given, isGone);
      case 'answerCallbackQuery':
        api.answers.set(String(given['callback_query_id']), wordsIn(given['text']));
        return true;
      case 'getFile': {
        const bytes = files.get(String(given['file_id']));
        if (bytes === undefined) throw new Refusal(400, 'Bad Request: invalid file_id');
        if (bytes.length > MAX_SERVED) throw new Refusal(400, 'Bad Request: file is too big');
        return { file_id: given['file_id'], file_unique_id: 'u', file_path: `documents/${String(given['file_id'])}` };
      }
      default:
        return write(method, given);
    }
  }

  async function poll(given: Record<string, unknown>, isGone: () => boolean): Promise<unknown> {
    if (api.webhook !== null) throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    const offset = Number(given['offset'] ?? 0);
    api.offsets.push(given['offset'] === undefined ? null : offset);
    // as Telegram does: the later asker ends the earlier one
    latestAsker += 1;
    const mine = latestAsker;
    wake();
    while (pending.length > 0 && (pending[0]?.update_id ?? 0) < offset) pending.shift();
    if (pending.length === 0 && !closed)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(Number(given['timeout'] ?? 0), 10) * 1_000);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    if (mine !== latestAsker && !closed) {
      if (!isGone()) api.conflicts += 1;
      throw new Refusal(409, 'Conflict: terminated by other getUpdates request');
    }
    return pending.slice(0, Number(given['limit'] ?? 100));
  }

  function write(method: string, given: Record<string, unknown>): unknown {
    const chatId = Number(given['chat_id']);
    if (api.blocked.has(chatId)) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    takeTurn(chatId);
    const keyboard = (given['reply_markup'] as Keyboard | undefined)?.inline_keyboard ?? [];
    const text = wordsIn(given['text'] ?? given['caption']);
    if (method === 'editMessageText') {
      const known = api.messages.find((one) => one.chatId === chatId && one.messageId === Number(given['message_id']));
      if (known === undefined) throw new Refusal(400, 'Bad Request: message to edit not found');
      if (known.text === text && JSON.stringify(known.keyboard) === JSON.stringify(keyboard))
        throw new Refusal(400, 'Bad Request: message is not modified: specified new message content is the same');
      Object.assign(known, { text, keyboard, edits: known.edits + 1 });
      return { message_id: known.messageId, date: 0, chat: { id: chatId, type: 'private' }, text };
    }
    const silent = given['disable_notification'] === true;
    const message: SentMessage = { messageId: nextMessage++, chatId, text, keyboard, edits: 0, silent };
    if (method === 'sendDocument') message.document = given['document'] as { name: string; bytes: Buffer };
    api.messages.push(message);
    return { message_id: message.messageId, date: 0, chat: { id: chatId, type: 'private' }, text };
  }

  function takeTurn(chatId: number): void {
    const now = performance.now();
    for (const [key, most, spanMs] of [
      [chatId, CHAT_BURST, CHAT_BURST * 1_000],
      [0, ALL_PER_SECOND, 1_000],
    ] as const) {
      const recent = (turns.get(key) ?? []).filter((at) => at > now - spanMs);
      turns.set(key, recent);
      if (recent.length >= most) {
        api.tooFast += 1;
        throw new Refusal(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
      }
      recent.push(now);
    }
  }

  return api;
}

const wordsIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** The fields of a request, JSON or multipart. */
async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/'))
    return body.length === 0 ? {} : (JSON.parse(body.toString()) as Record<string, unknown>);
  const given: Record<string, unknown> = {};
  const parts = multipart(body, /boundary="?([^";]+)/.exec(type)?.[1] ?? '');
  for (const [name, value] of parts) {
    // grammY names the part beside the field and points to it
    const attached = typeof value === 'string' && value.startsWith('attach://') ? parts.get(value.slice(9)) : undefined;
    if (attached !== undefined) given[name] = attached;
    else if (typeof value === 'string') given[name] = value;
  }
  return given;
}

/** Fields as text, files as their name and bytes. */
function multipart(body: Buffer, boundary: string): Map<string, unknown> {
  const parts = new Map<string, unknown>();
  // one byte is one character: what was bytes is bytes again
  for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const content = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1');
    const name = /[; ]name="?([^";\r]+)/i.exec(head)?.[1] ?? '';
    const fileName = /filename="?([^";\r]+)/i.exec(head)?.[1];
    parts.set(name, fileName === undefined ? content.toString() : { name: fileName, bytes: content });
  }
  return parts;
}
