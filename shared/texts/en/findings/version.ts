export const version = {
  'version.node': { title: 'The version of Node is good' },
  'version.services': { title: 'The services are of one version' },
  'version.node_old': {
    title: 'Node is too old',
    cause: '20.19 or newer is needed.',
    effect: 'The services may not start.',
    fix: 'Install Node 24.',
  },
  'version.api_none_alive': {
    title: 'No api is alive',
    cause: 'The api service is not running, crashed, or uses another database.',
    effect: 'Page and uploads are away; the worker goes on with what was taken.',
    fix: 'Start the api; its DATABASE_URL must be the same.',
  },
  'version.reader_unconfined': {
    title: 'The reading of files is not fully fenced in',
    cause:
      'The platform lacks some fences, the evidence names them: limits and privileges: no util-linux; network and processes: namespaces are forbidden and there is no enosys; sockets and signals: util-linux before 2.40; files: Node has no permission model.',
    effect: 'Files are read as ever; but a file that breaks the reader meets fewer fences.',
    fix: "Use the Dockerfile's image, or util-linux 2.40 and newer; or allow the process user namespaces.",
  },
  'version.api_mismatch': {
    title: 'An api of another version is running',
    cause: 'A deployment is under way or stopped half way.',
    effect: 'Answers depend on who answers.',
    fix: 'Wait for the deployment, or repeat it.',
  },
};
