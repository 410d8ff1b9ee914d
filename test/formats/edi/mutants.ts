import { isa, ORDERS, set850, TRADACOMS, x12 } from './samples.ts';

/** A file to be mutated, and where the bodies of its sets stand: what lies between header and trailer. */
export interface Source {
  readonly name: string;
  readonly bytes: Buffer;
  readonly bodies: readonly Body[];
}

export interface Body {
  readonly control: string;
  readonly from: number;
  readonly to: number;
}

/** A generator of numbers below a bound: the same for the same seed. */
export function numbers(seed: number): (below: number) => number {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e3779b9) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Below = (bound: number) => number;

const DELIMITERS = Buffer.from("*~>+:'?=\n\r^\0 ");
/** What breaks a set out of its envelope, or seems to. */
const FRAGMENTS: Readonly<Record<string, readonly string[]>> = {
  X12: [
    '~SE*4*0002~',
    '~GE*9*1~',
    '~IEA*1*000000905~',
    '~ST*850*0077~',
    '~ISA*00*',
    '~GS*PO*',
    '~UNB+',
    '~STX=',
    '~TA1~',
  ],
  EDIFACT: ["'UNT+4+2'", "'UNZ+1+REF1'", "'UNH+77+ORDERS:D:96A:UN'", "'UNA", "'UNB+", "'UNG+", "'ISA*00*", "??'"],
  TRADACOMS: ["'MTR=3'", "'MHD=9+ORDERS:9'", "'BAT=1'", "'EOB=1'", "'STX=", "'ISA*00*"],
};

const MUTATIONS: readonly ((bytes: Buffer, below: Below, standard: string) => Buffer)[] = [
  function flip(bytes, below) {
    const mutant = Buffer.from(bytes);
    if (bytes.length > 0) mutant[below(bytes.length)] = below(256);
    return mutant;
  },
  function cut(bytes, below) {
    const at = below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + below(40))]);
  },
  function splice(bytes, below) {
    const [at, from] = [below(bytes.length + 1), below(bytes.length + 1)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(from, from + below(60)), bytes.subarray(at)]);
  },
  function duplicate(bytes, below) {
    const at = below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(80)))]);
  },
  function swapDelimiter(bytes, below) {
    const mutant = Buffer.from(bytes);
    const [from = 0, to = 0] = [DELIMITERS[below(DELIMITERS.length)], DELIMITERS[below(DELIMITERS.length)]];
    const at = bytes.indexOf(from, below(bytes.length + 1));
    if (at >= 0) mutant[at] = to;
    return mutant;
  },
  function breakOut(bytes, below, standard) {
    const fragments = FRAGMENTS[standard] ?? [];
    const at = below(bytes.length + 1);
    const fragment = Buffer.from(fragments[below(fragments.length)] ?? '');
    return Buffer.concat([bytes.subarray(0, at), fragment, bytes.subarray(at)]);
  },
];

/** One to three mutations of bytes, anywhere in them. */
export function mutated(bytes: Buffer, below: Below, standard: string): Buffer {
  let mutant = bytes;
  for (let left = 1 + below(3); left > 0; left -= 1) {
    mutant = MUTATIONS[below(MUTATIONS.length)]?.(mutant, below, standard) ?? mutant;
  }
  return mutant;
}

const SETS = ['0001', '0002', '0003', '0004'];
const LINES = ['BEG*00*SA*PO1**20260101', 'CUR*BY*NOK', 'N1*ST*Some Store*92*0042', 'PO1*1*5*EA*12.5**UP*1234>5'];
const X12_SETS = x12(SETS.map((control) => set850(control, LINES)));
const GROUPS = ['1', '2'].map((control) => {
  const sets = SETS.map((set) => set850(`${control}${set}`, LINES)).join('');
  return `GS*PO*S*R*20260101*1200*${control}*X*004010~${sets}GE*4*${control}~`;
});
const X12_GROUPS = `${isa()}${GROUPS.join('')}IEA*2*000000905~`;

const MESSAGE = (reference: number) =>
  `UNH+${reference}+ORDERS:D:96A:UN'BGM+220+PO?+1+9'FTX+AAA+++It?'s 5?:30:why??'LIN+1++123:EN'UNT+5+${reference}'`;
const MESSAGES = [1, 2, 3, 4].map(MESSAGE).join('');
const UNB = ORDERS.slice(0, ORDERS.indexOf('UNH'));
const EDIFACT = `${UNB}${MESSAGES}UNZ+4+REF1'`;
const EDIFACT_GROUP = `${UNB}UNG+ORDERS+A+B+260101:1200+7+UN+D:96A'${MESSAGES}UNE+4+7'UNZ+1+REF1'`;
const ORDER_FILE = [
  TRADACOMS.slice(0, TRADACOMS.indexOf('MHD')),
  "MHD=1+ORDHDR:9'TYP=0430+NEW-ORDERS'MTR=3'",
  ...[2, 3, 4, 5].map((number) => `MHD=${number}+ORDERS:9'CLO=5000000000003+A?+B'OLD=1+X:Y+2'MTR=4'`),
  "MHD=6+ORDTLR:9'OFT=4'MTR=3'END=6'",
].join('');

const lines = (file: string, newline: string) =>
  file.replaceAll(/(\?.)|(['~])/gs, (_, released, end) => released ?? `${end}${newline}`);

/** Files of every standard whose sets stand on their own. */
export const SOURCES: readonly (Source & { readonly standard: string })[] = [
  x12Source('X12', X12_SETS),
  x12Source('X12 in lines', lines(X12_SETS, '\r\n')),
  x12Source('X12 with line breaks as terminators', X12_SETS.replaceAll('~', '\n'), '\n'),
  x12Source('X12, two groups', X12_GROUPS),
  edifactSource('EDIFACT', EDIFACT),
  edifactSource('EDIFACT in lines, with UNA', `UNA:+.? '\n${lines(EDIFACT, '\n')}`),
  edifactSource('EDIFACT, grouped', EDIFACT_GROUP),
  source('TRADACOMS', ORDER_FILE, /MHD=(\d+)\+ORDERS:9'(.*?)MTR=/gs, 'TRADACOMS'),
];

function x12Source(name: string, text: string, terminator = '~'): Source & { standard: string } {
  return source(name, text, new RegExp(`ST\\*850\\*(\\d+)${terminator}(.*?)SE\\*`, 'gs'), 'X12');
}

function edifactSource(name: string, text: string): Source & { standard: string } {
  return source(name, text, /UNH\+(\d+)\+ORDERS:D:96A:UN'(.*?)UNT\+/gs, 'EDIFACT');
}

function source(name: string, text: string, pattern: RegExp, standard: string): Source & { standard: string } {
  const bodies = [...text.matchAll(pattern)].map(({ index, 0: whole, 1: control = '', 2: body = '' }) => {
    const from = index + whole.lastIndexOf(body);
    return { control, from, to: from + body.length };
  });
  return { name, bytes: Buffer.from(text), bodies, standard };
}
