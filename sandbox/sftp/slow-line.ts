import { connect, createServer, type Socket } from 'node:net';
import { parseArgs } from 'node:util';

/**
 * A long line to a port of this machine: what goes in comes out `--delay-ms` later, in both directions. A process of its
 * own, so that it takes no time from what is measured. Prints `{"ready":true,"port"}`.
 */
const { values } = parseArgs({ options: { to: { type: 'string' }, 'delay-ms': { type: 'string', default: '10' } } });
const delayMs = Number(values['delay-ms']);

const server = createServer({ noDelay: true }, (near) => {
  const far = connect({ host: '127.0.0.1', port: Number(values.to), noDelay: true });
  pass(near, far);
  pass(far, near);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`${JSON.stringify({ ready: true, port })}\n`);
});

/** No back-pressure: what is under way on a line is bounded by the windows of the two ends. */
function pass(from: Socket, to: Socket): void {
  from.on('data', (data) => setTimeout(() => to.writable && to.write(data), delayMs));
  from.on('end', () => setTimeout(() => to.end(), delayMs));
  from.on('error', () => to.destroy());
}
