import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DEFAULT_FOLDERS, DEFAULT_USER, startSftpSandbox } from './server.ts';

/** Runs the sandbox's SFTP server until SIGTERM or SIGINT; prints one JSON line when it is ready. */
const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    state: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    'admin-port': { type: 'string', default: '0' },
    user: { type: 'string', default: DEFAULT_USER.name },
    password: { type: 'string', default: DEFAULT_USER.password },
    'authorized-key': { type: 'string', multiple: true, default: [] },
    folder: { type: 'string', multiple: true, default: [] },
  },
});
if (values.root === undefined || values.state === undefined) throw new Error('--root and --state are needed');

const sandbox = await startSftpSandbox({
  root: values.root,
  state: values.state,
  host: values.host,
  port: Number(values.port),
  adminPort: Number(values['admin-port']),
  users: [
    {
      name: values.user,
      password: values.password,
      publicKeys: await Promise.all(values['authorized-key'].map((file) => readFile(file, 'utf8'))),
    },
  ],
  folders: [...DEFAULT_FOLDERS, ...values.folder],
  now: () => new Date(),
});

const { close, ...where } = sandbox;
process.stdout.write(`${JSON.stringify({ ready: true, ...where, pid: process.pid })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close());
