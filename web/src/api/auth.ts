import { computed, inject, shallowRef, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue';
import type { ApiClient } from './client.ts';
import type { Role, SignedIn, User } from './types.ts';

const ranks: Record<Role, number> = { viewer: 0, operator: 1, finance: 2, admin: 3 };
/** Says only that a refresh is worth trying after a reload; holds no secret. */
const rememberedKey = 'vhm24r.signed-in';

export interface Auth {
  user: ShallowRef<User | null>;
  signedIn: ComputedRef<boolean>;
  /** The last sign-in ended by itself (token ran out, revoked elsewhere), not by the user's wish. */
  expired: ShallowRef<boolean>;
  /** The sign-in could not be taken up again because the server did not answer: it has not ended. */
  away: ShallowRef<boolean>;
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
  /** After a reload: takes the session up again by the refresh cookie, if the server offers that; `away` if not. */
  restore(): Promise<void>;
  /** Everything was signed out already, by the user's wish. */
  forget(): void;
  /** The api found the token refused for good. */
  drop(): void;
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
  const tabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('vhm24r-auth') : null;

  function enter(answer: SignedIn): void {
    api().accept(answer);
    user.value = answer.user;
    expired.value = false;
    away.value = false;
    storage.setItem(rememberedKey, '1');
  }

  function leave(byUser: boolean): void {
    if (!user.value) return;
    api().accept(null);
    user.value = null;
    expired.value = !byUser;
    storage.removeItem(rememberedKey);
    onEnd();
  }

  tabs?.addEventListener('message', (event) => event.data === 'signed-out' && leave(true));

  return {
    user,
    expired,
    away,
    signedIn: computed(() => user.value !== null),
    may: (role) => user.value !== null && ranks[user.value.role] >= ranks[role],
    async signIn(email, password) {
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
      try {
        await api().post('/auth/logout');
      } finally {
        tabs?.postMessage('signed-out');
        leave(true);
      }
    },
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
      leave(true);
    },
    drop: () => leave(false),
  };
}
