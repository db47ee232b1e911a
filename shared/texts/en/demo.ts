/** What `npm run demo` and `npm start` say on the terminal. */
export const demo = {
  usage: `usage: npm run demo, or npm start
  demo brings the whole product with an invented month; start the same without the month, on DATABASE_URL and
  REDIS_URL where they are set. PORT is where it listens (3000). Ctrl-C ends it.`,
  badPort: 'PORT is a number from 0 to 65535, not {port}',
  portTaken: 'port {port} is in use: choose another, e.g. PORT={next} npm run demo',
  runsAlready: 'it is running already (process {pid}); stop that one first, or remove {path} if it is not so',
  building: 'building {part}…',
  services: 'the services',
  page: 'the page',
  programsCopied: 'PostgreSQL runs as "{account}", who cannot reach this folder: its programs were copied to {folder}',
  dataSetAside: 'older data of a folder that is gone was set aside in {folder}',
  dataElsewhere: 'PostgreSQL keeps its data in {folder}',
  postgres: 'PostgreSQL on port {port} ({ms} ms)',
  noRedis: 'no redis-server on PATH: files are processed inside the api',
  redis: 'redis-server on port {port}',
  migrated: 'migrations: {said}',
  migrateFailed: 'the migrations failed ({exit}):\n{log}',
  api: 'api at {url}',
  apiAndWorker: 'api at {url}, worker beside it',
  endedByItself: '{name} ended by itself ({exit}); the end of its log:\n{log}',
  ended: '{name} ended ({exit}):\n{log}',
  notReady: '{name} is not ready after {ms} ms: {last}',
  loadedBefore: 'loaded before',
  open: 'Open:     {url}',
  signIn: 'Sign in:  {who}',
  onlyWithoutAdmin: '(made only if that database had no admin yet)',
  ready: 'ready after {seconds} s; Ctrl-C stops everything',
  stopping: 'stopping…',
  stopped: 'stopped',
};

/** Heads of its table of statuses; the codes stand in the first column. */
export const demoTable = { status: 'status', meaning: 'meaning', count: 'count', sum: 'UZS' };
