import type { SeedInput } from '../visma/seed.ts';

/** What Visma.net holds before the story begins. */
export const SEED: SeedInput = {
  suppliers: [
    { number: '50001', name: 'Nordlys Kraft AS', mainAddress: { city: 'Bodø', country: 'NO' } },
    { number: '50002', name: 'Åkerlund & Söner AB', mainAddress: { city: 'Kiruna', country: 'SE' } },
  ],
  supplierInvoices: [
    invoice('700001', 'NK-1001', '50001', 'Nordlys Kraft AS', [
      ['Strøm oktober', 18400],
      ['Nettleie', 6200.5],
    ]),
    invoice('700002', 'ÅS-88', '50002', 'Åkerlund & Söner AB', [['Stålprofiler; kapade', 125000]]),
    invoice('700003', 'NK-1002', '50001', 'Nordlys Kraft AS', [['Strøm "spot" november', 21730.25]]),
    { ...invoice('700004', 'NK-1003', '50001', 'Nordlys Kraft AS', [['Ikke frigitt', 10]]), status: 'Balanced' },
  ],
};

function invoice(voucher: string, number: string, supplier: string, name: string, lines: [string, number][]) {
  const total = lines.reduce((sum, [, amount]) => sum + amount, 0);
  return {
    documentType: 'Invoice',
    referenceNumber: voucher,
    supplierReference: number,
    status: 'Open',
    supplier: { number: supplier, name },
    date: '2026-11-02T00:00:00',
    dueDate: '2026-12-02T00:00:00',
    currencyId: 'NOK',
    amount: total,
    balance: total,
    invoiceLines: lines.map(([text, amount], index) => ({
      lineNumber: index + 1,
      transactionDescription: text,
      quantity: 1,
      unitCost: amount,
      unitCostInCurrency: amount,
      cost: amount,
      costInCurrency: amount,
      account: { number: '6340' },
      subaccount: { subaccountNumber: '10-100' },
    })),
  };
}

/** Released invoices, as (invoice number, line amount) in the order of the file. */
export const EXPECTED_LINES = [
  ['NK-1001', '18400,00'],
  ['NK-1001', '6200,50'],
  ['ÅS-88', '125000,00'],
  ['NK-1002', '21730,25'],
] as const;

const HEADER = 'Vendor No;Name;Org No;VAT No;Currency;Class;Terms;Street;Zip;City;Country;Email;Phone';

const vendor = (number: string, name: string, city: string, country: string) =>
  `${number};${name};;;;;;;;${city};${country};;`;

/** 50001 has moved, 50002 is as Visma.net has it, the others are new; Visma.net does not know the country XK. */
export const VENDORS = [
  HEADER,
  vendor('50001', 'Nordlys Kraft AS', 'Tromsø', 'Norway'),
  vendor('50002', 'Åkerlund & Söner AB', 'Kiruna', 'Sweden'),
  vendor('50003', '"Blåbær ""Bær & Saft"" ApS"', 'Odense', 'Denmark'),
  vendor('50004', 'Prishtina Trade LLC', 'Pristina', 'XK'),
  vendor('50005', 'Hämeen Puu Oy', 'Hämeenlinna', 'Finland'),
  '',
].join('\r\n');

/** The vendor whose supplier Visma.net commits while the worker dies. */
export const LATE_VENDOR = [HEADER, vendor('50006', 'Østfold Transport AS', 'Fredrikstad', 'Norway'), ''].join('\r\n');

/** What Visma.net must hold in the end: number, name, city, country. */
export const EXPECTED_SUPPLIERS = [
  ['50001', 'Nordlys Kraft AS', 'Tromsø', 'NO'],
  ['50002', 'Åkerlund & Söner AB', 'Kiruna', 'SE'],
  ['50003', 'Blåbær "Bær & Saft" ApS', 'Odense', 'DK'],
  ['50004', 'Prishtina Trade LLC', 'Pristina', 'XK'],
  ['50005', 'Hämeen Puu Oy', 'Hämeenlinna', 'FI'],
  ['50006', 'Østfold Transport AS', 'Fredrikstad', 'NO'],
] as const;

/** Every write Visma.net must have committed, each once. */
export const EXPECTED_WRITES = [
  'create 50003',
  'create 50004',
  'create 50005',
  'create 50006',
  'update 50001',
] as const;
