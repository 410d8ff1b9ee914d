import { present } from '../../mappings/canonical/present.ts';
import { Remittance } from '../../mappings/canonical/remittance.ts';
import { assertSettles } from '../../mappings/canonical/remittance-sums.ts';
import { REMITTANCE_IN_FIELDS, remittanceFromRows } from '../../mappings/csv/remittance-in.ts';
import { groupColumns } from '../documents-in/group-columns.ts';
import type { DocumentKind } from '../documents-in/kind.ts';
import { paymentWrites } from './post-payment.ts';

/** Remittances, one row for each document they settle, become supplier payments. */
export const paymentsIn: DocumentKind<'payments-in', Remittance> = {
  flow: 'payments-in',
  kind: 'Remittance',
  rows: ({ flow: { columns, format, groupBy } }) => ({
    fields: REMITTANCE_IN_FIELDS,
    columns,
    groupBy: groupBy ?? groupColumns(columns, ['supplier.number', 'number']),
    dialect: format,
  }),
  keyOf: ({ header: { 'supplier.number': supplier, number } }) =>
    supplier === undefined || number === undefined ? undefined : `${supplier}/${number}`,
  business: ({ header }) => present({ payment: header.number, supplier: header['supplier.number'] }),
  canonical: (rows, { flow }) => {
    const remittance = remittanceFromRows(rows);
    assertSettles(remittance, flow.target.unapplied);
    return remittance;
  },
  isProvenWhole: ({ total }) => total !== undefined,
  parse: (stored) => Remittance.parse(stored),
  writes: paymentWrites,
};
