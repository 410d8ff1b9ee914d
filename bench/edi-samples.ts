/** A file in memory, and its delimiters as the split needs them. */
export interface EdiSample {
  readonly bytes: Buffer;
  readonly terminator: string;
  readonly element: string;
  readonly component: string | undefined;
}

const ISA = 'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*U*00401*000000905*0*P*>';
const WORDS =
  'steel bolt washer zinc plated hinge left right 40mm M8 box of cable black blue 2.5 m kit valve brass A4'.split(' ');
const NAMES = ['Nordic Supply AS', 'Hansen & Sons', 'B. Olsen Import', 'Store 42', 'Central Warehouse East, Gate 7'];

/** Numbers below a bound, the same in every run: values of many lengths, as real files have them. */
type Below = (bound: number) => number;

function numbers(seed: number): Below {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

const pick = (below: Below, from: readonly string[]): string => from[below(from.length)] ?? '';
const amount = (below: Below): string => (below(10 ** (2 + below(4))) / 100).toFixed(2);
const digits = (below: Below, length: number): string => String(below(10 ** length)).padStart(length, '0');
const article = (below: Below): string => `${pick(below, ['A', 'KX', 'BOLT'])}-${below(10 ** (3 + below(4)))}`;
const description = (below: Below): string =>
  Array.from({ length: 2 + below(6) }, () => pick(below, WORDS))
    .join(' ')
    .slice(0, 27)
    .trim();
const day = (below: Below): string =>
  `2026${String(1 + below(12)).padStart(2, '0')}${String(1 + below(28)).padStart(2, '0')}`;

/** Purchase orders of 1 to 60 lines in one X12 interchange of about so many bytes. */
export function sampleX12(size: number): EdiSample {
  const below = numbers(850);
  const head = [`${ISA}~\n`, 'GS*PO*S*R*20260101*1200*1*X*004010~\n'];
  const sets = upTo(size, (control) => purchaseOrder(control.padStart(4, '0'), below));
  const text = [...head, ...sets, `GE*${sets.length}*1~\n`, 'IEA*1*000000905~\n'].join('');
  return { bytes: Buffer.from(text), terminator: '~', element: '*', component: undefined };
}

/** Files of 2 to 10 KB, one purchase order in each. */
export function smallFiles(count: number): Buffer[] {
  const below = numbers(10);
  const head = `${ISA}~\nGS*PO*S*R*20260101*1200*1*X*004010~\n`;
  return Array.from({ length: count }, () => {
    const set = purchaseOrder('0001', below, 25 + below(75));
    return Buffer.from(`${head}${set}GE*1*1~\nIEA*1*000000905~\n`);
  });
}

/** As many sets as it takes to fill so many bytes. */
function upTo(size: number, set: (control: string) => string): string[] {
  const sets: string[] = [];
  for (let left = size; left > 0; left -= sets.at(-1)?.length ?? left) sets.push(set(String(sets.length + 1)));
  return sets;
}

function purchaseOrder(control: string, below: Below, count = 1 + below(60)): string {
  const lines = Array.from({ length: count }, (_, index) => x12Line(index + 1, below));
  const body = [
    `BEG*00*SA*PO-${below(10_000_000)}**${day(below)}`,
    `REF*DP*${digits(below, 3)}`,
    ...(below(2) === 0 ? ['PER*BD*Kari Nordmann*TE*+47 22 00 00 00'] : []),
    `N1*ST*${pick(below, NAMES)}*92*${digits(below, 4)}`,
    `N3*${below(90) + 1} Harbour Road`,
    `N4*Oslo**${digits(below, 4)}*NO`,
    ...lines.flat(),
    `CTT*${lines.length}`,
  ];
  return [`ST*850*${control}`, ...body, `SE*${body.length + 2}*${control}`].map((segment) => `${segment}~\n`).join('');
}

function x12Line(number: number, below: Below): string[] {
  const [unit, gtin] = [pick(below, ['EA', 'CS', 'PK', 'LM']), digits(below, 12)];
  const quantity = 1 + below(10 ** (1 + below(4)));
  const line = [
    `PO1*${number}*${quantity}*${unit}*${amount(below)}*${pick(below, ['', 'PE'])}*UP*${gtin}*VN*${article(below)}`,
    `PID*F****${description(below)}`,
  ];
  return below(4) === 0 ? [...line, `DTM*002*${day(below)}`] : line;
}

/** Orders of 1 to 60 lines in one EDIFACT interchange of about so many bytes; some values have released characters. */
export function sampleOrders(size: number): EdiSample {
  const below = numbers(96);
  const head = "UNB+UNOC:3+5790000000001:14+5790000000002:14+260101:1200+REF1'\n";
  const messages = upTo(size, (reference) => ordersMessage(reference, below));
  const text = [head, ...messages, `UNZ+${messages.length}+REF1'\n`].join('');
  return { bytes: Buffer.from(text), terminator: "'", element: '+', component: ':' };
}

function ordersMessage(reference: string, below: Below): string {
  const lines = Array.from({ length: 1 + below(60) }, (_, index) => edifactLine(index + 1, below));
  const body = [
    `BGM+220+PO-${below(10_000_000)}+9'`,
    `DTM+137:${day(below)}:102'`,
    ...(below(2) === 0 ? [`FTX+AAI+++${description(below)}'`] : []),
    `NAD+BY+579${digits(below, 10)}::9++${pick(below, NAMES)}'`,
    `NAD+SU+579${digits(below, 10)}::9'`,
    ...lines.flat(),
    "UNS+S'",
    `CNT+2:${lines.length}'`,
  ];
  return [`UNH+${reference}+ORDERS:D:96A:UN:EAN008'`, ...body, `UNT+${body.length + 2}+${reference}'`]
    .join('\n')
    .concat('\n');
}

function edifactLine(number: number, below: Below): string[] {
  return [
    `LIN+${number}++57${digits(below, 11)}:EN'`,
    `PIA+1+${article(below)}:SA'`,
    `IMD+F++:::${description(below)}${below(10) === 0 ? " 5?' wide" : ''}'`,
    `QTY+21:${1 + below(10 ** (1 + below(4)))}:PCE'`,
    `PRI+AAA:${amount(below)}:CT'`,
  ];
}
