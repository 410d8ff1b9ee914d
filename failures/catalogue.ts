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
  VISMA_DUPLICATE: {
    type: 'DuplicateExternal',
    when: 'Visma.net says that the record to be created exists already.',
    next: 'Compare the record in Visma.net with the document, then `ml-connector resolve` it or correct the key at its source.',
  },
  VISMA_NOT_SENT: {
    type: 'Transient',
    when: 'A write was given up before its first byte left: its sending window had passed, or it was cancelled.',
    next: 'Nothing: nothing was written, and it is tried again.',
  },
  VISMA_OUTCOME_UNKNOWN: {
    type: 'OutcomeUnknown',
    when: 'A write left, and no answer says whether Visma.net carried it out (a cut, a time-out, a gateway page, a 5xx).',
    next: 'Nothing: the record is looked up in Visma.net before anything is sent again.',
  },
  VISMA_PAGE_DRIFT: {
    type: 'Transient',
    when: 'Records moved between the pages of a list while it was read, so that some may have been missed.',
    next: 'Nothing: the list is read again from its first page.',
  },
  VISMA_ROUTE: {
    type: 'ConfigInvalid',
    when: 'A list of Visma.net does not exist at the configured address (404).',
    next: 'Check `apiUrl` in the connection settings, then `ml-connector ping` the connection.',
  },
  VISMA_ANSWER_TOO_LARGE: {
    type: 'ConfigInvalid',
    when: 'An answer of Visma.net is larger than the connection allows.',
    next: 'Lower `pageSize` or raise `maxResponseBytes` in the connection settings, then run the flow again.',
  },
  VISMA_SETTINGS: {
    type: 'ConfigInvalid',
    when: 'The settings of a Visma.net connection are incomplete or contradict each other.',
    next: 'Mend the settings named in the integration file, then `ml-connector apply` it.',
  },
  VISMA_ANSWER_INVALID: {
    type: 'ConfigInvalid',
    when: 'An answer of Visma.net does not have the shape this version knows.',
    next: 'Report the field named; the document is kept and can be replayed after an update.',
  },
} as const satisfies Record<string, CatalogueRow>;

export type FailureCode = keyof typeof rows;

export const catalogue: Readonly<Record<FailureCode, CatalogueRow>> = rows;
