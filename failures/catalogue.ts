/**
 * Every failure the product can report. The type decides whether and how an activity is retried; `next` is what the user
 * does about it. `docs/errors.md` repeats this table and a test holds the two together.
 */
export const FAILURE_TYPES = [
  'Transient',
  'QuotaDeferred',
  'SourceBusy',
  'AuthFailed',
  'DataInvalid',
  'DuplicateExternal',
  'OutcomeUnknown',
  'ConfigInvalid',
] as const;

export type FailureType = (typeof FAILURE_TYPES)[number];

interface CatalogueRow {
  readonly type: FailureType;
  /** One sentence for the documentation: when does this happen. */
  readonly when: string;
  readonly next: string;
}

const rows = {
  // Visma.net
  VISMA_UNREACHABLE: {
    type: 'Transient',
    when: 'Visma.net did not answer, answered with a gateway page, or failed on its side.',
    next: 'Nothing: it is tried again. If it lasts, run `ml-connector ping` on the connection.',
  },
  VISMA_QUOTA: {
    type: 'QuotaDeferred',
    when: 'The hourly call budget of the company is spent, or Visma.net answered 429.',
    next: 'Nothing: the call waits for its slot in the next window.',
  },
  VISMA_AUTH: {
    type: 'AuthFailed',
    when: 'Visma refused the credentials, the tenant, or the rights of the client.',
    next: 'Check client id, secret and tenant id, store them with `ml-connector connection set`, then `ml-connector ping` the connection.',
  },
  VISMA_REFUSED: {
    type: 'DataInvalid',
    when: 'Visma.net refused a document for a reason of its own (an unknown code, a locked field, a missing value).',
    next: 'Mend the value at its source, or create what is missing in Visma.net, then replay the document.',
  },
  VISMA_NOT_FOUND: {
    type: 'DataInvalid',
    when: 'A record that must exist in Visma.net is not there.',
    next: 'Create the record in Visma.net, then replay the document.',
  },
  VISMA_ANSWER_INVALID: {
    type: 'ConfigInvalid',
    when: 'An answer of Visma.net does not have the shape this version knows.',
    next: 'Report the field named; the document is kept and can be replayed after an update.',
  },
} as const satisfies Record<string, CatalogueRow>;

export type FailureCode = keyof typeof rows;

export const catalogue: Readonly<Record<FailureCode, CatalogueRow>> = rows;
