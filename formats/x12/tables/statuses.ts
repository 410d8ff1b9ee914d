import type { ElementForm } from '../../tables/form.ts';

/** AK501 and IK501. */
export const SET_STATUS: ElementForm = {
  element: '717 ID 1 1 M',
  codes: {
    A: 'accepted',
    E: 'accepted with errors',
    R: 'rejected',
    M: 'rejected by its authentication',
    W: 'rejected by its assurance',
    X: 'rejected, not decrypted',
  },
};

/** AK901. */
export const GROUP_STATUS: ElementForm = {
  element: '715 ID 1 1 M',
  codes: { ...SET_STATUS.codes, P: 'accepted in part' },
};
