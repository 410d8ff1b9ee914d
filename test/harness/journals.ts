import type { Connector } from './connector.ts';

/** What a test changes in the flow of journals that come in. */
interface JournalsInChanges {
  readonly hold?: boolean;
  readonly release?: boolean;
}

/** The flow of the tests, to be put behind `integrationText()`. */
export function journalsInFlow(changes: JournalsInChanges = {}): string {
  return `
  journals-in:
    kind: journals-in
    schedule: { every: 5m }
    source:
      connection: partner
      folder: inbound/journals
      pattern: "*.csv"
      archive: archive/journals
      error: error/journals
      settle: 0s
    target: { connection: visma, hold: ${changes.hold ?? false}, release: ${changes.release ?? false} }
    format: { type: csv, delimiter: ";", encoding: windows-1252, decimalSign: ",", datePattern: dd.MM.yyyy }
    columns:
      number: Journal
      date: Date
      currency: Currency
      description: Text
      lines.account: Account
      lines.subaccount: Cost centre
      lines.debit: Debit
      lines.credit: Credit
      lines.description: Line text
      lines.reference: Ref
`;
}

/** One row of a journal file; the columns of the tests' flow. */
export interface JournalRow {
  readonly number: string;
  readonly date?: string;
  readonly text?: string;
  readonly account?: string;
  readonly subaccount?: string;
  readonly debit?: string;
  readonly credit?: string;
  readonly reference?: string;
}

const HEADER = 'Journal;Date;Currency;Text;Account;Cost centre;Debit;Credit;Line text;Ref';

function journalLine(row: JournalRow): string {
  const { number, date = '03.11.2026', text = 'Avsetning', account = '1920', subaccount = '10-200' } = row;
  const { debit = '', credit = '', reference = '' } = row;
  return [number, date, 'NOK', text, account, subaccount, debit, credit, '', reference].join(';');
}

/** Two rows that balance: 100 kroner, or as told. */
export function balanced(number: string, amount = '100,00', more: Partial<JournalRow> = {}): JournalRow[] {
  return [
    { number, debit: amount, ...more },
    { number, credit: amount, account: '3000', ...more },
  ];
}

/** Puts a file of the partner into its folder; rows are given as they are when they are text. */
export async function dropJournals(
  connector: Connector,
  name: string,
  rows: readonly (JournalRow | string)[],
): Promise<void> {
  const lines = rows.map((row) => (typeof row === 'string' ? row : journalLine(row)));
  await connector.drop(`/inbound/journals/${name}`, Buffer.from([HEADER, ...lines, ''].join('\r\n'), 'latin1'));
}

/** What journals refer to: accounts, one of them closed, and a subaccount of two segments. */
export async function seedForJournals({ visma }: Connector): Promise<void> {
  const segments = [
    { segmentId: 1, segmentValue: '10' },
    { segmentId: 2, segmentValue: '200' },
  ];
  await visma.admin.seed({
    accounts: [{ accountCD: '1920' }, { accountCD: '3000' }, { accountCD: '3999', active: false }],
    subaccounts: [{ subaccountNumber: '10-200', segments }],
  });
}

/** The batches of Visma.net's general ledger, by what their description begins with. */
export async function journalsInVisma({ visma }: Connector) {
  const { entities, commits } = await visma.admin.state({ entity: 'journaltransaction' });
  const records = entities.journaltransaction?.records ?? [];
  const textOf = (description: unknown) => String(description).replace(/ ?\[[A-Z2-7]{12}\]$/, '');
  return { records, commits, byText: Map.groupBy(records, ({ description }) => textOf(description)) };
}
