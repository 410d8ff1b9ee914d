import type { VismaClient } from '../../connectors/visma/client.ts';
import { supplierCreate, supplierUpdate } from '../../connectors/visma/entities/supplier.ts';
import type { VismaSupplier } from '../../connectors/visma/schema/supplier.ts';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import { externalIdAt } from '../../ledger/versions.ts';
import type { Supplier } from '../../mappings/canonical/supplier.ts';
import * as toVisma from '../../mappings/visma/supplier.ts';
import { projectionDigest, supplierDifference } from '../../mappings/visma/supplier-difference.ts';
import type { FlowOf } from '../configuration.ts';
import { showable } from '../delivery.ts';
import type { LookUp } from '../posting/look-up.ts';
import type { Request, VismaWrite } from '../posting/posting.ts';
import { modifiedSinceSent } from '../posting/zone-margin.ts';
import { type SeenSupplier, seenIfReadable, seenSupplier } from './suppliers-seen.ts';

type Numbering = FlowOf<'vendors-in'>['flow']['target']['numbering'];

interface SupplierPosting {
  readonly numbering: Numbering;
  readonly document: DocumentRow;
  readonly supplier: Supplier;
  /** The number in Visma.net that an earlier version of this vendor got, where the series gives the numbers. */
  readonly knownNumber: string | undefined;
  readonly place: readonly string[];
  readonly client: VismaClient;
}

/** A supplier written to Visma.net: created under its number, updated under the version it was read in, or left alone. */
export function supplierWrite(posting: SupplierPosting): VismaWrite {
  return {
    step: 'supplier',
    targetKey: `supplier/${posting.supplier.number}`,
    prepare: (intent, fresh) => prepare(posting, intent, fresh),
    lookUp: (intent) => lookUp(posting, intent),
    ...(posting.numbering === 'automatic' ? { stillHolds: (tx: Ledger) => isNumberStill(posting, tx) } : {}),
    // The number was taken meanwhile: then the supplier is there, and is updated.
    refusal: 'prepare again',
  };
}

/** A create by an automatic series must not follow another version's create: the supplier would be there twice. */
async function isNumberStill({ document, knownNumber, place }: SupplierPosting, tx: Ledger): Promise<boolean> {
  return (await externalIdAt(tx, document, place)) === knownNumber;
}

async function prepare(posting: SupplierPosting, intent: IntentRow, fresh: boolean): Promise<Request | undefined> {
  const { numbering, document, supplier, client } = posting;
  const noted = { numbering };
  const digest = projectionDigest(supplier);
  const number = numberInVisma(posting);
  const seenVersion = document.targetSeen?.timeStamp;
  if (!fresh && number !== undefined && typeof seenVersion === 'string') {
    return { request: supplierUpdate(number, toVisma.supplierUpdate(supplier), seenVersion), digest, noted };
  }
  // An automatic series gave the number: the poll did not look for it, and a create would make a second supplier.
  const isLooked = fresh || posting.knownNumber !== undefined;
  const current = isLooked && number !== undefined ? await read(client, document, number) : undefined;
  if (current) {
    if (differenceTo(posting, current).length === 0) return undefined;
    return {
      request: supplierUpdate(current.number, toVisma.supplierUpdate(supplier), current.timeStamp),
      digest,
      noted,
    };
  }
  const how = numbering === 'automatic' ? { numbering, token: intent.token } : { numbering };
  return { request: supplierCreate(toVisma.supplierCreate(supplier, how)), digest, noted };
}

/** The number the supplier has, or would get; unknown for a new one of an automatic series. */
function numberInVisma({ numbering, supplier, knownNumber }: SupplierPosting): string | undefined {
  return numbering === 'automatic' ? knownNumber : supplier.number;
}

/** What differs in Visma.net; under an automatic series its number is not ours, and says nothing. */
function differenceTo({ numbering, supplier }: SupplierPosting, current: SeenSupplier): string[] {
  const isOwn = numbering !== 'automatic';
  return supplierDifference(supplier, isOwn ? current.supplier : { ...current.supplier, number: supplier.number });
}

async function read(client: VismaClient, document: DocumentRow, number: string): Promise<SeenSupplier | undefined> {
  const record = await client.suppliers.get(number, { class: 'post', holder: `${document.id}/look-up` });
  return record && seenSupplier(record);
}

/**
 * A number of our choice decides by itself: the supplier is there as intended, or it is not. An update that is not there
 * may be sent again, since it sets values and adds nothing; a create that differs is somebody else's supplier.
 */
async function lookUp(given: SupplierPosting, intent: IntentRow): Promise<LookUp> {
  // As it left: the flow may say otherwise by now who gives the numbers.
  const posting = { ...given, numbering: (intent.detail.numbering as Numbering | undefined) ?? given.numbering };
  const { numbering, client, document } = posting;
  const number = numberInVisma(posting);
  const isCreateBySeries = numbering === 'automatic' && intent.ifMatch === null;
  if (number === undefined || isCreateBySeries) return lookUpByToken(posting, intent);
  const current = await read(client, document, number);
  if (!current) return { finding: 'absent' };
  const differing = differenceTo(posting, current);
  if (differing.length === 0) return { finding: 'ours', externalId: current.number };
  return intent.ifMatch === null ? { finding: 'foreign', failure: foreign(number, differing) } : { finding: 'absent' };
}

/** Another document's token: 12 characters of base32. */
const TOKEN = /^[A-Z2-7]{12}$/;

/**
 * A create of an automatic series carries the token in `accountReference`: it is looked for in what changed since. Without
 * it nothing tells our supplier from another with the same fields, so such a one is for a person to judge.
 */
async function lookUpByToken(posting: SupplierPosting, intent: IntentRow): Promise<LookUp> {
  const { client, document } = posting;
  const filter = { modifiedSince: modifiedSinceSent(intent) };
  const found: string[] = [];
  const alike: string[] = [];
  for await (const page of client.suppliers.list(filter, { class: 'post', holder: `${document.id}/look-up` })) {
    found.push(...page.filter((record) => record.accountReference === intent.token).map((record) => record.number));
    alike.push(...page.filter((record) => isAlike(posting, record)).map((record) => record.number));
  }
  const [externalId, ...others] = found;
  if (externalId === undefined && alike.length > 0) {
    return {
      finding: 'unclear',
      reason: `its token is nowhere, and ${alike.length} new suppliers have the same fields`,
    };
  }
  if (externalId === undefined) return { finding: 'absent' };
  if (others.length > 0) return { finding: 'unclear', reason: `${found.length} suppliers carry its token` };
  return { finding: 'ours', externalId };
}

/** Everything that this document writes, but the reference, in which somebody may have overwritten our token. */
function isAlike(posting: SupplierPosting, record: VismaSupplier): boolean {
  if (TOKEN.test(record.accountReference ?? '')) return false;
  const seen = seenIfReadable(record);
  return seen !== undefined && differenceTo(posting, seen).every((path) => path === 'accountReference');
}

function foreign(number: string, differing: readonly string[]): Failure {
  return new Failure('SUPPLIER_EXISTS', {
    message: `Supplier ${showable(number)} is in Visma.net, but not as this file wrote it: ${differing.join(', ')} differ.`,
  });
}
