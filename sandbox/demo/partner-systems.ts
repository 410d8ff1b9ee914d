import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import type { Stack } from '../stack.ts';
import { createVismaAdmin, type VismaAdmin } from '../visma/admin-client.ts';
import { EXPECTED_LINES, EXPECTED_SUPPLIERS, EXPECTED_WRITES } from './partner-data.ts';

const OUTBOUND = 'outbound/invoices';

/** One thing the partner systems must hold, and whether they do. */
export interface Check {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** Visma.net and the partner's folder, looked at directly and not through the ledger. */
export class PartnerSystems {
  readonly visma: VismaAdmin;
  readonly #root: string;

  constructor(stack: Stack) {
    this.visma = createVismaAdmin(stack.description.visma.url);
    this.#root = stack.description.sftp.root;
  }

  /** The partner drops a file, under a temporary name first, in Windows-1252. */
  async drop(name: string, text: string): Promise<void> {
    const folder = join(this.#root, 'inbound/vendors');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `.${name}.tmp`), iconv.encode(text, 'windows-1252'));
    await rename(join(folder, `.${name}.tmp`), join(folder, name));
  }

  /** The files in the partner's folder of invoices, by name. */
  async invoiceFiles(): Promise<Map<string, string>> {
    const folder = join(this.#root, OUTBOUND);
    const names = (await readdir(folder).catch(() => [])).sort();
    const texts = names.map(
      async (name) => [name, iconv.decode(await readFile(join(folder, name)), 'windows-1252')] as const,
    );
    return new Map(await Promise.all(texts));
  }

  /** Holds the partner systems against what the story should have led to. */
  async check(): Promise<Check[]> {
    const { commits, entities } = await this.visma.state();
    const files = await this.invoiceFiles();
    const writes = commits.map(({ operation, key }) => `${operation} ${key}`).sort();
    const suppliers = (entities.supplier?.records ?? []) as unknown as SupplierRecord[];
    return [
      { what: 'writes committed in Visma.net', expected: EXPECTED_WRITES.join(', '), found: writes.join(', ') },
      { what: 'suppliers in Visma.net', expected: text(EXPECTED_SUPPLIERS), found: text(suppliers.map(shown).sort()) },
      { what: 'files in the partner folder', expected: '1', found: String(files.size) },
      {
        what: 'invoice lines in the files',
        expected: text(EXPECTED_LINES),
        found: text([...files.values()].flatMap(linesOf)),
      },
    ];
  }
}

interface SupplierRecord {
  readonly number: string;
  readonly name: string;
  readonly mainAddress?: { readonly city?: string; readonly country?: { readonly id?: string } };
}

function shown({ number, name, mainAddress }: SupplierRecord): string[] {
  return [number, name, mainAddress?.city ?? '', mainAddress?.country?.id ?? ''];
}

function text(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.join(' | ')).join('\n');
}

/** Invoice number and amount of each row below the header; the demo's values hold no line ends. */
function linesOf(content: string): string[][] {
  const [header = '', ...rows] = content.trimEnd().split('\r\n');
  const columns = header.split(';');
  const [number, amount] = [columns.indexOf('Invoice No'), columns.indexOf('Amount')];
  return rows.map((line) => {
    const cells = line.match(/("(?:[^"]|"")*"|[^;]*)(;|$)/g)?.map((cell) => cell.replace(/;$/, '')) ?? [];
    return [cells[number] ?? '', cells[amount] ?? ''];
  });
}
