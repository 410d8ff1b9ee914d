import type { Settlement } from '../canonical/remittance.ts';
import { identifier } from '../edi/codec.ts';
import { decimalIn } from '../edi/decimals.ts';
import { inDocument, type Part } from '../edi/rule.ts';

interface Named {
  readonly type: Settlement['type'];
  readonly by: 'invoice' | 'voucher';
}

/** RMR01, and what RMR02 then is. The first of equal ones is written. */
const QUALIFIERS: Readonly<Record<string, Named>> = {
  IV: { type: 'invoice', by: 'invoice' },
  OI: { type: 'invoice', by: 'invoice' },
  CM: { type: 'creditNote', by: 'invoice' },
  CL: { type: 'creditNote', by: 'invoice' },
  DL: { type: 'debitNote', by: 'invoice' },
  VV: { type: 'invoice', by: 'voucher' },
};

const number = identifier(30);

/** RMR01 and RMR02: which document is settled. One named otherwise, by an order for example, is left, and so refused. */
export const settledDocument: Part<Settlement> = {
  carries: [
    { path: 'type', form: { kind: 'code', values: ['invoice', 'creditNote', 'debitNote'] } },
    { path: 'invoice', form: number.form },
    { path: 'voucher', form: number.form },
  ],
  matches: (rmr) => Object.hasOwn(QUALIFIERS, rmr.see(1)) && rmr.see(2) !== '',
  fits: () => true,
  read(rmr, into) {
    const named = QUALIFIERS[rmr.take(1)];
    if (named === undefined) return;
    into.set('type', named.type);
    into.set(named.by, rmr.take(2));
  },
  write(from, to, work) {
    const by = from.see('invoice') === undefined ? 'voucher' : 'invoice';
    const type = from.see('type');
    const qualifier = Object.keys(QUALIFIERS).find(
      (one) => QUALIFIERS[one]?.type === type && QUALIFIERS[one]?.by === by,
    );
    const written = number.write(from.see(by) ?? '', work);
    if (qualifier === undefined || written === undefined) {
      const message = 'The settled document cannot be named in this set: its type or number has no place there.';
      work.tell({ ...inDocument(from.where(by)), severity: 'reject', code: 'value-unfit', message });
      return;
    }
    from.take('type');
    from.take(by);
    to.put(qualifier, 1);
    to.put(written.text, 2);
  },
};

/** RMR07 and RMR08, a deduction within the RMR itself. What we send has it in an ADX. */
export const deductionInside: Part<Settlement> = {
  carries: [],
  matches: () => true,
  fits: () => true,
  read(rmr, into) {
    const amount = decimalIn(rmr.see(8));
    if (amount === undefined) return;
    const deduction = into.add('deductions');
    deduction.set('amount', amount);
    if (rmr.see(7) !== '') deduction.set('reason', rmr.see(7));
    rmr.take(7);
    rmr.take(8);
  },
  write: () => undefined,
};
