import type { Filters, Query } from './filters.ts';
import type { JsonObject } from './json.ts';
import type { Paging } from './paging.ts';
import type { World } from './world.ts';
import type { Fields } from './write-fields.ts';

export type EntityName =
  | 'supplier'
  | 'supplierInvoice'
  | 'supplierPayment'
  | 'purchaseOrder'
  | 'purchaseReceipt'
  | 'customer'
  | 'customerinvoice'
  | 'customerCreditNote'
  | 'customerDebitNote'
  | 'account'
  | 'subaccount'
  | 'dimension'
  | 'journaltransaction'
  | 'cashTransaction'
  | 'budget'
  | 'financialPeriod'
  | 'branch'
  | 'ledger';

/** What an entity's list accepts, and what its items leave out. */
export interface ListRules {
  readonly paging: Paging;
  /** The array of a record that pages and the total count, where they do not count records. */
  readonly pagesCount?: string;
  /** Most items repeat the metadata; some entities have none. */
  readonly metadata?: 'none';
  readonly filters: Filters;
  /** Names a parameter that is missing and without which the list is refused. */
  required?(query: Query): string | undefined;
  /** Fields that rows are found by and that answers do not show. */
  readonly hidden?: readonly string[];
  /** Parameters that are accepted and change nothing. */
  readonly accepted?: readonly string[];
  readonly notSimulated?: readonly string[];
  /** The entity's own limit, where it is known to be lower than the general one. */
  readonly maxPageSize?: number;
  /** Fields only shown when a parameter asks for them: field -> parameter. */
  readonly expanded?: Readonly<Record<string, string>>;
}

/** How an entity is created and updated through the API. Both functions throw BusinessRefusal. */
export interface WriteRules {
  readonly fields: Fields;
  /** Makes the record of a new row from unwrapped values. */
  create(values: JsonObject, world: World): JsonObject;
  /** Makes the next state of a record; what the values do not name stays as it is. */
  update(record: JsonObject, values: JsonObject, world: World): JsonObject;
  /** The part of Location that names the new record, encoded. */
  locate(record: JsonObject): string;
  /** Words of the ERP's own message: `Error inserting the supplier.` */
  readonly inserting: string;
  readonly updating: string;
}

/**
 * What an action does to a record: its next state, or the reason why it fails. Other records that change with it are put in
 * place by the action itself. Throws BusinessRefusal when the record is not in a state for it.
 */
export type ActionRule = (
  record: JsonObject,
  world: World,
) => { readonly next: JsonObject } | { readonly failed: string };

/** All the simulator knows about one entity. A new one is a file with one of these, listed in `entities.ts`. */
export interface Entity {
  readonly name: EntityName;
  /** The name in seed bodies. */
  readonly plural: string;
  /** The name in the ERP's messages. */
  readonly label: string;
  readonly path: `/v${number}/${string}`;
  /** Path forms of a single record below `path`; their parameters go to `keyOfPath`. */
  readonly onePaths: readonly string[];
  keyOfPath(parameters: Readonly<Record<string, string>>): string;
  keyOf(record: JsonObject): string;
  /** Fills the gaps of a seeded record. Throws when its key is missing. */
  complete(record: JsonObject, world: World): JsonObject;
  /** Makes a seeded or touched record agree with itself, where that takes more than filling gaps. */
  settle?(record: JsonObject, world: World): JsonObject;
  /** The record number `index` of a seed generator. */
  generate(id: string, index: number): JsonObject;
  readonly list: ListRules;
  /** `own`: its routes are unlike those of all others and stand elsewhere. */
  readonly routes?: 'own';
  /** Some records carry neither modification time nor row version. */
  readonly stamps?: 'none';
  readonly write?: WriteRules;
  /** Path forms of a single record that can be updated, where they are fewer than `onePaths`. */
  readonly updatePaths?: readonly string[];
  /** `POST …/action/<name>` below `actionPaths`, and the fields of its body. */
  readonly actions?: Readonly<Record<string, ActionRule>>;
  readonly actionPaths?: readonly string[];
  readonly actionFields?: Fields;
  /** Path forms that take an attachment. */
  readonly attachmentPaths?: readonly string[];
}
