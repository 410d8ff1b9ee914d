import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Connection } from 'ssh2';
import ssh2 from 'ssh2';
import { buildAdmin } from './admin.ts';
import { Collector } from './collector.ts';
import { Faults } from './faults.ts';
import { type HostKey, keepHostKey } from './host-key.ts';
import { Journal } from './journal.ts';
import { serveSession, type World } from './session.ts';
import { Tree } from './tree.ts';
import { mayLogIn, type SandboxUser } from './users.ts';

export interface SftpSandboxOptions {
  /** The served folder; made if it is not there. */
  readonly root: string;
  /** Where host key and collected files are kept; must not lie within the root. */
  readonly state: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly adminPort: number;
  readonly users: readonly SandboxUser[];
  /** Remote folders made at the start and after a reset. */
  readonly folders: readonly string[];
  readonly now: () => Date;
}

export interface SftpSandbox {
  readonly host: string;
  readonly port: number;
  readonly root: string;
  /** `http://127.0.0.1:PORT`; the admin interface is under `/_sandbox/`. */
  readonly adminUrl: string;
  readonly hostKeyFingerprint: string;
  close(): Promise<void>;
}

export const DEFAULT_FOLDERS: readonly string[] = ['/inbound', '/outbound', '/archive', '/error', '/acks'];

/** The sandbox's user and password; not a secret, since the server listens on loopback. */
export const DEFAULT_USER: SandboxUser = { name: 'partner', password: 'partner-secret', publicKeys: [] };

/** Starts a partner's SFTP server over a real folder, and its admin interface over HTTP. */
export async function startSftpSandbox(options: SftpSandboxOptions): Promise<SftpSandbox> {
  await mkdir(options.state, { recursive: true });
  const hostKey = await keepHostKey(options.state);
  const tree = await Tree.open(options.root);
  for (const folder of options.folders) await tree.makeFolder(folder);
  const world = worldOver(tree, options);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => accept(socket, sockets, hostKey, world, options.users));
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const admin = buildAdmin(world, options.folders);
  const adminUrl = await admin.listen({ host: '127.0.0.1', port: options.adminPort });
  return {
    host: options.host,
    port: portOf(server),
    root: tree.root,
    adminUrl,
    hostKeyFingerprint: hostKey.fingerprint,
    close: async () => {
      await admin.close();
      await closeServer(server, sockets);
    },
  };
}

function worldOver(tree: Tree, { state, now }: SftpSandboxOptions): World {
  const faults = new Faults();
  const collector = new Collector({ tree, faults, store: join(state, 'collected'), now });
  return { tree, faults, journal: new Journal(now), collector };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the SFTP server does not listen');
  return address.port;
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, 'close');
}

/** One ssh2 server per socket, so that a fault can tear exactly this connection. */
function accept(
  socket: Socket,
  sockets: Set<Socket>,
  hostKey: HostKey,
  world: World,
  users: readonly SandboxUser[],
): void {
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
  const ssh = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) =>
    welcome(client, world, users, () => socket.destroy()),
  );
  ssh.injectSocket(socket);
}

function welcome(client: Connection, world: World, users: readonly SandboxUser[], cut: () => void): void {
  let user = '';
  client.on('error', cut);
  client.on('authentication', (context) => {
    const granted = mayLogIn(users, context);
    if (context.method === 'publickey' && context.signature === undefined && granted) return context.accept();
    if (context.method === 'none') return context.reject(['publickey', 'password']);
    const refused = !granted || world.faults.strike('refuse-login') !== undefined;
    world.journal.note({ user: context.username, operation: 'LOGIN', path: context.method, status: refused ? 3 : 0 });
    if (refused) return context.reject(['publickey', 'password']);
    user = context.username;
    context.accept();
  });
  client.on('session', (acceptSession) => {
    acceptSession().on('sftp', (acceptSftp) => serveSession(acceptSftp(), world, user, cut));
  });
}
