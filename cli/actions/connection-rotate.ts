import { EXIT_CODES } from '../exit.ts';
import { counted, print } from '../output.ts';
import type { Session } from '../session.ts';

/** Wraps every data key with the current master key, so that the former one can go. */
export async function connectionRotate(session: Session): Promise<number> {
  const count = await (await session.ledger()).keys.rewrapAll();
  const all = 'All data keys are wrapped by the current master key; the former one is not needed any more.';
  print(`${counted(count, 'data key')} rewrapped. ${all}`);
  return EXIT_CODES.done;
}
