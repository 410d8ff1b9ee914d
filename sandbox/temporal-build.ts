import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ChildFailed } from './child.ts';
import type { Supervisor } from './supervisor.ts';

/** What Go itself needs beyond the plain environment: where it keeps its modules and from where it may fetch them. */
const GO_VARIABLES = /^(GO[A-Z0-9]*|CGO_ENABLED|[A-Z]+_PROXY|[a-z]+_proxy|SSL_CERT_FILE|SSL_CERT_DIR)$/;

/**
 * Builds the program from its published source into `program`, with the `go` on the PATH. The result appears under its
 * name only when it is complete. Throws `ChildFailed` when there is no Go, or with the last lines of the build.
 */
export async function buildTemporal(
  supervisor: Supervisor,
  program: string,
  { version, env }: { version: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const making = `${program}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making);
  const kept = Object.entries(env).filter(([name]) => GO_VARIABLES.test(name) || ['PATH', 'HOME'].includes(name));
  try {
    const build = supervisor.start({
      name: 'temporal-build',
      command: 'go',
      args: ['install', `github.com/temporalio/cli/cmd/temporal@v${version}`],
      env: { ...Object.fromEntries(kept), GOBIN: making },
      // There is nothing in a build worth ending politely.
      stopSignal: 'SIGKILL',
    });
    const end = await build.exited;
    if (end !== 'with code 0') throw new ChildFailed(`go install ended ${end}. ${build.lastLines()}`);
    const built = readdirSync(making)[0];
    if (built === undefined) throw new ChildFailed('go install ended without a program.');
    renameSync(join(making, built), program);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}
