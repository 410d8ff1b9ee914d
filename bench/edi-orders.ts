import type { EdiEvent } from '../formats/edi/events.ts';
import { packTag, type Segment } from '../formats/edi/segment.ts';

interface OrderLine {
  number: number;
  quantity: number;
  unit: string;
  /** Money stays text. */
  price: string;
  gtin: string;
  article: string;
  description: string;
}

const [PO1, PID, LIN, PIA, IMD, QTY, PRI] = ['PO1', 'PID', 'LIN', 'PIA', 'IMD', 'QTY', 'PRI'].map(packTag);
/** Makes typed lines of orders as their sets are read, and says how many stand once their interchange has closed. */
export class OrderLines {
  /** Lines of interchanges that were not rejected. */
  accepted = 0;
  #read = 0;
  #lines: OrderLine[] = [];
  #line: OrderLine | undefined;

  take(event: EdiEvent): void {
    if (event.kind === 'segment') this.#takeSegment(event.segment);
    else if (event.kind === 'set-opened') this.#begin();
    else if (event.kind === 'set-closed') this.#end(event.set.verdict);
    else if (event.kind === 'interchange-closed') {
      if (event.interchange.verdict !== 'R') this.accepted += this.#read;
      this.#read = 0;
    }
  }

  #begin(): void {
    this.#lines = [];
    this.#line = undefined;
  }

  #end(verdict: 'A' | 'E' | 'R'): void {
    this.#keep();
    if (verdict !== 'R') this.#read += this.#lines.length;
  }

  #keep(): void {
    if (this.#line !== undefined) this.#lines.push(this.#line);
  }

  #takeSegment(segment: Segment): void {
    const tag = segment.packedTag;
    const line = this.#line;
    if (tag === PO1 || tag === LIN) {
      this.#keep();
      this.#line = tag === PO1 ? x12Line(segment) : edifactLine(segment);
    } else if (line === undefined) return;
    else if (tag === PID) line.description = segment.value(5);
    else if (tag === PIA) line.article = segment.value(2);
    else if (tag === IMD) line.description = segment.value(3, 4);
    else if (tag === PRI) line.price = segment.value(1, 2);
    else if (tag === QTY) {
      line.quantity = Number(segment.value(1, 2));
      line.unit = segment.value(1, 3);
    }
  }
}

function x12Line(segment: Segment): OrderLine {
  return {
    number: Number(segment.value(1)),
    quantity: Number(segment.value(2)),
    unit: segment.value(3),
    price: segment.value(4),
    gtin: segment.value(7),
    article: segment.value(9),
    description: '',
  };
}

function edifactLine(segment: Segment): OrderLine {
  const number = Number(segment.value(1));
  return { number, quantity: 0, unit: '', price: '', gtin: segment.value(3), article: '', description: '' };
}
