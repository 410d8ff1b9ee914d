import type { WriteRequest } from '../../connectors/visma/write.ts';
import { Failure } from '../../failures/failure.ts';
import type { Ledger } from '../../ledger/database.ts';
import type { IntentRow } from '../../ledger/schema.ts';
import { postedBefore } from '../../ledger/versions.ts';
import { contentHash } from '../../mappings/canonical/content-hash.ts';
import { marked } from '../../mappings/visma/token-mark.ts';
import { showable } from '../delivery.ts';
import type { Reference } from '../reference-data/reference.ts';
import type { LookUp } from './look-up.ts';
import type { Errand, Request, VismaWrite } from './posting.ts';
import { modifiedSinceSent } from './zone-margin.ts';

/** A record that Visma.net numbers itself, made from a document. `R` is what its list shows of it. */
export interface Creation<R> {
  readonly step: string;
  /** What it is called in failures: `supplier invoice`. */
  readonly what: string;
  /** The same for every version of the document, so that at most one of them is being created. */
  readonly targetKey: string;
  readonly request: (token: string) => WriteRequest | Promise<WriteRequest>;
  /** Everything in Visma.net that the document refers to. */
  readonly references: readonly Reference[];
  readonly changedSince: (since: string) => AsyncIterable<readonly R[]>;
  readonly idOf: (record: R) => string;
  /** The field that carries the token. */
  readonly tokenIn: (record: R) => string | null | undefined;
  /** Whether it could be ours without its token: what the document says is the same. */
  readonly isAlike: (record: R) => boolean;
}

/**
 * A create that is found again by the token in a free field. A version of the document that is in Visma.net already is never
 * created a second time, unless an operator has asked for that.
 */
export function createByToken<R>(errand: Errand, creation: Creation<R>): VismaWrite {
  return {
    step: creation.step,
    targetKey: creation.targetKey,
    prepare: (intent) => prepare(errand, creation, intent),
    lookUp: (intent) => lookUp(creation, intent),
    stillHolds: async (tx) => (await knownAs(tx, errand)) === undefined,
    refusal: 'fail',
  };
}

async function prepare<R>(errand: Errand, creation: Creation<R>, intent: IntentRow): Promise<Request> {
  const { deps, document, connection, client } = errand;
  const known = await knownAs(deps.ledger, errand);
  if (known !== undefined) throw existsAs(creation, known);
  const purpose = { class: 'post', holder: `${document.id}/references` } as const;
  await deps.referenceData.assertKnown(connection, client, creation.references, purpose);
  const request = await creation.request(intent.token);
  return { request, digest: contentHash(request.body) };
}

/** What Visma.net calls another version of the document. A copy that an operator asked for is posted beside it. */
async function knownAs(ledger: Ledger, { document }: Errand): Promise<string | undefined> {
  return document.generation > 0 ? undefined : postedBefore(ledger, document);
}

function existsAs({ what, targetKey }: Pick<Creation<unknown>, 'what' | 'targetKey'>, known: string): Failure {
  return new Failure('DOCUMENT_EXISTS', {
    message: `The ${what} ${showable(targetKey.slice(targetKey.indexOf('/') + 1))} is in Visma.net as ${showable(known)}; this file says something else of it.`,
  });
}

/** Any document's token. */
const MARK = /\[[A-Z2-7]{12}\]/;

async function lookUp<R>(creation: Creation<R>, intent: IntentRow): Promise<LookUp> {
  const { changedSince, idOf, tokenIn, isAlike, what } = creation;
  const mark = marked(intent.token);
  const found: string[] = [];
  const alike: string[] = [];
  for await (const page of changedSince(modifiedSinceSent(intent))) {
    for (const record of page) {
      const field = tokenIn(record) ?? '';
      if (field.includes(mark)) found.push(idOf(record));
      else if (!MARK.test(field) && isAlike(record)) alike.push(idOf(record));
    }
  }
  const [externalId, ...others] = found;
  if (externalId === undefined && alike.length > 0) {
    return { finding: 'unclear', reason: `its token is nowhere, and ${alike.length} new ${what} says the same` };
  }
  if (externalId === undefined) return { finding: 'absent' };
  if (others.length > 0) return { finding: 'unclear', reason: `${found.length} documents carry its token` };
  return { finding: 'ours', externalId };
}
