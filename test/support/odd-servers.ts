import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, createConnection, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';

/** Servers on 127.0.0.1 that are not what somebody hopes to find there. */
export interface OddServer {
  port: number;
  close(): Promise<void>;
}

async function open(server: Server, sockets: Set<Socket> = new Set()): Promise<OddServer> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Accepts, reads, and closes without a word: a proxy in front of nothing. */
export const openCloser = () => open(createServer((socket) => socket.once('data', () => socket.end())));
/** Accepts and stays silent. */
export const openSilence = () => open(createServer((socket) => socket.resume()));
export const openHttp = () =>
  open(createHttpServer((_request, response) => response.end('hello')) as unknown as Server);
/** Says this to whoever connects or sends something. */
export const openSpeaker = (says: string | Buffer, onConnect = false) =>
  open(createServer((socket) => (onConnect ? socket.write(says) : socket.on('data', () => socket.write(says)))));

export interface Certificate {
  key: Buffer;
  cert: Buffer;
}

/** Self-signed, for localhost and 127.0.0.1. */
export function makeCertificate(days = 2): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'vhm24r-test-cert-'));
  try {
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        String(days),
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    return { key: readFileSync(join(folder, 'key.pem')), cert: readFileSync(join(folder, 'cert.pem')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A port that speaks TLS from the first byte and passes on what is inside. */
export function openTlsPort(certificate: Certificate, targetPort: number): Promise<OddServer> {
  const sockets = new Set<Socket>();
  const server = createTlsServer(certificate, (secure) => pass(secure, targetPort, sockets));
  server.on('tlsClientError', () => undefined);
  return open(server as unknown as Server, sockets);
}

/**
 * A PostgreSQL that offers TLS by SSLRequest, as the real one does; `requires` refuses whoever comes without, with the
 * code of pg_hba.
 */
export function openPostgresTls(
  certificate: Certificate,
  targetPort: number,
  { requires = false } = {},
): Promise<OddServer> {
  const sockets = new Set<Socket>();
  return open(
    createServer((socket) => {
      socket.once('data', (first) => {
        if (first.length === 8 && first.readInt32BE(4) === 80_877_103) {
          socket.write('S');
          const secure = new TLSSocket(socket, { isServer: true, ...certificate });
          secure.on('error', () => socket.destroy());
          pass(secure, targetPort, sockets);
        } else if (requires) socket.end(pgError('28000', 'no pg_hba.conf entry for host, no encryption'));
        else pass(socket, targetPort, sockets, first);
      });
    }),
    sockets,
  );
}

/** Answers the SSLRequest with N, and whatever comes next with this error of PostgreSQL. */
export function openPostgresError(sqlstate: string): Promise<OddServer> {
  return open(
    createServer((socket) => {
      socket.on('data', (bytes: Buffer) => {
        if (bytes.length === 8 && bytes.readInt32BE(4) === 80_877_103) socket.write('N');
        else socket.end(pgError(sqlstate, 'a made error'));
      });
    }),
  );
}

/** The real server, with these bytes put in place of others of the same length in what it says. */
export function openRewriter(targetPort: number, from: string, to: string): Promise<OddServer> {
  const sockets = new Set<Socket>();
  return open(
    createServer((socket) => {
      const target = createConnection({ host: '127.0.0.1', port: targetPort });
      sockets.add(target);
      for (const end of [socket, target]) {
        end.on('error', () => undefined);
        end.on('close', () => {
          socket.destroy();
          target.destroy();
        });
      }
      socket.pipe(target);
      target.on('data', (bytes: Buffer) =>
        socket.write(Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')),
      );
    }),
    sockets,
  );
}

function pgError(sqlstate: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${sqlstate}\0M${message}\0\0`, 'latin1');
  const header = Buffer.alloc(5);
  header.write('E');
  header.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([header, fields]);
}

function pass(socket: Socket, targetPort: number, sockets: Set<Socket>, first?: Buffer): void {
  const target = createConnection({ host: '127.0.0.1', port: targetPort });
  sockets.add(target);
  socket.on('error', () => undefined);
  target.on('error', () => socket.destroy());
  socket.on('close', () => target.destroy());
  target.on('close', () => socket.destroy());
  if (first !== undefined) target.write(first);
  socket.pipe(target);
  target.pipe(socket);
}

/** A port whose queue of connections is full: a further one gets no answer at all, as behind a firewall that drops. */
export async function openBlackHole(): Promise<OddServer> {
  const child = spawn(
    process.execPath,
    [
      '-e',
      `require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},` +
        'function(){console.log(this.address().port)})',
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const port = Number(
    await new Promise<string>((resolve) =>
      child.stdout.once('data', (text: Buffer) => resolve(text.toString().trim())),
    ),
  );
  child.kill('SIGSTOP');
  const held: Socket[] = [];
  for (let full = false; !full && held.length < 64;) {
    full = await new Promise<boolean>((resolve) => {
      const socket = createConnection({ host: '127.0.0.1', port });
      held.push(socket);
      const timer = setTimeout(() => resolve(true), 300);
      socket.on('error', () => undefined);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(false);
      });
    });
  }
  return {
    port,
    close: async () => {
      for (const socket of held) socket.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}
