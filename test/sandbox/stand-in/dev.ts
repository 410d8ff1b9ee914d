/** `npm run dev` with stand-ins for our own programs. STAND_IN_WORKER names another worker. */
import { fileURLToPath } from 'node:url';
import { runDev } from '../../../sandbox/dev-run.ts';

const path = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const partner = path('partner.ts');
const worker = path(process.env.STAND_IN_WORKER || 'partner.ts');

await runDev({ entries: { visma: partner, sftp: partner, worker } });
