/**
 * The processes of a Ceph cluster on one host, as little of it as serves S3: a monitor, one OSD that keeps its objects
 * in memory, and `radosgw`. All in a folder of its own, on loopback, with keys made at the time.
 */
import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../../../scripts/processes/free-port.ts';
import { describeExit, openChild, tail, type ManagedChild } from '../../../scripts/processes/managed-child.ts';
import { eventually } from '../eventually.ts';

const run = promisify(execFile);

export interface CephCluster {
  /** where radosgw answers */
  url: string;
  /** the server of S3, the one that is now */
  gateway(): ManagedChild;
  /** where its objects lie */
  osd: ManagedChild;
  /** `radosgw-admin`; its answer where it is JSON, else the text */
  admin(...args: string[]): Promise<unknown>;
  /** radosgw again on its port, after it was ended; with options such as `--rgw-print-continue=false` */
  startGateway(...options: string[]): Promise<void>;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 120_000;
const COMMAND_LIMIT_MS = 60_000;
const STOP_GRACE_MS = 20_000;
/** A first start makes pools, each with groups that the OSD brings up. */
const GATEWAY_POLL_MS = 100;

/** The cluster in `folder`, which is removed by nobody here. */
export async function openCephCluster(folder: string): Promise<CephCluster> {
  const [monitorPort, gatewayPort] = [await findFreePort(), await findFreePort()];
  const config = join(folder, 'ceph.conf');
  const keyring = join(folder, 'keyring');
  const fsid = randomUUID();
  for (const name of ['mon', 'osd', 'run']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(config, settings({ folder, fsid, monitorPort, keyring }), { mode: 0o600 });

  const command = async (program: string, ...args: string[]): Promise<string> => {
    const { stdout } = await run(program, args, { timeout: COMMAND_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  };
  const started: ManagedChild[] = [];
  const start = async (name: string, ...args: string[]): Promise<ManagedChild> => {
    const child = await openChild({
      name,
      command: name,
      args: ['--conf', config, '--foreground', ...args],
      logPath: join(folder, `${name}.log`),
      stopSignal: 'SIGTERM',
    });
    started.push(child);
    return child;
  };
  const stop = async (): Promise<void> => {
    // who needs the others first
    for (const child of started.toReversed()) {
      child.signal('SIGCONT');
      await child.stop(STOP_GRACE_MS);
    }
  };

  const url = `http://127.0.0.1:${gatewayPort}`;
  let gateway: ManagedChild;
  const startGateway = async (...options: string[]): Promise<void> => {
    const endpoint = `--rgw-frontends=beast endpoint=127.0.0.1:${gatewayPort}`;
    gateway = await start('radosgw', '--name', 'client.rgw', endpoint, ...options);
    await eventually(() => answers(url, gateway), { timeoutMs: START_LIMIT_MS, intervalMs: GATEWAY_POLL_MS });
  };

  try {
    await makeKeys(keyring, command);
    const map = join(folder, 'monmap');
    await command('monmaptool', '--create', '--fsid', fsid, '--addv', 'a', `[v2:127.0.0.1:${monitorPort}]`, map);
    const ofMonitor = ['--id', 'a'];
    await command('ceph-mon', '--conf', config, '--mkfs', ...ofMonitor, '--monmap', map, '--keyring', keyring);
    const monitor = await start('ceph-mon', ...ofMonitor);
    const osdUuid = randomUUID();
    await Promise.race([
      command('ceph', '--conf', config, 'osd', 'new', osdUuid, '0'),
      monitor.exited.then((exit) => {
        throw new Error(`ceph-mon ended (${describeExit(exit)})\n${tail(monitor.output())}`);
      }),
    ]);
    await command('ceph-osd', '--conf', config, '--mkfs', '--id', '0', '--osd-uuid', osdUuid);
    const osd = await start('ceph-osd', '--id', '0');
    await startGateway();
    return {
      url,
      osd,
      gateway: () => gateway,
      startGateway,
      stop,
      async admin(...args) {
        const answer = await command('radosgw-admin', '--conf', config, ...args);
        return /^\s*[{[]/.test(answer) ? (JSON.parse(answer) as unknown) : answer;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(url: string, gateway: ManagedChild): Promise<void> {
  if (gateway.exit !== null)
    throw new Error(`radosgw ended (${describeExit(gateway.exit)})\n${tail(gateway.output())}`);
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  await response.arrayBuffer();
}

/** One file of keys for all; the monitor takes over what stands in it. */
async function makeKeys(keyring: string, command: (program: string, ...args: string[]) => Promise<string>) {
  await writeFile(keyring, '', { mode: 0o600 });
  const caps: Readonly<Record<string, readonly string[]>> = {
    'mon.': ['mon', 'allow *'],
    'client.admin': ['mon', 'allow *', 'osd', 'allow *'],
    'osd.0': ['mon', 'allow profile osd', 'osd', 'allow *'],
    'client.rgw': ['mon', 'allow rw', 'osd', 'allow rwx'],
  };
  for (const [name, pairs] of Object.entries(caps)) {
    const options = pairs.flatMap((word, index) => (index % 2 === 0 ? ['--cap', word] : [word]));
    await command('ceph-authtool', keyring, '--gen-key', '--name', name, ...options);
  }
}

function settings(given: { folder: string; fsid: string; monitorPort: number; keyring: string }): string {
  const { folder, fsid, monitorPort, keyring } = given;
  const all: Readonly<Record<string, string | number>> = {
    fsid,
    keyring,
    'mon host': `v2:127.0.0.1:${monitorPort}`,
    'mon initial members': 'a',
    'public addr': '127.0.0.1',
    'cluster addr': '127.0.0.1',
    'ms bind msgr1': 'false',
    'run dir': join(folder, 'run'),
    'mon data': join(folder, 'mon'),
    'osd data': join(folder, 'osd'),
    'admin socket': '',
    'log file': '',
    'mon cluster log file': '',
    'log to stderr': 'true',
    'debug rocksdb': 0,
    'mon data avail warn': 0,
    'mon data avail crit': 0,
    'osd objectstore': 'memstore',
    'memstore device bytes': '4G',
    // one copy of everything, in as few groups as there are pools
    'mon allow pool size one': 'true',
    'mon max pg per osd': 1_000,
    'osd pool default size': 1,
    'osd pool default min size': 1,
    'osd pool default pg num': 1,
    'osd pool default pgp num': 1,
    'osd pool default pg autoscale mode': 'off',
    'osd crush chooseleaf type': 0,
    'rgw rados pool pg num min': 1,
    'rgw dynamic resharding': 'false',
    // a quota is reckoned at each request, not every ten minutes
    'rgw bucket quota ttl': 0,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  return ['[global]', ...lines, ''].join('\n');
}
