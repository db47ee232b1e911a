/** A person with a Telegram client, in their chat with the bot. */
import { eventually } from '../eventually.ts';
import type { BotApiStandIn, SentMessage } from './stand-in.ts';
import { shownText } from './rules.ts';

export interface Chat {
  id: number;
  say(text: string): Promise<void>;
  /** one message a file; an album where there are several */
  send(files: readonly { name: string; content: Uint8Array; sizeBytes?: number }[], album?: string): Promise<void>;
  /** @param words of the button, on the newest message that has one */
  press(words: string | RegExp): Promise<string>;
  pressData(data: string): Promise<string>;
  /** @returns the name of the press, under which its answer stands if there is one */
  pressUnheard(data: string): Promise<string>;
  /** the newest message whose text is so, within a minute */
  hears(pattern: RegExp): Promise<SentMessage>;
  heard(): string[];
}

let nextMessage = 1;
let nextQuery = 1;

export function openChat(
  api: BotApiStandIn,
  id: number,
  { name = `Person ${id}`, username, lang = 'ru' }: { name?: string; username?: string; lang?: string } = {},
): Chat {
  const from = {
    id,
    is_bot: false,
    first_name: name,
    language_code: lang,
    ...(username === undefined ? {} : { username }),
  };
  const chat = { id, type: 'private', first_name: name };
  const message = (rest: Record<string, unknown>) =>
    api.push({ message: { message_id: 100_000 + nextMessage++, date: 1, chat, from, ...rest } });

  async function pressUnheard(data: string, on?: SentMessage): Promise<string> {
    const query = `query-${nextQuery++}`;
    await api.push({
      callback_query: {
        id: query,
        from,
        chat_instance: '1',
        data,
        message: { message_id: on?.messageId ?? 1, date: 1, chat, text: on?.text ?? '' },
      },
    });
    return query;
  }

  async function pressData(data: string, on?: SentMessage): Promise<string> {
    const query = await pressUnheard(data, on);
    return eventually(
      () => {
        const answer = api.answers.get(query);
        if (answer === undefined) throw new Error(`nobody answered the press of ${data}`);
        return answer;
      },
      { timeoutMs: 60_000 },
    );
  }

  return {
    id,
    say: async (text) => void (await message({ text })),
    async send(files, album) {
      const group = album ?? (files.length > 1 ? `album-${nextMessage}` : undefined);
      await Promise.all(
        files.map(({ name: file_name, content, sizeBytes }) =>
          message({
            ...(group === undefined ? {} : { media_group_id: group }),
            document: {
              file_id: api.addFile(content),
              file_unique_id: 'u',
              file_name,
              file_size: sizeBytes ?? content.length,
            },
          }),
        ),
      );
    },
    pressData: (data) => pressData(data),
    pressUnheard: (data) => pressUnheard(data),
    async press(words) {
      const [on, data] = await eventually(
        () => {
          for (const sent of api.messagesOf(id).toReversed()) {
            const button = sent.keyboard
              .flat()
              .find(({ text }) => (typeof words === 'string' ? text === words : words.test(text)));
            if (button?.callback_data !== undefined) return [sent, button.callback_data] as const;
          }
          throw new Error(`no button ${String(words)} in ${JSON.stringify(api.messagesOf(id))}`);
        },
        { timeoutMs: 60_000 },
      );
      return pressData(data, on);
    },
    hears: (pattern) =>
      eventually(
        () => {
          const found = api.messagesOf(id).findLast(({ text }) => pattern.test(shownText(text)));
          if (found === undefined)
            throw new Error(
              `${id} did not hear ${String(pattern)}, but ` +
                `${JSON.stringify(api.messagesOf(id).map(({ text }) => text))}`,
            );
          return found;
        },
        { timeoutMs: 60_000 },
      ),
    heard: () => api.messagesOf(id).map(({ text }) => shownText(text)),
  };
}
