import { Failure } from '../../failures/failure.ts';
import { declareRecovery, endRecovery } from '../../ledger/recovery.ts';
import { EXIT_CODES } from '../exit.ts';
import { counted, localTime, print } from '../output.ts';
import { putBackUnknown } from '../put-back-unknown.ts';
import type { Session } from '../session.ts';
import { instantOf } from '../values.ts';

export interface RecoverOptions {
  readonly since?: string;
  readonly end?: boolean;
}

/** Declares that the ledger was restored from a copy of some moment, or that this is over. */
export async function recover(session: Session, { since, end }: RecoverOptions): Promise<number> {
  if ((since === undefined) === (end !== true)) {
    throw new Failure('COMMAND_USAGE', { message: 'Give either --since or --end.' });
  }
  return since === undefined ? ended(session) : begun(session, instantOf('--since', since, new Date()));
}

async function begun(session: Session, since: Date): Promise<number> {
  const ledger = await session.ledger();
  const { since: from } = await declareRecovery(ledger, since, session.provenance.actor);
  print(`From now on nothing is sent without a look whether it was sent since ${localTime(from)}.`);
  const back = await putBackUnknown(session, from);
  for (const { flow, path } of back) print(`${flow}: ${path} is to be read again`);
  print(`${counted(back.length, 'inbound file')} put back that this ledger does not know.`);
  print('Start the workers, let every flow run, resolve what is uncertain, then `ml-connector recover --end`.');
  return EXIT_CODES.done;
}

async function ended(session: Session): Promise<number> {
  const wasOn = await endRecovery(await session.ledger());
  print(wasOn ? 'The recovery has ended; first sends are sent as usual.' : 'No recovery was going on.');
  return EXIT_CODES.done;
}
