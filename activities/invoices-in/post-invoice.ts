import {
  supplierInvoiceAttach,
  supplierInvoiceCreate,
  supplierInvoiceRelease,
} from '../../connectors/visma/entities/supplier-invoice.ts';
import type { VismaSupplierInvoice } from '../../connectors/visma/schema/supplier-invoice.ts';
import type { SupplierInvoice } from '../../mappings/canonical/invoice.ts';
import { assertAddsUp } from '../../mappings/canonical/invoice-sums.ts';
import * as toVisma from '../../mappings/visma/supplier-invoice-write.ts';
import type { Task, Writes } from '../documents-in/kind.ts';
import { openPeriod, segmentsOfLines } from '../documents-in/looked-up.ts';
import { createByToken } from '../posting/create-by-token.ts';
import type { FollowingWrite } from '../posting/post-to-visma.ts';
import type { VismaWrite } from '../posting/posting.ts';
import { releaseWrite } from '../posting/release.ts';
import { invoiceReferences } from './invoice-references.ts';

type InvoiceTask = Task<'invoices-in', SupplierInvoice>;

/** An invoice is created, then gets its original attached and is released, where the flow says so. */
export function invoiceWrites(task: InvoiceTask): Writes {
  const { attach, release } = task.config.flow.target;
  const attachment: FollowingWrite[] = attach === 'none' ? [] : [(id) => attachWrite(task, attach, id)];
  const releasing: FollowingWrite[] = release ? [(id) => invoiceRelease(task, id)] : [];
  return { first: invoiceCreate(task), following: [...attachment, ...releasing] };
}

function invoiceCreate(task: InvoiceTask): VismaWrite {
  const { canonical: invoice, config, client, document } = task;
  const { target } = config.flow;
  const { rounding } = assertAddsUp(invoice, target.roundingTolerance);
  const filter = { supplier: invoice.supplier.number, documentType: toVisma.documentTypeOf(invoice), expandNote: true };
  return createByToken<VismaSupplierInvoice>(task, {
    step: 'supplierInvoice',
    what: 'invoice',
    targetKey: `supplierInvoice/${document.sourceKey}`,
    request: async (token) => {
      await openPeriod(task, invoice, 'supplier');
      const segments = await segmentsOfLines(task, invoice.lines);
      return supplierInvoiceCreate(toVisma.supplierInvoiceCreate(invoice, target, { token, rounding, segments }));
    },
    references: invoiceReferences(invoice),
    changedSince: (modifiedSince) =>
      client.supplierInvoices.list({ ...filter, modifiedSince }, { class: 'post', holder: `${document.id}/look-up` }),
    idOf: ({ referenceNumber }) => referenceNumber,
    tokenIn: (record) => record[target.tokenField],
    isAlike: ({ supplierReference }) => sameReference(supplierReference, invoice.number),
  });
}

/** Compared as the ERP does it: without regard to letter case and outer white space. */
function sameReference(theirs: string | null | undefined, ours: string | undefined): boolean {
  return (theirs ?? '').trim().toUpperCase() === (ours ?? '').trim().toUpperCase();
}

function keyOf({ canonical }: InvoiceTask, referenceNumber: string) {
  return { documentType: toVisma.documentTypeOf(canonical), referenceNumber };
}

function targetKeyOf(task: InvoiceTask, id: string): string {
  return `supplierInvoice/${keyOf(task, id).documentType}/${id}`;
}

/** Visma.net keeps a file of a name that is there as its next revision: attached twice, it is still one. */
function attachWrite(task: InvoiceTask, what: 'rows' | 'file', externalId: string): VismaWrite {
  const key = keyOf(task, externalId);
  const isThere = async (name: string) => {
    const record = await read(task, externalId, 'attachment');
    return record?.attachments?.some((attachment) => attachment.name === name) ?? false;
  };
  return {
    step: 'attachment',
    targetKey: targetKeyOf(task, externalId),
    externalId,
    prepare: async (_intent, fresh) => {
      const file = await task.original(what);
      if (fresh && (await isThere(file.name))) return undefined;
      return { request: supplierInvoiceAttach(key, file), digest: file.name };
    },
    lookUp: async () => {
      const { name } = await task.original(what);
      return (await isThere(name)) ? { finding: 'ours', externalId } : { finding: 'absent' };
    },
    refusal: 'fail',
  };
}

function invoiceRelease(task: InvoiceTask, externalId: string): VismaWrite {
  return releaseWrite({
    targetKey: targetKeyOf(task, externalId),
    externalId,
    request: supplierInvoiceRelease(keyOf(task, externalId)),
    status: async () => {
      const record = await read(task, externalId, 'release');
      return record && (record.status ?? 'Balanced');
    },
  });
}

function read(task: InvoiceTask, externalId: string, step: string): Promise<VismaSupplierInvoice | undefined> {
  const purpose = { class: 'post', holder: `${task.document.id}/${step}` } as const;
  return task.client.supplierInvoices.get(keyOf(task, externalId), purpose);
}
