/** One HTTP request with nothing done for the test: which token, which cookie, which headers is its business. */
export interface Ask {
  method?: string;
  /** sent as the bearer */
  token?: string | undefined;
  /** name=value */
  cookie?: string | undefined;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  /** parsed where it is JSON */
  body: Record<string, never>;
  text: string;
  headers: Headers;
  /** cookies set by the answer, by name, without attributes */
  cookies: Record<string, string>;
  setCookies: string[];
  /** error code of the envelope */
  code: string | undefined;
}

const TIMEOUT_MS = 30_000;

export async function ask(url: string, { method, token, cookie, body, headers = {} }: Ask = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  const setCookies = response.headers.getSetCookie();
  // what answers HEAD names the type of what it leaves out
  const isJson = text !== '' && (response.headers.get('content-type') ?? '').includes('application/json');
  const parsed = isJson ? (JSON.parse(text) as never) : ({} as never);
  return {
    status: response.status,
    body: parsed,
    text,
    headers: response.headers,
    setCookies,
    cookies: Object.fromEntries(
      setCookies.map((line) => (line.split(';')[0] ?? '').split(/=(.*)/s).slice(0, 2)) as [string, string][],
    ),
    code: (parsed as { error?: { code?: string } }).error?.code,
  };
}

export interface TestSignIn {
  token: string;
  /** refresh cookie as name=value */
  cookie: string;
  userId: string;
}

/** Signs in and gives what a browser would hold. */
export async function signIn(baseUrl: string, email: string, password: string): Promise<TestSignIn> {
  const answer = await ask(`${baseUrl}/api/v1/auth/login`, { body: { email, password } });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
  const { accessToken, user } = answer.body as unknown as { accessToken: string; user: { id: string } };
  return { token: accessToken, cookie: `vhm24r_refresh=${answer.cookies['vhm24r_refresh']}`, userId: user.id };
}
