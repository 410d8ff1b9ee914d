/**
 * `npm run bench [-- NAME...] [--json]`: measures, each against something in the same run. Exits with 1 when a goal is
 * missed; why one may be stands in docs/performance.md.
 */
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import type { Measurement } from './measurement.ts';

const BENCHES: Readonly<Record<string, () => Promise<{ run: () => AsyncGenerator<Measurement> }>>> = {
  csv: () => import('./csv.ts'),
  edi: () => import('./edi.ts'),
  sftp: () => import('./sftp.ts'),
  documents: () => import('./documents.ts'),
  poll: () => import('./poll.ts'),
  ledger: () => import('./ledger.ts'),
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const unknown = positionals.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}

const measured: Measurement[] = [];
for (const [name, load] of Object.entries(BENCHES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  if (!values.json) process.stderr.write(`measuring ${name} …\n`);
  for await (const one of (await load()).run()) {
    measured.push(one);
    if (values.json) process.stdout.write(`${JSON.stringify(one)}\n`);
  }
}
if (!values.json) process.stdout.write(`${tableOf(measured)}\n`);
process.exitCode = measured.every(({ met }) => met) ? 0 : 1;

function tableOf(rows: readonly Measurement[]): string {
  const head = ['bench', 'case', 'value', 'against', 'ratio', 'goal', ''];
  const table = new Table({ head, style: { head: [], border: [] } });
  const figure = (value: number | null) => (value === null ? '' : value >= 100 ? value.toFixed(0) : value.toFixed(2));
  for (const row of rows) {
    const { bench, case: name, unit, met } = row;
    table.push([
      bench,
      name,
      `${figure(row.value)} ${unit}`,
      figure(row.against),
      figure(row.ratio),
      figure(row.goal),
      met ? 'met' : 'MISSED',
    ]);
  }
  return table.toString();
}
