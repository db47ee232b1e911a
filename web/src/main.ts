import { VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import { createApiClient, type ApiClient } from './api/client.ts';
import { apiKey } from './api/api.ts';
import { createPageQueryClient } from './api/query-client.ts';
import { shareChanges } from './api/query-keys.ts';
import { authKey, createAuth } from './api/auth.ts';
import App from './app.vue';
import { createPageI18n, showLanguage, startLanguage } from './i18n/i18n.ts';
import { i18nKey } from './i18n/instance.ts';
import { createPageRouter } from './router.ts';
import { applyTheme, storedTheme } from './shell/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/print.css';

async function start(): Promise<void> {
  applyTheme(storedTheme());
  const i18n = createPageI18n();
  await showLanguage(i18n, startLanguage());

  const queryClient = createPageQueryClient();
  shareChanges(queryClient);
  const api: ApiClient = createApiClient({
    language: () => i18n.global.locale.value,
    onSignedOut: () => auth.drop(),
    isMine: (answer) => auth.isMine(answer),
  });
  const auth = createAuth(
    () => api,
    localStorage,
    () => {
      queryClient.clear();
      router.leave();
    },
  );
  const router = createPageRouter(auth);
  await auth.restore();

  createApp(App)
    .provide(apiKey, api)
    .provide(authKey, auth)
    .provide(i18nKey, i18n)
    .use(i18n)
    .use(VueQueryPlugin, { queryClient })
    .use(router.router)
    .mount('#app');
}

void start();
