/** The page of /api/docs where no script runs. */
export const docsPage = { title: 'VHM24R API', method: 'Method', path: 'Path', role: 'Role', what: 'What it does' };
