import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';
import { ApiError, type ApiClient } from './client.ts';
import type { Role, SignedIn, User } from './types.ts';

const ranks: Record<Role, number> = { viewer: 0, operator: 1, finance: 2, admin: 3 };
/** Says only that a refresh is worth trying after a reload; holds no secret. */
const rememberedKey = 'vhm24r.signed-in';
/** Says only that the server has not heard of a sign-out yet. */
const leavingKey = 'vhm24r.signing-out';
/** A sign-out is told within a second and a half, or not at all. */
const LEAVE_MS = 5_000;

export interface Auth {
  user: ShallowRef<User | null>;
  signedIn: ComputedRef<boolean>;
  /** The last sign-in ended by itself (token ran out, revoked elsewhere), not by the user's wish. */
  expired: ShallowRef<boolean>;
  /** Somebody else has signed in in this browser, whose cookie is his now. */
  replaced: ShallowRef<boolean>;
  /** The sign-in could not be taken up again because the server did not answer: it has not ended. */
  away: ShallowRef<boolean>;
  /** Signed out here, and the server did not answer: it would still take the browser's cookie. */
  leaving: ShallowRef<boolean>;
  /** What is offered; what is allowed the server decides. */
  may(role: Role): boolean;
  signIn(email: string, password: string): Promise<void>;
  /** Chooses the first or another password by an invitation's token, and signs in. */
  /** Whose an invitation is; it rejects when it has ended. */
  invited(token: string): Promise<{ email: string | null }>;
  acceptInvitation(token: string, password: string): Promise<void>;
  /** By a link of the bot, good once. */
  signInByLink(token: string): Promise<void>;
  signOut(): Promise<void>;
  /** Tells the server of a sign-out that it has not heard of, if there is one. */
  finishLeaving(): Promise<void>;
  /** After a reload: takes the session up again by the refresh cookie, if the server offers that; `away` if not. */
  restore(): Promise<void>;
  /** Everything was signed out already, by the user's wish. */
  forget(): void;
  /** The api found the token refused for good. */
  drop(): void;
  /** Whether a new token is for who is signed in here; else this sign-in is over. */
  isMine(answer: SignedIn): boolean;
}

export const authKey: InjectionKey<Auth> = Symbol('auth');

export function useAuth(): Auth {
  const auth = inject(authKey);
  if (!auth) throw new Error('auth is not provided');
  return auth;
}

export function createAuth(api: () => ApiClient, storage: Storage, onEnd: () => void): Auth {
  const user = shallowRef<User | null>(null);
  const expired = shallowRef(false);
  const away = shallowRef(false);
  const replaced = shallowRef(false);
  const leaving = shallowRef(storage.getItem(leavingKey) === '1');
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('vhm24r-auth') : null;

  function enter(answer: SignedIn): void {
    api().accept(answer);
    user.value = answer.user;
    expired.value = false;
    away.value = false;
    leaving.value = false;
    storage.removeItem(leavingKey);
    replaced.value = false;
    storage.setItem(rememberedKey, '1');
    tabs?.postMessage({ signedIn: answer.user.id });
  }

  function leave(why: 'wish' | 'ended' | 'replaced'): void {
    if (!user.value) return;
    api().accept(null);
    user.value = null;
    expired.value = why === 'ended';
    replaced.value = why === 'replaced';
    // the cookie is the other person's, who is signed in
    if (why !== 'replaced') storage.removeItem(rememberedKey);
    onEnd();
  }

  function isMine(id: string): boolean {
    const mine = user.value === null || user.value.id === id;
    if (!mine) leave('replaced');
    return mine;
  }

  /** False when nobody answered; a refusal means that there is nothing left to end. */
  async function tellOfLeaving(): Promise<boolean> {
    try {
      await api().post('/auth/logout', undefined, { signal: AbortSignal.timeout(LEAVE_MS), keepalive: true });
      return true;
    } catch (error) {
      return error instanceof ApiError && [400, 401, 403, 404].includes(error.status);
    }
  }

  async function finishLeaving(): Promise<void> {
    // another tab may have done it, or somebody has signed in there
    if (storage.getItem(leavingKey) === '1' && !(await tellOfLeaving())) return;
    storage.removeItem(leavingKey);
    leaving.value = false;
  }

  tabs?.addEventListener('message', ({ data }: MessageEvent<'signed-out' | { signedIn: string }>) => {
    if (data === 'signed-out') leave('wish');
    else isMine(data.signedIn);
  });

  return {
    user,
    expired,
    away,
    replaced,
    leaving,
    signedIn: computed(() => user.value !== null),
    may: (role) => user.value !== null && ranks[user.value.role] >= ranks[role],
    async signIn(email, password) {
      if (leaving.value) await finishLeaving();
      enter(await api().post('/auth/login', { email, password }));
    },
    invited: (token) => api().post('/auth/invitation/check', { token }),
    async acceptInvitation(token, password) {
      enter(await api().post('/auth/invitation', { token, password }));
    },
    async signInByLink(token) {
      enter(await api().post('/auth/link', { token }));
    },
    async signOut() {
      if (!(await tellOfLeaving())) {
        storage.setItem(leavingKey, '1');
        leaving.value = true;
      }
      tabs?.postMessage('signed-out');
      leave('wish');
    },
    finishLeaving,
    async restore() {
      if (storage.getItem(rememberedKey) !== '1') return;
      try {
        const answer = await api().refresh();
        if (answer) enter(answer.user ? answer : { ...answer, user: await api().get('/auth/me') });
        else {
          storage.removeItem(rememberedKey);
          expired.value = true;
          away.value = false;
        }
      } catch {
        away.value = true;
      }
    },
    forget() {
      tabs?.postMessage('signed-out');
      leave('wish');
    },
    drop: () => leave('ended'),
    isMine: (answer) => isMine(answer.user.id),
  };
}
