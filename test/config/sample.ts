import type { Integration } from '../../config/integration.ts';
import { type Checked, checkIntegration } from '../../config/parse.ts';
import { formatProblem } from '../../config/problem.ts';

export const FINGERPRINT = `SHA256:${'A'.repeat(43)}`;

/** A small valid file. Tests change single words of it, so each word appears where it can be replaced alone. */
export const SAMPLE = `integration: acme
kind: visma-sftp
partner: ACME Trading
connections:
  visma:
    kind: visma
    tenantId: 11111111-1111-1111-1111-111111111111
  partner:
    kind: sftp
    host: \${SFTP_HOST}
    port: \${SFTP_PORT:-22}
    username: acme
    hostKey: ${FINGERPRINT}
flows:
  vendors-in:
    kind: vendors-in
    schedule: { every: 5m }
    source:
      connection: partner
      folder: inbound
      pattern: vendors*.csv
      archive: archive
      error: error
    target:
      connection: visma
    format: { type: csv }
    columns:
      number: Vendor No
      name: Name
  invoices-out:
    kind: invoices-out
    schedule: { cron: 0 6 * * MON-FRI, timeZone: Europe/Oslo }
    source:
      connection: visma
      since: 2026-01-01
    target:
      connection: partner
      folder: outbound
      name: invoices-{sequence:6}.csv
    format: { type: csv }
    rows:
      layout: headers
      columns:
        - { name: Invoice, field: number }
        - { name: Company, constant: 0040 }
`;

export const ENV = { SFTP_HOST: 'sftp.example.com' };

/** The sample with one text replaced by another, checked. Fails when the sample does not hold the text. */
export function checkWith(text: string, replacement: string): Checked {
  if (!SAMPLE.includes(text)) throw new Error(`The sample has no ${text}`);
  return checkIntegration(
    SAMPLE.replace(text, () => replacement),
    'acme.yaml',
    ENV,
  );
}

/** The problems of the sample with one text replaced, each as a line. */
export function problemsWith(text: string, replacement: string): string[] {
  return checkWith(text, replacement).problems.map(formatProblem);
}

/** The sample, with one text replaced, that must be valid. */
export function integrationWith(text = 'kind', replacement = 'kind'): Integration {
  const { integration, problems } = checkWith(text, replacement);
  if (integration === undefined) throw new Error(problems.map(formatProblem).join('\n'));
  return integration;
}
