import type { Connector } from './connector.ts';

/** A row of a vendor file; the columns of the tests' integration. */
export interface VendorRow {
  readonly number: string;
  readonly name: string;
  readonly city?: string;
  readonly country?: string;
  readonly email?: string;
}

/** A vendor file in the dialect of the tests' integration. */
export function vendorFile(rows: readonly VendorRow[]): Buffer {
  const lines = rows.map(({ number, name, city = 'Oslo', country = 'Norway', email = '' }) =>
    [number, name, city, country, email].join(';'),
  );
  return Buffer.from(['Vendor No;Name;City;Country;Email', ...lines, ''].join('\r\n'), 'latin1');
}

/** Puts a vendor file into the inbound folder. */
export async function dropVendors(connector: Connector, name: string, rows: readonly VendorRow[]): Promise<void> {
  await connector.drop(`/inbound/vendors/${name}`, vendorFile(rows));
}
