import type { Failure } from '../../failures/failure.ts';

/**
 * What a look-up in the target found after a write whose outcome is unknown.
 * `ours`: it is there, as intended. `absent`: it is not there. `foreign`: something else is, and a person must look.
 * `unclear`: the target cannot tell.
 */
export type LookUp =
  | { readonly finding: 'ours'; readonly externalId: string }
  | { readonly finding: 'absent' }
  | { readonly finding: 'foreign'; readonly failure: Failure }
  | { readonly finding: 'unclear'; readonly reason: string };
