import type { Component } from 'vue';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import type { Role } from './api/types.ts';
import type { Auth } from './api/auth.ts';
import { dayText } from './orders/filter.ts';
import { keepPeriod } from './parts/kept-period.ts';
import PartMissing from './shell/part-missing.vue';
import SignInPage from './people/sign-in-page.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without sign-in. */
    open?: boolean;
    /** Key of the page's name in the texts. */
    title?: string;
    /** Offered from this role on. */
    role?: Role;
    /** Shows a period, which the next page of the kind takes over. */
    period?: boolean;
  }
}

export interface PageRouter {
  router: Router;
  /** Goes to the sign-in page and comes back here afterwards. */
  leave(): void;
}

/**
 * A page fetched when it is first opened. Without a network, or once another version was put in place, it cannot be:
 * the link would do nothing, and go on doing nothing, because a browser remembers a module that failed.
 */
const part =
  (fetchPart: () => Promise<{ default: Component }>): (() => Promise<Component>) =>
  () =>
    fetchPart().catch(() => PartMissing);

export function createPageRouter(auth: Auth): PageRouter {
  const router = createRouter({
    history: createWebHistory('/'),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: '/sign-in', name: 'sign-in', component: SignInPage, meta: { open: true, title: 'signIn.title' } },
      {
        path: '/invitation',
        name: 'invitation',
        component: part(() => import('./people/invitation-page.vue')),
        meta: { open: true, title: 'invitation.title' },
      },
      {
        path: '/',
        name: 'home',
        component: part(() => import('./reconciliation/home-page.vue')),
        meta: { title: 'home.title', period: true },
      },
      {
        path: '/summary',
        name: 'summary',
        component: part(() => import('./analytics/summary-page.vue')),
        meta: { title: 'summary.title', period: true },
      },
      {
        path: '/upload',
        name: 'upload',
        component: part(() => import('./files/upload-page.vue')),
        meta: { title: 'upload.title' },
      },
      {
        path: '/sessions/:id',
        name: 'session',
        component: part(() => import('./files/session-page.vue')),
        props: true,
        meta: { title: 'nav.upload' },
      },
      {
        path: '/files',
        name: 'files',
        component: part(() => import('./files/files-page.vue')),
        meta: { title: 'files.title' },
      },
      {
        path: '/files/:id',
        name: 'file',
        component: part(() => import('./files/file-page.vue')),
        props: true,
        meta: { title: 'files.name' },
      },
      {
        path: '/orders',
        name: 'orders',
        component: part(() => import('./orders/orders-page.vue')),
        meta: { title: 'orders.title', period: true },
      },
      {
        path: '/orders/:id',
        name: 'order',
        component: part(() => import('./orders/order-page.vue')),
        props: true,
        meta: { title: 'order.order' },
      },
      {
        path: '/users',
        name: 'users',
        component: part(() => import('./people/users-page.vue')),
        meta: { title: 'users.title', role: 'admin' },
      },
      {
        path: '/audit',
        name: 'audit',
        component: part(() => import('./people/audit-page.vue')),
        meta: { title: 'audit.title', role: 'admin' },
      },
      {
        path: '/system',
        name: 'system',
        component: part(() => import('./system/system-page.vue')),
        meta: { title: 'system.title', role: 'admin' },
      },
      {
        path: '/account',
        name: 'account',
        component: part(() => import('./people/account-page.vue')),
        meta: { title: 'app.account' },
      },
      {
        path: '/:rest(.*)*',
        name: 'not-found',
        component: part(() => import('./shell/not-found-page.vue')),
        meta: { title: 'app.notFound' },
      },
    ],
  });

  router.beforeEach((to) => {
    if (!to.meta.open && !auth.signedIn.value)
      return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
    if (to.name === 'sign-in' && auth.signedIn.value) return { name: 'home' };
    if (to.meta.role && !auth.may(to.meta.role)) return { name: 'home' };
    return true;
  });
  router.afterEach((to) => {
    if (to.meta.period) keepPeriod({ from: dayText(to.query['from']), to: dayText(to.query['to']) });
  });

  return {
    router,
    leave() {
      const here = router.currentRoute.value;
      if (!here.meta.open)
        void router.push({ name: 'sign-in', query: here.fullPath === '/' ? {} : { next: here.fullPath } });
    },
  };
}
