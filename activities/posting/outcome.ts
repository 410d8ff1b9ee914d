/** How a post ended. `unchanged`: the target is as intended already. `superseded`: a newer version of the key is here. */
export type PostOutcome = 'posted' | 'unchanged' | 'superseded';
