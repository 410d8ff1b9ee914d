import type { FaultKind, FaultRule } from './fault-rules.ts';

/** What a rule is held against. */
export interface Hit {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string;
}

interface Armed {
  readonly id: string;
  readonly rule: FaultRule;
  readonly path: RegExp | undefined;
  skip: number;
  left: number | 'always';
  hits: number;
}

interface Held {
  readonly requestId: number;
  readonly fault: string;
  readonly release: () => void;
}

export type ArmedFault = FaultRule & { readonly id: string };

/** The faults waiting to happen, and the requests they hold. */
export class Faults {
  readonly #armed: Armed[] = [];
  readonly #held = new Set<Held>();
  #lastId = 0;

  /** Throws SyntaxError when the path is no regular expression. */
  add(rule: FaultRule): void {
    this.#lastId += 1;
    const path = rule.match.path === undefined ? undefined : new RegExp(rule.match.path, 'i');
    this.#armed.push({
      id: rule.id ?? `fault-${this.#lastId}`,
      rule,
      path,
      skip: rule.skip,
      left: rule.times,
      hits: 0,
    });
  }

  /** Uses up one turn of the first rule of these kinds that matches. */
  take(hit: Hit, kinds: readonly FaultKind[]): ArmedFault | undefined {
    for (const armed of this.#armed) {
      if (armed.left === 0 || !kinds.includes(armed.rule.kind) || !matches(armed, hit)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      if (armed.left !== 'always') armed.left -= 1;
      armed.hits += 1;
      return { ...armed.rule, id: armed.id };
    }
    return undefined;
  }

  /** Waits until released or until the limit passes; tells which. */
  hold(requestId: number, fault: string, limitMs: number): Promise<'released' | 'cut'> {
    return new Promise((resolve) => {
      const end = (how: 'released' | 'cut') => {
        clearTimeout(timer);
        this.#held.delete(held);
        resolve(how);
      };
      const timer = setTimeout(() => end('cut'), limitMs);
      const held: Held = { requestId, fault, release: () => end('released') };
      this.#held.add(held);
    });
  }

  /** Lets held requests go on: those of one rule, or all. Tells how many. */
  release(fault?: string): number {
    const held = [...this.#held].filter((one) => fault === undefined || one.fault === fault);
    for (const one of held) one.release();
    return held.length;
  }

  /** Disarms one rule or all of them, and releases what they hold. */
  clear(id?: string): void {
    for (let i = this.#armed.length - 1; i >= 0; i--) {
      if (id === undefined || this.#armed[i]?.id === id) this.#armed.splice(i, 1);
    }
    this.release(id);
  }

  state() {
    return {
      rules: this.#armed.map(({ id, rule, left, hits }) => ({ ...rule, id, left, hits })),
      held: [...this.#held].map(({ requestId, fault }) => ({ requestId, fault })),
    };
  }
}

function matches({ rule: { match }, path }: Armed, hit: Hit): boolean {
  return (
    (match.method === undefined || match.method.toUpperCase().split('|').includes(hit.method)) &&
    (path === undefined || path.test(hit.url)) &&
    (match.bodyIncludes === undefined || hit.body.includes(match.bodyIncludes))
  );
}
