import { BusinessRefusal } from '../answers.ts';
import type { Entity } from '../entity.ts';
import { LAST_MODIFIED } from '../filters.ts';
import { type JsonObject, merged } from '../json.ts';
import { described } from '../references.ts';
import type { World } from '../world.ts';
import { countryOf, withSupplierChanges } from './supplier-changes.ts';
import { withDescriptions } from './supplier-descriptions.ts';
import { SUPPLIER_FIELDS, SUPPLIER_STATUSES } from './supplier-fields.ts';

/** GET, POST and PUT /v1/supplier. */
export const supplier: Entity = {
  name: 'supplier',
  plural: 'suppliers',
  label: 'Supplier',
  path: '/v1/supplier',
  onePaths: ['/:number'],
  keyOfPath: ({ number = '' }) => number,
  keyOf: ({ number }) => String(number ?? ''),
  complete: (record, world) => merged(blankSupplier(String(record.number), world), record),
  settle: (record, { references }) => withDescriptions(record, references),
  generate: (id, index) => ({
    number: id,
    name: `Supplier ${id}`,
    corporateId: String(900_000_000 + index),
    mainAddress: { addressLine1: `Havnegata ${index}`, postalCode: '0150', city: 'Oslo' },
    mainContact: { name: `Supplier ${id}`, email: `post.${index}@supplier.test` },
  }),
  list: {
    paging: 'pages',
    filters: {
      ...LAST_MODIFIED,
      name: { kind: 'equals', field: 'name' },
      status: { kind: 'choice', field: 'status', values: SUPPLIER_STATUSES },
      vatRegistrationId: { kind: 'equals', field: 'vatRegistrationId' },
      corporateId: { kind: 'equals', field: 'corporateId' },
    },
    notSimulated: ['attributes', 'expandAccountInformation'],
    expanded: { note: 'expandNote' },
  },
  write: {
    fields: SUPPLIER_FIELDS,
    locate: ({ number }) => encodeURIComponent(String(number)),
    inserting: 'Error inserting the supplier.',
    updating: 'Error updating the supplier.',
    create: (values, world) => {
      const number = numberFor(values, world);
      return withSupplierChanges(blankSupplier(number, world), values, world);
    },
    // The number is the key: another one in the body changes nothing.
    update: withSupplierChanges,
  },
};

/** Without `overrideNumberSeries` an automatic series ignores the sent number; a manual one needs it. */
function numberFor(values: JsonObject, world: World): string {
  const chosen = world.settings.supplierNumbering === 'manual' || values.overrideNumberSeries === true;
  if (!chosen) return nextNumber(world);
  const number = String(values.number ?? '').trim();
  if (number === '') throw new BusinessRefusal('Value cannot be null. Parameter name: key');
  if (world.table('supplier').get(number) !== undefined) {
    throw new BusinessRefusal(`Error: The supplier '${number}' already exists in the system.`);
  }
  return number;
}

function nextNumber(world: World): string {
  let number = world.nextNumber('supplier', 50_001);
  while (world.table('supplier').get(String(number)) !== undefined) number = world.nextNumber('supplier', 50_001);
  return String(number);
}

/** A supplier with what its class gives it. */
function blankSupplier(number: string, world: World): JsonObject {
  const { references } = world;
  return {
    internalId: world.nextId(),
    number,
    status: 'Active',
    mainAddress: { addressId: world.nextId(), country: countryOf('NO', world) },
    mainContact: { contactId: world.nextId() },
    supplierClass: described(references.need('supplierClasses', '1')),
    creditTerms: described(references.need('creditTerms', '30')),
    currencyId: 'NOK',
    paymentMethod: described(references.need('paymentMethods', '1')),
    vatZone: described(references.need('vatZones', '01')),
    chargeBearer: 'Payer',
    paymentBy: 'DueDate',
    paymentLeadTime: 0,
    paySeparately: false,
    landedCostSupplier: false,
  };
}
