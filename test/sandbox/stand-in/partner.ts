/** Stands in for a partner system, a worker, or both: says that it is ready, and ends on SIGTERM. */
const everything = {
  url: 'http://127.0.0.1:1',
  host: '127.0.0.1',
  port: 1,
  root: '/',
  adminUrl: 'http://127.0.0.1:1',
  hostKeyFingerprint: 'SHA256:none',
};
setInterval(() => {}, 60_000);
process.once('SIGTERM', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid, ...everything })}\n`);
