/**
 * How one process tells the others what it dropped: bentocache's Redis bus. Left to itself it makes two connections
 * with `duplicate()`, hears no errors on them, and with Redis absent at the start either never hears again or hangs. So
 * it is given a connection whose `duplicate` hands out what we want: first a publisher that goes through our handle
 * (fails fast, has a deadline), then the patient subscriber itself.
 */
import { redisBusDriver } from 'bentocache/drivers/redis';
import type { Redis } from 'ioredis';
import { createRedisConnection } from '../redis/connections.ts';
import type { RedisHandle } from '../redis/redis.ts';

export interface InvalidationBus {
  driver: ReturnType<typeof redisBusDriver>;
  close(): void;
}

/** @param onGap messages may have been missed: the line was down */
export function createInvalidationBus(url: string, redis: RedisHandle, onGap: () => void): InvalidationBus {
  const subscriber = createRedisConnection(url, { kind: 'patient' });
  subscriber.on('ready', onGap);
  const subscribe = subscriber.subscribe.bind(subscriber) as (...channels: string[]) => Promise<unknown>;
  // nobody awaits this in the library; it is refused only when the line is closed for good
  subscriber.subscribe = ((...channels: string[]) => subscribe(...channels).catch(() => 0)) as Redis['subscribe'];
  // `quit` would wait for a Redis that is away
  subscriber.quit = (async () => {
    subscriber.disconnect();
    return 'OK';
  }) as Redis['quit'];
  const publisher = {
    publish: (channel: string, message: Buffer) => redis.run((client) => client.publish(channel, message)),
    quit: async () => 'OK',
  };
  const handedOut = [publisher as unknown as Redis, subscriber];
  subscriber.duplicate = () => handedOut.shift() ?? subscriber;
  return {
    // messages are not kept for later: who missed some drops everything when the line is back
    driver: redisBusDriver({ connection: subscriber, retryQueue: { enabled: false } }),
    close: () => subscriber.disconnect(),
  };
}
