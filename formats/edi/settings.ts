import type { CharacterSet } from './characters.ts';
import type { Delimiters } from './delimiters.ts';
import type { Severity } from './finding.ts';
import type { FindingCode } from './finding-codes.ts';
import type { Standard } from './header.ts';
import type { Limits } from './limits.ts';
import type { ReportFound, SetAt, SetChecker } from './set-checker.ts';

/** As byte values. Undefined where nothing was agreed. */
type AgreedDelimiters = {
  readonly [Name in 'element' | 'component' | 'repetition' | 'terminator']: Delimiters[Name] | undefined;
};

/** What a reader may be told. Everything has a default. */
export interface EdiSettings {
  readonly limits?: Partial<Limits>;
  /** The character set agreed with the partner. Default: what the header announces, else `auto`. */
  readonly characters?: CharacterSet;
  /** Whether lines of equal length are joined; `auto` decides in the first 4 KB. */
  readonly wrapped?: 'auto' | 'on' | 'off';
  /** Severities agreed with the partner, in place of the defaults. */
  readonly severities?: Readonly<Partial<Record<FindingCode, Severity>>>;
  /** The hash of an earlier interchange with this control number, from earlier files; undefined when there was none. */
  seen?(interchange: { standard: Standard; sender: string; receiver: string; control: string }): string | undefined;
  /** Whether sets of this type and version are taken. Default: all are. */
  supports?(at: SetAt): boolean;
  /** The delimiters agreed with the partner; others are found fault with, and read all the same. */
  readonly delimiters?: Readonly<Partial<Record<Standard, Partial<AgreedDelimiters>>>>;
  /** Makes what checks the sets of one reader against tables. Default: nothing does. */
  checker?(report: ReportFound): SetChecker;
}
