import { createRouter, createWebHistory, type Router } from 'vue-router';
import type { Role } from './api/types.ts';
import type { Auth } from './auth/auth.ts';
import SignInPage from './pages/sign-in-page.vue';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without sign-in. */
    open?: boolean;
    /** Key of the page's name in the texts. */
    title?: string;
    /** Offered from this role on. */
    role?: Role;
  }
}

export interface PageRouter {
  router: Router;
  /** Goes to the sign-in page and comes back here afterwards. */
  leave(): void;
}

export function createPageRouter(auth: Auth): PageRouter {
  const router = createRouter({
    history: createWebHistory('/'),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: '/sign-in', name: 'sign-in', component: SignInPage, meta: { open: true, title: 'signIn.title' } },
      { path: '/', name: 'home', component: () => import('./pages/home-page.vue'), meta: { title: 'home.title' } },
      { path: '/summary', name: 'summary', component: () => import('./pages/summary-page.vue'), meta: { title: 'summary.title' } },
      { path: '/upload', name: 'upload', component: () => import('./pages/upload-page.vue'), meta: { title: 'upload.title' } },
      {
        path: '/sessions/:id',
        name: 'session',
        component: () => import('./pages/session-page.vue'),
        props: true,
        meta: { title: 'nav.upload' },
      },
      { path: '/files', name: 'files', component: () => import('./pages/files-page.vue'), meta: { title: 'files.title' } },
      { path: '/files/:id', name: 'file', component: () => import('./pages/file-page.vue'), props: true, meta: { title: 'files.name' } },
      { path: '/orders', name: 'orders', component: () => import('./pages/orders-page.vue'), meta: { title: 'orders.title' } },
      {
        path: '/orders/:id',
        name: 'order',
        component: () => import('./pages/order-page.vue'),
        props: true,
        meta: { title: 'order.order' },
      },
      { path: '/users', name: 'users', component: () => import('./pages/users-page.vue'), meta: { title: 'users.title', role: 'admin' } },
      { path: '/audit', name: 'audit', component: () => import('./pages/audit-page.vue'), meta: { title: 'audit.title', role: 'admin' } },
      {
        path: '/system',
        name: 'system',
        component: () => import('./pages/system-page.vue'),
        meta: { title: 'system.title', role: 'admin' },
      },
      { path: '/account', name: 'account', component: () => import('./pages/account-page.vue'), meta: { title: 'app.account' } },
      { path: '/:rest(.*)*', name: 'not-found', component: () => import('./pages/not-found-page.vue'), meta: { title: 'app.notFound' } },
    ],
  });

  router.beforeEach((to) => {
    if (!to.meta.open && !auth.signedIn.value) return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
    if (to.name === 'sign-in' && auth.signedIn.value) return { name: 'home' };
    if (to.meta.role && !auth.may(to.meta.role)) return { name: 'home' };
    return true;
  });

  return {
    router,
    leave() {
      const here = router.currentRoute.value;
      if (!here.meta.open) void router.push({ name: 'sign-in', query: here.fullPath === '/' ? {} : { next: here.fullPath } });
    },
  };
}
