import { setTimeout as sleep } from 'node:timers/promises';
import Table from 'cli-table3';
import { duration, type Say } from '../say.ts';
import type { Stack } from '../stack.ts';
import type { CommandLine } from './command-line.ts';
import { LATE_VENDOR, SEED, VENDORS } from './partner-data.ts';
import type { Check, PartnerSystems } from './partner-systems.ts';

/** What the command line says of a document, as far as the story needs it. */
interface ShownDocument {
  readonly id: string;
  readonly flow: string;
  readonly kind: string;
  readonly state: string;
  readonly sourceKey: string;
}

export interface Scene {
  readonly stack: Stack;
  readonly cli: CommandLine;
  readonly partners: PartnerSystems;
  readonly say: Say;
}

const WITHIN_MS = 45_000;
const RESTING = ['delivered', 'skipped', 'superseded', 'failed', 'uncertain'];

/** Tells the story, chapter by chapter, with the real command line and the real parts. */
export async function tell(scene: Scene): Promise<void> {
  await scene.partners.visma.seed(SEED);
  await invoicesLeave(scene);
  await vendorsArrive(scene);
  await oneIsMended(scene);
  await workerDies(scene);
}

function chapter({ say }: Scene, title: string): void {
  say(`\n── ${title} ${'─'.repeat(Math.max(3, 96 - title.length))}`);
}

/** Runs a command and shows it with what it prints, as in a terminal. */
async function show({ cli, say }: Scene, ...args: string[]): Promise<void> {
  say(`  $ ml-connector ${args.join(' ')}`);
  await cli.run(args, { onLine: (line) => say(`    ${line}`) });
}

async function invoicesLeave(scene: Scene): Promise<void> {
  chapter(scene, '1. Supplier invoices that changed in Visma leave as a file');
  await show(scene, 'run', 'acme/invoices-out');
  await waitFor(scene, 'the file of invoices', async () => (await scene.partners.invoiceFiles()).size > 0);
  await rested(scene, 'acme/invoices-out', 4);
  for (const [name, content] of await scene.partners.invoiceFiles()) {
    scene.say(`  ${name}, in the partner's folder:`);
    for (const line of content.trimEnd().split('\r\n')) scene.say(`    ${line}`);
  }
}

async function vendorsArrive(scene: Scene): Promise<void> {
  chapter(scene, '2. A vendor file becomes suppliers: one changed, one equal, three new');
  await scene.partners.drop('vendors-1.csv', VENDORS);
  await show(scene, 'run', 'acme/vendors-in');
  await rested(scene, 'acme/vendors-in', 6);
  await show(scene, 'documents', '--flow', 'acme/vendors-in');
}

async function oneIsMended(scene: Scene): Promise<void> {
  chapter(scene, '3. One vendor fails, and holds up nobody; its cause is mended, it is replayed');
  await show(scene, 'documents', '--failed');
  scene.say('  An accountant adds country XK to Visma.net.');
  await scene.partners.visma.seed({ references: { countries: [{ id: 'XK', description: 'Kosovo' }] } });
  await show(scene, 'replay', '--failed', '--flow', 'acme/vendors-in', '--reason', 'country XK was added in Visma.net');
  await waitFor(scene, 'the replayed document', async () => (await documents(scene, '--failed')).length === 0);
  await rested(scene, 'acme/vendors-in', 6);
}

async function workerDies(scene: Scene): Promise<void> {
  chapter(scene, '4. The worker is killed right after Visma committed a supplier');
  const { partners, stack, say } = scene;
  await partners.visma.addFaults({ kind: 'hold-after-commit', match: { method: 'POST', path: '/v1/supplier' } });
  await partners.drop('vendors-2.csv', LATE_VENDOR);
  await show(scene, 'run', 'acme/vendors-in');
  await waitFor(scene, 'Visma to commit the supplier', async () => (await partners.visma.faults()).held.length > 0);
  await stack.killWorker('SIGKILL');
  say('  Visma.net has committed supplier 50006, the answer was never read: the worker is dead.');
  await partners.visma.clearFaults();
  const began = performance.now();
  await stack.startWorker();
  await rested(scene, 'acme/vendors-in', 8);
  say(`  A new worker found it there and adopted it, ${duration(performance.now() - began)} later.`);
  await show(scene, 'timeline', '50006');
}

async function documents({ cli }: Scene, ...args: string[]): Promise<ShownDocument[]> {
  return cli.read<ShownDocument>(['documents', ...args]);
}

/** Waits until a flow has so many documents and all of them rest. */
async function rested(scene: Scene, flow: string, count: number): Promise<void> {
  await waitFor(scene, `${flow} to come to rest`, async () => {
    const all = await documents(scene, '--flow', flow);
    return all.length >= count && all.every(({ state }) => RESTING.includes(state));
  });
}

async function waitFor({ say }: Scene, what: string, holds: () => Promise<boolean>): Promise<void> {
  const began = performance.now();
  let said = began;
  while (!(await holds())) {
    const now = performance.now();
    if (now - began > WITHIN_MS) throw new Error(`Waited ${WITHIN_MS / 1000} s in vain for ${what}.`);
    if (now - said > 3_000) say(`  … waiting for ${what} (${duration(now - began)})`);
    if (now - said > 3_000) said = now;
    await sleep(200);
  }
}

/** What the partner systems hold, against what they should; the ledger is not asked. Returns whether all of it is right. */
export function summarise({ say }: Scene, checks: readonly Check[]): boolean {
  chapter({ say } as Scene, '5. What the partner systems hold');
  const table = new Table({
    head: ['in the partner systems', 'expected', 'found', ''],
    style: { head: [], border: [] },
  });
  for (const { what, expected, found } of checks) {
    const isRight = expected === found;
    table.push([what, brief(expected), isRight ? 'the same' : brief(found), isRight ? 'ok' : 'WRONG']);
  }
  for (const line of table.toString().split('\n')) say(`  ${line}`);
  return checks.every(({ expected, found }) => expected === found);
}

function brief(text: string): string {
  return text.split(', ').join('\n');
}
