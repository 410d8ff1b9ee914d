import { BusinessRefusal } from '../answers.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { described, type ReferenceKind } from '../references.ts';
import type { World } from '../world.ts';

/** Lays one written value over the record. */
type Setter = (next: JsonObject, value: Json, world: World) => void;

/** The read form follows the write form, field by field; what is not here (`number`, the override flags) changes nothing. */
const SETTERS: Readonly<Record<string, Setter>> = {
  name: text('name'),
  status: text('status'),
  accountReference: text('accountReference'),
  documentLanguage: text('documentLanguage'),
  cashAccount: text('cashAccount'),
  vatRegistrationId: text('vatRegistrationId'),
  corporateId: text('corporateId'),
  note: text('note'),
  currencyId: (next, value, world) =>
    setText(next, 'currencyId', value === '' ? '' : world.references.need('currencies', String(value)).id),
  supplierClassId: reference('supplierClass', 'supplierClasses'),
  creditTermsId: reference('creditTerms', 'creditTerms'),
  vatZoneId: reference('vatZone', 'vatZones'),
  paymentMethodId: reference('paymentMethod', 'paymentMethods'),
  parentRecordNumber: setParent,
  mainAddress: address('mainAddress'),
  remitAddress: address('remitAddress'),
  supplierAddress: address('supplierAddress'),
  mainContact: contact('mainContact'),
  remitContact: contact('remitContact'),
  supplierContact: contact('supplierContact'),
  supplierPaymentMethodDetails: setPaymentDetails,
  attributeLines: setAttributes,
};

/**
 * Lays unwrapped write values over a supplier in read form: ids become small objects, an empty text clears, a group
 * changes only the fields it names. Throws BusinessRefusal for an unknown reference and an empty name.
 */
export function withSupplierChanges(record: JsonObject, values: JsonObject, world: World): JsonObject {
  const next: JsonObject = { ...record };
  for (const [name, value] of Object.entries(values)) SETTERS[name]?.(next, value, world);
  if (typeof next.name !== 'string' || next.name.trim() === '')
    throw new BusinessRefusal("Error: 'Supplier Name' cannot be empty.");
  return next;
}

/** A country in read form: `{id, name}`. */
export function countryOf(id: string, world: World): JsonObject {
  const row = world.references.need('countries', id);
  return { id: row.id, name: row.description };
}

function text(name: string): Setter {
  return (next, value) => setText(next, name, String(value));
}

function setText(target: JsonObject, name: string, value: string): void {
  if (value === '') delete target[name];
  else target[name] = value;
}

function reference(name: string, kind: ReferenceKind): Setter {
  return (next, value, world) => {
    if (value === '') delete next[name];
    else next[name] = described(world.references.need(kind, String(value)));
  };
}

function address(name: string): Setter {
  return (next, values, world) => {
    const result: JsonObject = { addressId: world.nextId(), ...objectIn(next[name]) };
    for (const [field, value] of Object.entries(objectIn(values))) {
      if (field !== 'countryId') setText(result, field, String(value));
      else if (value === '') delete result.country;
      else result.country = countryOf(String(value), world);
    }
    next[name] = result;
  };
}

function contact(name: string): Setter {
  return (next, values) => {
    const result: JsonObject = { ...objectIn(next[name]) };
    for (const [field, value] of Object.entries(objectIn(values))) setText(result, field, String(value));
    next[name] = result;
  };
}

function setParent(next: JsonObject, value: Json, world: World): void {
  const number = String(value);
  if (number === '') {
    delete next.parentRecord;
    return;
  }
  const parent = world.table('supplier').get(number);
  if (parent === undefined)
    throw new BusinessRefusal(`Error: ParentBAccountID '${number}' cannot be found in the system.`);
  next.parentRecord = { number: parent.key, name: parent.record.name ?? '' };
}

/** The description text is the matching key: only it and the value are in the write body. */
function setPaymentDetails(next: JsonObject, value: Json): void {
  const before = linesIn(next.supplierPaymentMethodDetails);
  next.supplierPaymentMethodDetails = upserted(before, linesIn(value), 'paymentMethodDetailDescription');
}

function setAttributes(next: JsonObject, value: Json): void {
  const rows = linesIn(value).map(({ attributeId = '', attributeValue = '' }) => ({
    id: attributeId,
    value: attributeValue,
  }));
  next.attributes = upserted(linesIn(next.attributes), rows, 'id');
}

function upserted(before: readonly JsonObject[], rows: readonly JsonObject[], key: string): JsonObject[] {
  const byKey = new Map(before.map((row) => [row[key], row]));
  for (const row of rows) byKey.set(row[key], { ...byKey.get(row[key]), ...row });
  return [...byKey.values()];
}

function objectIn(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function linesIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
