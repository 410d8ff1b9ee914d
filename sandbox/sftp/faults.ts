import { z } from 'zod';

const times = z.number().int().min(1).optional();

/** What the sandbox can be told to do wrong. `times` is how often it strikes; without it, until it is taken back. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cut-after-bytes'), bytes: z.number().int().min(0), times: times.default(1) }),
  z.strictObject({ kind: z.literal('no-space'), times }),
  z.strictObject({ kind: z.literal('slow'), ms: z.number().int().min(1), times }),
  z.strictObject({
    kind: z.literal('refuse-rename'),
    code: z.union([z.literal(3), z.literal(4)]).default(4),
    times,
  }),
  z.strictObject({ kind: z.literal('refuse-login'), times }),
  z.strictObject({ kind: z.literal('collect'), folder: z.string().min(1), pattern: z.string().default('*'), times }),
  z.strictObject({ kind: z.literal('list-names'), names: z.array(z.string()).min(1), times }),
]);

export type Fault = z.output<typeof faultSchema>;
type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

export interface ArmedFault {
  readonly id: number;
  readonly fault: Fault;
  /** Infinity for a fault without `times`. */
  remaining: number;
}

/** The faults that are set at the moment. */
export class Faults {
  readonly #armed: ArmedFault[] = [];
  #lastId = 0;

  arm(fault: Fault): number {
    this.#lastId += 1;
    this.#armed.push({ id: this.#lastId, fault, remaining: fault.times ?? Number.POSITIVE_INFINITY });
    return this.#lastId;
  }

  /** The first fault of a kind, without using it up. */
  find<K extends Fault['kind']>(kind: K): FaultOf<K> | undefined {
    return this.all(kind)[0];
  }

  all<K extends Fault['kind']>(kind: K): FaultOf<K>[] {
    return this.#armed.map(({ fault }) => fault).filter((fault): fault is FaultOf<K> => fault.kind === kind);
  }

  /** The first fault of a kind; one of its times is used up. */
  strike<K extends Fault['kind']>(kind: K): FaultOf<K> | undefined {
    const armed = this.#armed.find(({ fault }) => fault.kind === kind);
    if (armed === undefined) return undefined;
    armed.remaining -= 1;
    if (armed.remaining === 0) this.disarm(armed.id);
    return armed.fault as FaultOf<K>;
  }

  list(): readonly ArmedFault[] {
    return this.#armed;
  }

  /** Takes back one fault; false when there is none with that id. */
  disarm(id: number): boolean {
    const at = this.#armed.findIndex((armed) => armed.id === id);
    if (at >= 0) this.#armed.splice(at, 1);
    return at >= 0;
  }

  clear(): void {
    this.#armed.length = 0;
  }
}
