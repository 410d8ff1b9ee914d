import { connect, createServer } from 'node:net';

/** A loopback TCP port that is free now. Another program may take it before it is used: callers try again. */
export function freePort(): Promise<number> {
  return bind(0);
}

/**
 * Throws when a port is in use. To be asked before a server is started on a given port: if another one answers there, that
 * the port answers does not tell that ours is up.
 */
export async function requireFree(port: number): Promise<void> {
  await bind(port).catch((error: unknown) => {
    throw new Error(`Port ${port} on 127.0.0.1 is in use by another program.`, { cause: error });
  });
}

/** Fails unless something listens on the port. Much cheaper to repeat than a client's own connection. */
export async function requireListener(port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect(port, '127.0.0.1');
  socket.once('connect', resolve).once('error', reject);
  await promise.finally(() => socket.destroy());
}

async function bind(wanted: number): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  server.once('error', reject);
  server.listen(wanted, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    server.close(() => resolve(port));
  });
  return promise;
}
