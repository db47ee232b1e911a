/**
 * Components as the server of no page would write them: what they show for what they are given. Loaded by
 * test/unit/web/components.test.ts.
 */
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { type Component, createSSRApp, h } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { renderToString } from 'vue/server-renderer';
import { apiKey } from '../src/api/api.ts';
import type { ApiClient } from '../src/api/client.ts';
import { createPageI18n } from '../src/i18n/i18n.ts';
import { i18nKey } from '../src/i18n/instance.ts';

/** The HTML of a component in Russian, with routes that lead nowhere and an api that is never asked. */
export async function render(component: Component, props: Record<string, unknown>): Promise<string> {
  const i18n = createPageI18n();
  const nowhere = { render: () => null };
  const names = ['order', 'orders', 'file', 'files', 'session', 'upload', 'home'];
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: nowhere },
      ...names.map((name) => ({ path: `/${name}/:id?`, name, component: nowhere })),
    ],
  });
  const app = createSSRApp({ render: () => h(component, props) });
  app
    .provide(apiKey, {} as ApiClient)
    .provide(i18nKey, i18n)
    .use(i18n)
    .use(VueQueryPlugin, { queryClient: new QueryClient() })
    .use(router);
  return renderToString(app);
}
