import type { GroupResult, SetResult } from '../edi/events.ts';
import type { Finding } from '../edi/finding.ts';
import type { GroupHeader } from '../edi/header.ts';
import { SegmentWriter, type WriteDialect, type WrittenElement } from '../edi/segment-writer.ts';
import { type AckCaps, type FaultManner, faultSegments, setVerdict } from './ack-segments.ts';

/** What is said of sets, and how. */
export interface SetAnswerPolicy extends AckCaps {
  readonly form: '997' | '999';
  /** Accepted sets are listed too, not only those at fault. */
  readonly listsEverySet: boolean;
  /** The number of the data element at fault (AK402), from the table of a set in a release (GS08). Default: it is left out. */
  elementNumber?(set: { readonly type: string; readonly release: string }, fault: Finding): string;
}

/** Segments as they will stand between AK1 and AK9. */
export interface WrittenSegments {
  readonly bytes: Buffer;
  readonly count: number;
}

const NOTHING: WrittenSegments = { bytes: Buffer.alloc(0), count: 0 };
/** From this release on (GS08), AK1 and AK2 name the version of what they answer. */
const FIRST_RELEASE_WITH_VERSIONS = '005010';
/** Bytes beyond which the sets of one group are only named, without what was found in them. */
const MOST_BYTES = 8_388_608;

/** The release that a GS08 names, 004010 where it names none. */
export function releaseOf(version: string): string {
  return /^\d{6}/.exec(version)?.[0] ?? '004010';
}

export function namesVersions(version: string): boolean {
  return releaseOf(version) >= FIRST_RELEASE_WITH_VERSIONS;
}

/**
 * The AK2 to AK5 of one group after the other, written as its sets close: what waits for the group's end is not larger than
 * the answer itself.
 */
export class SetAnswers {
  readonly #policy: SetAnswerPolicy;
  readonly #dialect: WriteDialect;
  readonly #all: CountingWriter;
  /** Undefined while no set is at fault: most files have none that is. */
  #faulty: CountingWriter | undefined;
  #version = '';
  #namesVersions = false;

  constructor(policy: SetAnswerPolicy, dialect: WriteDialect) {
    this.#policy = policy;
    this.#dialect = dialect;
    this.#all = new CountingWriter(dialect);
  }

  begin({ version }: GroupHeader): void {
    this.#version = version;
    this.#namesVersions = namesVersions(version);
  }

  /** Takes in a set. One whose header lacks its type or number cannot be named: its group answers for it. */
  add({ header, verdict, findings }: SetResult): void {
    if (header.type === '' || header.control === '') return;
    const isFaulty = verdict !== 'A';
    if (!isFaulty && !this.#policy.listsEverySet) return;
    this.#write('AK2', [header.type, header.control, this.#namesVersions ? header.version : ''], isFaulty);
    if (findings.length > 0 && (this.#faulty?.length ?? 0) <= MOST_BYTES) {
      for (const [tag, ...elements] of faultSegments(findings, this.#mannerFor(header.type))) {
        this.#write(tag, elements, isFaulty);
      }
    }
    this.#write(this.#policy.form === '997' ? 'AK5' : 'IK5', setVerdict(verdict, findings), isFaulty);
  }

  /** What is said in a group that has closed: one that is rejected whole names no accepted set, which would contradict AK9. */
  take({ findings }: GroupResult): WrittenSegments {
    const [all, faulty] = [this.#all.take(), this.#faulty?.take() ?? NOTHING];
    const isRejected = findings.some(({ severity }) => severity === 'reject');
    return this.#policy.listsEverySet && !isRejected ? all : faulty;
  }

  #write(tag: string, elements: readonly WrittenElement[], isFaulty: boolean): void {
    if (isFaulty) {
      this.#faulty ??= new CountingWriter(this.#dialect);
      this.#faulty.segment(tag, elements);
    }
    if (this.#policy.listsEverySet) this.#all.segment(tag, elements);
  }

  #mannerFor(type: string): FaultManner {
    const set = { type, release: this.#version };
    const elementNumber = (fault: Finding) => this.#policy.elementNumber?.(set, fault) ?? '';
    return { ...this.#policy, delimiters: this.#dialect.delimiters, elementNumber };
  }
}

class CountingWriter {
  readonly #writer: SegmentWriter;
  #count = 0;
  #taken = 0;

  constructor(dialect: WriteDialect) {
    this.#writer = new SegmentWriter(dialect);
  }

  /** Bytes that wait. */
  get length(): number {
    return this.#writer.length - this.#taken;
  }

  segment(tag: string, elements: readonly WrittenElement[]): void {
    this.#writer.segment(tag, elements);
    this.#count += 1;
  }

  take(): WrittenSegments {
    const taken = { bytes: this.#writer.take(), count: this.#count };
    this.#count = 0;
    this.#taken = this.#writer.length;
    return taken;
  }
}
