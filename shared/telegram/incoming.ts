/** What a handler of an update is given, and how it answers. */
import type { Cache } from '../cache/cache.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Config } from '../config.ts';
import type { Db } from '../db/client.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Logger } from '../logger.ts';
import type { Dispatcher } from '../queue/dispatcher.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { Uploads } from '../uploads/uploads.ts';
import { reaches, type Role } from '../auth/principal.ts';
import type { User } from '../auth/users.ts';
import type { BotApi } from './bot-api.ts';
import { type MessageBody, putMessage } from './messages.ts';
import type { ChatPerson } from './people.ts';
import { roleWord, say } from './say.ts';

export interface BotDeps {
  db: Db;
  /** for figures over many orders; a statement has its limit */
  reads: Db;
  config: Config;
  version: string;
  cache: Cache;
  store: FileStore;
  dispatcher: Pick<Dispatcher, 'dispatch'>;
  uploads: Uploads;
  accounts: Accounts;
  limits: Pick<RateLimits, 'takeUser' | 'takeAnonymous'>;
  api: BotApi;
  logger: Logger;
}

/** One update of one person, in the chat that they have with the bot. */
export interface Incoming {
  deps: BotDeps;
  person: ChatPerson;
  botId: string;
  chatId: string;
  /** of the update: what follows from it has names that begin so, and is there once however often it is worked off */
  key: string;
  requestId: string;
  /** the Telegram id, as the audit log shows where a deed came from */
  address: string;
  reply(body: MessageBody): Promise<void>;
}

/** An update of somebody who is approved. */
export interface KnownIncoming extends Incoming {
  user: User;
}

export function createReply({ db }: BotDeps, key: string, chatId: string): Incoming['reply'] {
  let count = 0;
  return async (body) => {
    count += 1;
    await putMessage(db, { key: `${key}:${count}`, chatId, ...body });
  };
}

/** Whether they may; says so when they may not. */
export async function mayUse({ user, person, reply }: KnownIncoming, needed: Role): Promise<boolean> {
  if (reaches(user.role, needed)) return true;
  await reply({ text: say('not_allowed', person.lang, { role: roleWord(needed, person.lang) }) });
  return false;
}

/** Where the page is, or null. */
export const pageUrl = (config: Config, path: string): string | null =>
  config.publicUrl === null ? null : `${config.publicUrl.replace(/\/$/, '')}${path}`;
