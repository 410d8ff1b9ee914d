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
  // Configuration
  CONFIG_INVALID: {
    type: 'ConfigInvalid',
    when: 'An integration file does not follow its schema, contradicts itself or another file, or lacks an environment variable.',
    next: 'Correct the lines named and run `ml-connector plan` again; nothing has been applied.',
  },

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
  REFERENCE_UNKNOWN: {
    type: 'DataInvalid',
    when: 'A document refers to an account, subaccount, supplier, period, VAT code, branch or currency that is not in Visma.net, or is inactive there; it was read freshly before this was said.',
    next: 'Create or activate it in Visma.net, or correct the value at its source, then replay the document.',
  },
  PERIOD_CLOSED: {
    type: 'DataInvalid',
    when: 'The financial period of a document is closed in Visma.net, and the connection says `closedPeriod: refuse`.',
    next: 'Open the period in Visma.net, or correct the date at its source, then replay the document.',
  },
  PERIOD_AWAITED: {
    type: 'SourceBusy',
    when: 'The financial period of a document is closed in Visma.net, and the connection says `closedPeriod: wait`.',
    next: 'Open the period in Visma.net: the document goes on by itself, within minutes.',
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
    next: 'Lower `pageSize` or raise `maxResponse` in the connection settings, then run the flow again.',
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
  // Alerts
  ALERT_NOT_TAKEN: {
    type: 'Transient',
    when: 'The receiver of alerts did not answer with a 2xx.',
    next: 'Nothing: it is told again every minute. If it lasts, check `ML_CONNECTOR_ALERT_URL`; the log and `ml-connector status` have the alert.',
  },

  // SFTP
  SFTP_UNREACHABLE: {
    type: 'Transient',
    when: 'The SFTP server does not answer, or its name cannot be resolved.',
    next: 'Nothing: it is tried again. If it lasts, check host and port, and whether a firewall lets this machine through.',
  },
  SFTP_CUT: {
    type: 'Transient',
    when: 'The connection to the SFTP server broke in the middle of the work.',
    next: 'Nothing: it is tried again. A half written file never has its final name.',
  },
  SFTP_TIMEOUT: {
    type: 'Transient',
    when: 'The SFTP server stopped answering: a request waited longer than the time-out of the connection.',
    next: 'Nothing: it is tried again. If the server is just slow, raise `operationTimeout` of the connection.',
  },
  SFTP_HOST_KEY: {
    type: 'ConfigInvalid',
    when: 'The SFTP server showed another host key than the pinned one. Nothing was sent to it, no password either.',
    next: 'Ask the partner whether the host key was changed. If it was, set `hostKey` to the new fingerprint; if not, somebody may be listening in.',
  },
  SFTP_LOGIN_REFUSED: {
    type: 'AuthFailed',
    when: 'The SFTP server refused user name, password or key, or the private key cannot be opened with its passphrase.',
    next: 'Store the right credentials with `ml-connector connection set`, then `ml-connector ping` the connection.',
  },
  SFTP_INCOMPATIBLE: {
    type: 'ConfigInvalid',
    when: 'The SSH server shares no algorithm with this client, offers no SFTP, or lacks an operation that is needed.',
    next: 'Ask the partner to allow SFTP and a current algorithm (for example curve25519 with aes128-gcm).',
  },
  SFTP_PERMISSION: {
    type: 'ConfigInvalid',
    when: 'The SFTP user may not do this at this path.',
    next: 'Ask the partner for the right on the path named, then run `ml-connector ping` and replay.',
  },
  SFTP_FOLDER_MISSING: {
    type: 'ConfigInvalid',
    when: 'A configured folder is not there on the SFTP server.',
    next: 'Correct the folder in the integration file, or ask the partner to make it.',
  },
  SFTP_FILE_MISSING: {
    type: 'DataInvalid',
    when: 'A file that was there is gone from the SFTP server.',
    next: 'Ask the partner whether the file was withdrawn; when it is back, it is picked up by the next poll.',
  },
  SFTP_NAME_UNUSABLE: {
    type: 'DataInvalid',
    when: 'A file name on the SFTP server cannot be used safely: a path separator, a control character, or not UTF-8.',
    next: 'Ask the partner to send the file again under a plain name.',
  },
  SFTP_NO_SPACE: {
    type: 'Transient',
    when: 'The SFTP server did not take the bytes of a file: no space is left there, or the quota is used up.',
    next: 'Ask the partner to make room. It is tried again, and nothing is lost meanwhile.',
  },
  SFTP_REFUSED: {
    type: 'Transient',
    when: 'The SFTP server refused an operation without saying why.',
    next: 'Nothing: it is tried again. If it lasts, run `ml-connector ping` and ask the partner.',
  },
  SFTP_SIZE_DIFFERS: {
    type: 'Transient',
    when: 'After an upload the file on the SFTP server is not as long as what was sent. It was not given its final name.',
    next: 'Nothing: it is sent again. If it lasts, ask the partner for disk quota or for a scanner that changes files.',
  },
  SFTP_TARGET_EXISTS: {
    type: 'DuplicateExternal',
    when: 'The SFTP server already holds a file of that name; it is never overwritten.',
    next: 'Compare the two files; remove or rename the other one, then replay the document.',
  },
  SFTP_FILE_CHANGING: {
    type: 'SourceBusy',
    when: 'A file on the SFTP server grew or shrank while it was read: its sender is not done.',
    next: 'Nothing: it is read again when it rests.',
  },

  // Ledger and keys
  LEDGER_SEAL_BROKEN: {
    type: 'ConfigInvalid',
    when: 'Something sealed in the ledger cannot be opened: it was changed, or another key sealed it.',
    next: 'Run `ml-connector verify`; check that the master key is the one this ledger was written with.',
  },
  LEDGER_BODY_FORGOTTEN: {
    type: 'DataInvalid',
    when: 'The bytes of a document are older than its integration keeps them (`keepBodies`), and something needs them again.',
    next: 'Have the source send it again, as new; what was sent at the time is told by `ml-connector timeline` and the hashes.',
  },
  LEDGER_BODY_MISSING: {
    type: 'ConfigInvalid',
    when: 'The bytes of a document are not in the ledger.',
    next: 'Run `ml-connector verify`; restore the ledger from a backup, or have the partner send the file again.',
  },
  MASTER_KEY_INVALID: {
    type: 'ConfigInvalid',
    when: 'The master key in the environment is not 32 bytes in base64.',
    next: 'Set ML_CONNECTOR_MASTER_KEY to the output of `openssl rand -base64 32`.',
  },
  MASTER_KEY_UNKNOWN: {
    type: 'ConfigInvalid',
    when: 'A data key was wrapped by a master key that is not configured.',
    next: 'Set the former key as ML_CONNECTOR_MASTER_KEY_PREVIOUS and run `ml-connector connection rotate`.',
  },

  // Holding and ordering of writes
  CONNECTION_HELD: {
    type: 'QuotaDeferred',
    when: 'The connection is paused by an operator, or blocked since its credentials were refused.',
    next: 'Mend the credentials (`ml-connector connection set`, then `ping`) or run `ml-connector resume`; waiting documents go on by themselves.',
  },
  FLOW_PAUSED: {
    type: 'QuotaDeferred',
    when: 'An operator has paused the flow.',
    next: 'Run `ml-connector resume` on the flow; waiting documents go on by themselves.',
  },
  TARGET_BUSY: {
    type: 'QuotaDeferred',
    when: 'Another write to the same record of the target is under way or uncertain.',
    next: 'Nothing, unless that write is uncertain: then settle it with `ml-connector resolve`.',
  },
  EARLIER_FILE_OPEN: {
    type: 'QuotaDeferred',
    when: 'A file that was made before this one has not gone out yet, and its records must not arrive after newer ones.',
    next: 'Nothing, unless the earlier file does not move: `ml-connector documents --kind OutboundFile` shows why.',
  },
  INTENT_MOVED: {
    type: 'Transient',
    when: 'Two attempts worked on the same document at once; the one that lost stands back.',
    next: 'Nothing: it looks again and finds what the other attempt did.',
  },

  // CSV files and maps
  CSV_FILE_INVALID: {
    type: 'DataInvalid',
    when: 'A file is not CSV in the declared encoding: binary, other encoding, or a first row that is no header.',
    next: 'Compare the file with the dialect of the flow (encoding, delimiter, quote), correct one of them, then replay the file.',
  },
  CSV_HEADER_INVALID: {
    type: 'DataInvalid',
    when: 'The header of a CSV file lacks a column that the flow needs, or names one twice.',
    next: 'Ask the partner for the column, or change the column mapping of the flow, then replay the file.',
  },
  CSV_ROW_INVALID: {
    type: 'DataInvalid',
    when: 'One record of a CSV file cannot be read: broken quoting, a wrong number of cells, or a limit passed.',
    next: 'Have the partner correct the line named and send it again; the other rows were taken.',
  },
  CSV_CELL_INVALID: {
    type: 'DataInvalid',
    when: 'A cell holds no decimal or day in the form that the dialect declares.',
    next: 'Have the partner correct the cell named, or correct decimalSign, thousandsSign or datePattern, then replay the document.',
  },
  CSV_CELL_UNENCODABLE: {
    type: 'DataInvalid',
    when: 'A value to be written holds a character that the encoding of the file does not have, or needs quoting that the dialect does not have.',
    next: 'Choose utf-8, set `unencodable: replace`, or correct the value at its source, then replay the document.',
  },
  SUPPLIER_ROW_INVALID: {
    type: 'DataInvalid',
    when: 'A row of a file cannot become a supplier: a required cell is empty, or a value breaks a rule.',
    next: 'Have the partner correct the fields named, or add their spelling to `values` of the flow, then replay the row.',
  },
  DOCUMENT_ROWS_INVALID: {
    type: 'DataInvalid',
    when: 'The rows of a document cannot become one: a required field is empty, a value breaks a rule, rows contradict each other, or one of them cannot be read.',
    next: 'Have the partner correct the lines named and send the document again, or correct the columns of the flow and replay it.',
  },
  DOCUMENT_SCATTERED: {
    type: 'DataInvalid',
    when: 'The rows of one document stand apart in the file, with rows of others between them.',
    next: 'Have the partner sort the file by document, or correct `groupBy` of the flow, then replay the document.',
  },
  DOCUMENT_SUMS_DIFFER: {
    type: 'DataInvalid',
    when: 'A document does not add up to its own totals, or an amount has more decimals than its currency.',
    next: 'Have the partner correct the document. If only the total is rounded, set `roundingTolerance` of the flow and replay it.',
  },
  DOCUMENT_EXISTS: {
    type: 'DuplicateExternal',
    when: 'Another version of the document is in Visma.net already, and the file says something else of it.',
    next: 'Compare both. If Visma.net is right, `ml-connector resolve --posted-as` its number; else correct it there, or have it sent under a number of its own.',
  },
  DOCUMENT_OUTDATED: {
    type: 'DataInvalid',
    when: 'A change failed or waited while a later change of the same record went to Visma.net; applied now, it would go over the later one.',
    next: 'Compare the record in Visma.net with both changes; if something of this one is still wanted, have it sent again as a new change.',
  },
  ROUTING_INVALID: {
    type: 'ConfigInvalid',
    when: 'A routing rule of the integration file sets a field to a value that it cannot have.',
    next: 'Correct the rule, `ml-connector apply` it, then replay the document.',
  },
  MAPPED_VALUE_INVALID: {
    type: 'DataInvalid',
    when: 'A record of Visma.net lacks a field that the document needs, or holds one that the product does not know.',
    next: 'Complete the record in Visma.net, then replay the document.',
  },

  // EDI and fixed-width files
  FIXED_WIDTH_LINE_INVALID: {
    type: 'DataInvalid',
    when: 'A line of a fixed-width file is of no known record type, is too long, or holds no number where one belongs.',
    next: 'Have the partner correct the line named, or correct the layout, then replay the file; the other lines were taken.',
  },
  FIXED_WIDTH_VALUE_INVALID: {
    type: 'DataInvalid',
    when: 'A value to be written does not fit its field of a fixed-width file, or the layout does not have the field.',
    next: 'Correct the value at its source, or the layout of the flow, then replay the document.',
  },
  EDI_VALUE_UNWRITABLE: {
    type: 'DataInvalid',
    when: 'A value to be written as EDI holds a delimiter or a character that the interchange cannot carry, or the envelope contradicts itself.',
    next: 'Choose other delimiters, another character set or a replacement in the partner profile, or correct the value at its source, then replay the document.',
  },
  EDI_TABLE_INVALID: {
    type: 'ConfigInvalid',
    when: 'A table of a set, or the partner profile that changes it, does not follow the form, or names what the set does not have.',
    next: 'Correct the paths named in the table or the profile; docs/formats.md says how they are written.',
  },

  // Documents on their way
  CONFIG_MISSING: {
    type: 'ConfigInvalid',
    when: 'A document refers to a configuration, flow or connection that the ledger does not hold.',
    next: 'Run `ml-connector apply` with the integration file, then replay the document.',
  },
  CONFIG_REPLACED: {
    type: 'ConfigInvalid',
    when: 'A step could not be done for now, and since it began another configuration of its flow has been applied.',
    next: 'Nothing: run or document begins anew with the configuration that is applied.',
  },
  CREDENTIALS_MISSING: {
    type: 'QuotaDeferred',
    when: 'A connection is used before its credentials were stored, or some of them are missing.',
    next: 'Store them with `ml-connector connection set`; what waits goes on by itself.',
  },
  FILE_TOO_LARGE: {
    type: 'DataInvalid',
    when: 'An inbound file is larger than the flow allows. It is left where it is.',
    next: 'Have the partner split the file, or raise `maxFile` of the flow, then replay the document.',
  },
  FILE_NOT_MOVED: {
    type: 'Transient',
    when: 'A file that was read cannot be moved out of the inbound folder.',
    next: 'Look into the archive and error folders of the partner; it is tried again.',
  },
  FILE_NAME_TAKEN: {
    type: 'DuplicateExternal',
    when: 'The partner folder holds another file under the name that this one was given.',
    next: 'Find out whose file it is, move it away, then replay the document.',
  },
  SUPPLIER_EXISTS: {
    type: 'DuplicateExternal',
    when: 'After an answer was lost, Visma.net holds a supplier of that number with other values.',
    next: 'Compare both in Visma.net. If it is ours, `ml-connector resolve --posted-as`; else change the number at its source.',
  },
  VISMA_STALE: {
    type: 'Transient',
    when: 'A record is changed by others whenever we try to update it.',
    next: 'Nothing: it is read and tried again.',
  },
  OUTCOME_OPEN: {
    type: 'QuotaDeferred',
    when: 'The answer to a write was lost, and it is too early to say that it did not land.',
    next: 'Nothing: it is looked up again when the answer is certain.',
  },
  OUTCOME_UNCERTAIN: {
    type: 'OutcomeUnknown',
    when: 'Whether a write took place cannot be told from outside.',
    next: 'Look into the target system, then run `ml-connector resolve` with what you found.',
  },
  TARGET_MOVED: {
    type: 'ConfigInvalid',
    when: 'A document was written, or may have been, in another company or on another server than its connection leads to now.',
    next: 'Apply the connection as it was and replay the document, so that it ends where it began; or look there, and `ml-connector resolve` it.',
  },
  TOO_MANY_ATTEMPTS: {
    type: 'Transient',
    when: 'A step was tried for a day and never passed.',
    next: 'Run `ml-connector ping` on the connections of the flow, then replay the document.',
  },
  UNEXPECTED: {
    type: 'ConfigInvalid',
    when: 'A defect of ml-connector, or of something beneath it, that no other code covers.',
    next: 'Look up the log of the worker by the document id and report it; the document is kept and can be replayed.',
  },

  // Environment of a process
  ENVIRONMENT_INVALID: {
    type: 'ConfigInvalid',
    when: 'A variable that a worker or the command line needs is missing or wrong.',
    next: 'Set the variables named; `docs/operating.md` lists them all. For a local run, start `npm run dev` first.',
  },

  // Command line
  COMMAND_USAGE: {
    type: 'ConfigInvalid',
    when: 'A command was called with arguments that do not go together or cannot be read.',
    next: 'Run the command with `--help`; it shows examples.',
  },
  NAME_UNKNOWN: {
    type: 'ConfigInvalid',
    when: 'No document, flow, connection or schedule has the name given to a command.',
    next: 'Look the name up with `ml-connector status` or `ml-connector documents`.',
  },
  NAME_AMBIGUOUS: {
    type: 'ConfigInvalid',
    when: 'A name given to a command, or the beginning of an id, fits several things.',
    next: 'Use one of the full names or ids listed.',
  },
  SECRETS_INVALID: {
    type: 'ConfigInvalid',
    when: 'The secrets given for a connection lack one that its kind needs, or name one that it does not have.',
    next: 'Give the secrets named as KEY=VALUE lines or as JSON; nothing has been stored.',
  },
  STATE_UNFIT: {
    type: 'ConfigInvalid',
    when: 'A document is not in the state that a command is for: it is delivered already, or not uncertain.',
    next: 'Look at the document with `ml-connector timeline`.',
  },
  LEDGER_UNREACHABLE: {
    type: 'Transient',
    when: 'The Postgres of the ledger cannot be reached or has gone away, or the ledger has not been set up in it.',
    next: 'Workers that run try again by themselves. Check DATABASE_URL and that the server runs (`npm run dev` for a local run); `ml-connector apply` sets a new ledger up.',
  },
  TEMPORAL_UNREACHABLE: {
    type: 'Transient',
    when: 'Worker or command line cannot reach Temporal, or its namespace is not there.',
    next: 'Check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the TLS settings, and that the server runs (`npm run dev` for a local run).',
  },
  TEMPORAL_UNPREPARED: {
    type: 'ConfigInvalid',
    when: 'The Temporal namespace lacks a search attribute that this program may not add, or has one of another type.',
    next: 'Run the commands printed, or have an administrator of the namespace run them, then apply again.',
  },
} as const satisfies Record<string, CatalogueRow>;

export type FailureCode = keyof typeof rows;

export const catalogue: Readonly<Record<FailureCode, CatalogueRow>> = rows;
