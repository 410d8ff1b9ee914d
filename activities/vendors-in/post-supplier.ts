import type { VismaClient } from '../../connectors/visma/client.ts';
import { supplierCreate, supplierUpdate } from '../../connectors/visma/entities/supplier.ts';
import { Failure } from '../../failures/failure.ts';
import type { DocumentRow, IntentRow } from '../../ledger/schema.ts';
import type { Supplier } from '../../mappings/canonical/supplier.ts';
import * as toVisma from '../../mappings/visma/supplier.ts';
import { pathsOf, projectionDigest, supplierDifference } from '../../mappings/visma/supplier-difference.ts';
import type { FlowOf } from '../configuration.ts';
import type { LookUp } from '../posting/look-up.ts';
import type { Request, VismaWrite } from '../posting/post-to-visma.ts';
import { type SeenSupplier, seenSupplier } from './suppliers-seen.ts';

interface SupplierPosting {
  readonly config: FlowOf<'vendors-in'>;
  readonly document: DocumentRow;
  readonly supplier: Supplier;
  /** The number in Visma.net that an earlier version of this vendor got, where the series gives the numbers. */
  readonly knownNumber: string | undefined;
  readonly client: VismaClient;
}

/** A supplier written to Visma.net: created under its number, updated under the version it was read in, or left alone. */
export function supplierWrite(posting: SupplierPosting): VismaWrite {
  return {
    step: 'supplier',
    targetKey: `supplier/${posting.supplier.number}`,
    prepare: (intent, fresh) => prepare(posting, intent, fresh),
    lookUp: (intent) => lookUp(posting, intent),
  };
}

async function prepare(posting: SupplierPosting, intent: IntentRow, fresh: boolean): Promise<Request | undefined> {
  const { config, document, supplier, client } = posting;
  const digest = projectionDigest(supplier);
  const number = numberInVisma(posting);
  const seenVersion = document.targetSeen?.timeStamp;
  if (!fresh && number !== undefined && typeof seenVersion === 'string') {
    return { request: supplierUpdate(number, toVisma.supplierUpdate(supplier), seenVersion), digest };
  }
  const current = fresh && number !== undefined ? await read(client, document, number) : undefined;
  if (current) {
    if (supplierDifference(supplier, current.supplier).length === 0) return undefined;
    return { request: supplierUpdate(current.number, toVisma.supplierUpdate(supplier), current.timeStamp), digest };
  }
  const { numbering } = config.flow.target;
  const how = numbering === 'automatic' ? { numbering, token: intent.token } : { numbering };
  return { request: supplierCreate(toVisma.supplierCreate(supplier, how)), digest };
}

/** The number the supplier has, or would get; unknown for a new one of an automatic series. */
function numberInVisma({ config, supplier, knownNumber }: SupplierPosting): string | undefined {
  return config.flow.target.numbering === 'automatic' ? knownNumber : supplier.number;
}

async function read(client: VismaClient, document: DocumentRow, number: string): Promise<SeenSupplier | undefined> {
  const record = await client.suppliers.get(number, { class: 'post', holder: `${document.id}/look-up` });
  return record && seenSupplier(record);
}

/**
 * A number of our choice decides by itself: the supplier is there as intended, or it is not. An update that is not there
 * may be sent again, since it sets values and adds nothing; a create that differs is somebody else's supplier.
 */
async function lookUp(posting: SupplierPosting, intent: IntentRow): Promise<LookUp> {
  const { client, document, supplier } = posting;
  const number = numberInVisma(posting);
  if (number === undefined) return lookUpByToken(posting, intent);
  const current = await read(client, document, number);
  if (!current) return { finding: 'absent' };
  const differing = supplierDifference(supplier, current.supplier);
  if (differing.length === 0) return { finding: 'ours', externalId: current.number };
  return intent.ifMatch === null ? { finding: 'foreign', failure: foreign(number, differing) } : { finding: 'absent' };
}

/** Zones differ by at most 26 hours: Visma.net does not say in which one it stamps. */
const ZONE_MARGIN_MS = 26 * 3_600_000;

/** A create of an automatic series carries the token in `accountReference`: it is looked for in what changed since. */
async function lookUpByToken({ client, document }: SupplierPosting, intent: IntentRow): Promise<LookUp> {
  const since = new Date((intent.sentAt?.getTime() ?? 0) - ZONE_MARGIN_MS);
  const filter = { modifiedSince: since.toISOString().replace('Z', '') };
  const found: string[] = [];
  for await (const page of client.suppliers.list(filter, { class: 'post', holder: `${document.id}/look-up` })) {
    found.push(...page.filter((record) => record.accountReference === intent.token).map((record) => record.number));
  }
  const [externalId, ...others] = found;
  if (externalId === undefined) return { finding: 'absent' };
  if (others.length > 0) return { finding: 'unclear', reason: `${found.length} suppliers carry its token` };
  return { finding: 'ours', externalId };
}

function foreign(number: string, differing: readonly string[]): Failure {
  return new Failure('SUPPLIER_EXISTS', {
    message: `Supplier ${number} is in Visma.net, but not as this file wrote it: ${differing.join(', ')} differ.`,
  });
}

/** Every field this document writes, for previews. */
export function writtenFields(supplier: Supplier): readonly string[] {
  return pathsOf(supplier);
}
