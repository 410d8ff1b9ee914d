/** What a test changes in the integration it runs. */
export interface IntegrationChanges {
  readonly numbering?: 'manual' | 'override' | 'automatic';
  readonly collected?: 'inferred' | 'uncertain';
  readonly countries?: Readonly<Record<string, string>>;
  readonly calls?: number;
  readonly window?: string;
  readonly targetLimit?: string;
  readonly sendWindow?: string;
  readonly margin?: string;
  readonly settle?: string;
  readonly maxFile?: string;
  readonly pageSize?: number;
  /** A `webhook` group of the Visma connection, in the file's notation. */
  readonly webhook?: string;
  readonly outgoingEncoding?: 'windows-1252' | 'utf-8';
}

/** The integration file of the tests: vendors in, invoices out, against the sandbox. */
export function integrationText(changes: IntegrationChanges = {}): string {
  const countries = { Norway: 'NO', Sweden: 'SE', Denmark: 'DK', Kosovo: 'XK', ...changes.countries };
  const values = Object.entries(countries).map(([name, code]) => `${name}: ${code}`);
  return `
integration: acme
kind: visma-sftp
partner: ACME Trading
connections:
  visma:
    kind: visma
    apiUrl: \${VISMA_API_URL}
    tokenUrl: \${VISMA_TOKEN_URL}
    tenantId: 11111111-1111-1111-1111-111111111111
    timeout: 10s
    targetLimit: ${changes.targetLimit ?? '1s'}
    margin: ${changes.margin ?? '500ms'}
    sendWindow: ${changes.sendWindow ?? '1s'}
    pageSize: ${changes.pageSize ?? 1000}
    budget: { calls: ${changes.calls ?? 100000}, window: ${changes.window ?? '1h'} }
${changes.webhook ? `    webhook: ${changes.webhook}\n` : ''}  partner:
    kind: sftp
    host: \${SFTP_HOST}
    port: \${SFTP_PORT}
    username: partner
    hostKey: \${SFTP_HOST_KEY}
    operationTimeout: 5s
flows:
  vendors-in:
    kind: vendors-in
    schedule: { every: 5m }
    source:
      connection: partner
      folder: inbound/vendors
      pattern: "*.csv"
      archive: archive/vendors
      error: error/vendors
      settle: ${changes.settle ?? '0s'}
      maxFile: ${changes.maxFile ?? '64MiB'}
    target: { connection: visma, numbering: ${changes.numbering ?? 'override'} }
    format: { type: csv, delimiter: ";", encoding: windows-1252, decimalSign: ",", datePattern: dd.MM.yyyy }
    columns:
      number: Vendor No
      name: Name
      address.city: City
      address.country: { column: Country, values: { ${values.join(', ')} } }
      contact.email: Email
  invoices-out:
    kind: invoices-out
    schedule: { every: 5m }
    source: { connection: visma, since: 2026-01-01, overlap: 5m }
    target:
      connection: partner
      folder: outbound/invoices
      name: "invoices-{date:yyyyMMdd}-{sequence:6}.csv"
      collected: ${changes.collected ?? 'inferred'}
    format: { type: csv, delimiter: ";", encoding: ${changes.outgoingEncoding ?? 'windows-1252'}, decimalSign: ",", datePattern: dd.MM.yyyy }
    rows:
      layout: lines
      columns:
        - { name: Invoice No, field: number }
        - { name: Voucher, field: voucherNumber }
        - { name: Date, field: date }
        - { name: Vendor No, field: supplier.number }
        - { name: Total, field: total, decimals: 2 }
        - { name: Text, field: lines.description }
        - { name: Amount, field: lines.amount, decimals: 2 }
`;
}
