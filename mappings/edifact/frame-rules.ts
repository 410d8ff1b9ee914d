import { inSet, type Part, type Rule } from '../edi/rule.ts';
import { segment } from '../edi/rules.ts';

/** 1001 in BGM: which document it is. With a code that is neither written nor accepted the document is another one. */
export function documentCode<S>(written: string, ...accepted: string[]): Part<S> {
  return {
    carries: [],
    matches: () => true,
    fits: () => true,
    read(bgm, _, work) {
      const code = bgm.see(1, 1);
      if (code === written) bgm.take(1, 1);
      else if (!accepted.includes(code)) {
        const message = 'This code makes the document another one than is taken here.';
        work.tell({ ...inSet(bgm, 1), severity: 'reject', code: 'value-not-understood', message });
      }
    },
    write: (_, to) => to.fill(written, 1, 1),
  };
}

/** UNS: what follows are sums. */
export function sumsFollow<S>(): Rule<S> {
  return {
    carries: [],
    matches: () => true,
    read: () => undefined,
    write: (_, to) => void to.push({ tag: 'UNS', elements: ['S'] }),
  };
}

/** CNT 2: how many lines there are. */
export function lineCount<S>(): Rule<S> {
  const counted = segment<S>('CNT', []);
  return {
    ...counted,
    read(from, _, work) {
      const cnt = from.segments('CNT').find((one) => one.see(1, 1) === '2');
      if (cnt === undefined) return;
      cnt.take(1, 1);
      if (Number(cnt.take(1, 2)) === from.totalInSet('LIN')) return;
      const message = 'CNT counts other lines than the message has.';
      work.tell({ ...inSet(cnt, 1), severity: 'note', code: 'count-differs', message });
    },
    write(_, to) {
      const lines = to.filter(({ tag }) => tag === 'LIN').length;
      to.push({ tag: 'CNT', elements: [['2', String(lines)]] });
    },
  };
}

interface InCurrency {
  readonly currency?: string | undefined;
}

/**
 * The currencies that amounts name (6345 in MOA), once all else was read: that of the document. Without a CUX it is theirs, if they
 * agree. An amount in another currency is left, and so refused.
 */
export const currencyOfAmounts: Rule<InCurrency> = {
  carries: [],
  matches: () => true,
  read(from, into) {
    const amounts = from.everySegment().filter((one) => one.tag === 'MOA' && one.hasTaken(1, 2));
    const [only, ...others] = new Set(amounts.map((moa) => moa.see(1, 3)).filter((named) => named !== ''));
    if (only !== undefined && others.length === 0 && into.get('currency') === undefined) into.set('currency', only);
    for (const moa of amounts.filter((one) => one.see(1, 3) === into.get('currency'))) {
      moa.take(1, 3);
      moa.take(1, 4);
    }
  },
  write: () => undefined,
};

/** Lines with a number each: their place, where none of them has one. */
export function numbered<Line extends { number?: string | undefined }>(lines: readonly Line[]): Line[] {
  if (lines.some(({ number }) => number !== undefined)) return [...lines];
  return lines.map((line, index) => ({ ...line, number: String(index + 1) }));
}
