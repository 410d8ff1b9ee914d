import { account } from './entities/account.ts';
import { subaccount } from './entities/subaccount.ts';
import { supplier } from './entities/supplier.ts';
import { supplierInvoice } from './entities/supplier-invoice.ts';
import type { Entity } from './entity.ts';

export const ENTITIES: readonly Entity[] = [supplier, supplierInvoice, account, subaccount];

/** Finds an entity by its name or the plural of its name. Throws RangeError when there is none. */
export function entityNamed(name: string): Entity {
  const entity = ENTITIES.find((candidate) => candidate.name === name || candidate.plural === name);
  if (entity === undefined)
    throw new RangeError(`There is no entity '${name}'; known: ${ENTITIES.map((e) => e.name).join(', ')}.`);
  return entity;
}
