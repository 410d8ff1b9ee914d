import type { EdifactEnvelope, X12Envelope } from '../../config/edi-envelope.ts';
import type { EdiProfile } from '../../config/edi-profile.ts';
import { Failure } from '../../failures/failure.ts';
import type { WrittenSegment } from '../../formats/edi/set-tree.ts';
import { EDIFACT_DELIMITERS, EdifactWriter } from '../../formats/edifact/write-edifact.ts';
import { chooseX12Delimiters } from '../../formats/x12/choose-delimiters.ts';
import { valuesOf, writeX12Sets } from '../../formats/x12/write-sets.ts';
import { present } from '../../mappings/canonical/present.ts';

/** A set that is to be sent. `group` is its functional id in X12. */
export interface OutgoingSet {
  readonly type: string;
  readonly group: string;
  readonly segments: readonly WrittenSegment[];
}

/** How a partner is written to. */
export interface Outgoing {
  readonly standard: 'X12' | 'EDIFACT';
  /** The release that a set is written in, and by whose table it is checked. */
  releaseOf(type: string): string;
  bytesOf(sets: readonly OutgoingSet[], control: number, at: Date): Buffer;
}

/**
 * How the partner of a profile is written to, by the envelope that it has.
 *
 * @throws Failure CONFIG_INVALID when it has none, or two
 */
export function outgoingBy({ x12, edifact }: EdiProfile): Outgoing {
  if (x12.envelope !== undefined && edifact.envelope === undefined) return asX12(x12.envelope, x12.delimiters);
  if (edifact.envelope !== undefined && x12.envelope === undefined)
    return asEdifact(edifact.envelope, edifact.delimiters);
  const message =
    'The profile must have one `envelope`, under `x12` or under `edifact`: it says who sends what to whom.';
  throw new Failure('CONFIG_INVALID', { message, next: 'Add it to the profile, and run the command again.' });
}

function asX12(envelope: X12Envelope, given: EdiProfile['x12']['delimiters']): Outgoing {
  const { sender, receiver, version, release, usage, missing, letters, timeZone, lineBreak } = envelope;
  const { sender: from, receiver: to } = envelope.group ?? { sender: sender.id, receiver: receiver.id };
  return {
    standard: 'X12',
    releaseOf: () => release,
    bytesOf(sets, control, at) {
      const chosen = chooseX12Delimiters(
        sets.flatMap(({ segments }) => valuesOf(segments)),
        version,
      );
      const profile = {
        ...{ sender, receiver, version, usage, timeZone },
        wantsAcknowledgment: envelope.acknowledgment === 'wanted',
        delimiters: { ...chosen, ...present(given), newline: lineBreak },
        characters: { repertoire: envelope.characters, missing, letters },
        delimiterInValue: 'refuse' as const,
        groupControlDigits: envelope.groupControlDigits,
        setControlDigits: envelope.setControlDigits,
      };
      const written = sets.map(({ group, ...set }) => ({ ...set, functionalId: group }));
      const parties = { sender: from, receiver: to, release };
      return writeX12Sets(written, profile, parties, { interchange: control, group: control }, at);
    },
  };
}

function asEdifact(envelope: EdifactEnvelope, given: EdiProfile['edifact']['delimiters']): Outgoing {
  const { sender, receiver, syntaxVersion, characters, missing, letters, timeZone, lineBreak } = envelope;
  const identifierOf = (type: string) => (envelope.messages[type] ?? envelope.release).split(':');
  return {
    standard: 'EDIFACT',
    releaseOf: (type) => identifierOf(type).slice(0, 2).join('.'),
    bytesOf(sets, control, at) {
      const profile = {
        ...{ sender, receiver, syntaxVersion, timeZone },
        characters: { repertoire: characters, missing, letters },
        delimiters: { ...EDIFACT_DELIMITERS, ...present(given), newline: lineBreak },
        writesUna: envelope.una === 'written',
        isTest: envelope.usage === 'test',
        wantsAcknowledgment: envelope.acknowledgment === 'wanted',
      };
      const writer = new EdifactWriter(profile, String(control), at);
      for (const { type, segments } of sets) {
        writer.openMessage([type, ...identifierOf(type)]);
        for (const { tag, elements } of segments) writer.segment(tag, elements);
        writer.closeMessage();
      }
      writer.closeInterchange();
      return writer.take();
    },
  };
}
