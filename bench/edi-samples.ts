/** A file in memory, and its delimiters as the split needs them. */
export interface EdiSample {
  readonly bytes: Buffer;
  readonly terminator: string;
  readonly element: string;
  readonly component: string | undefined;
}

const ISA = 'ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *260101*1200*U*00401*000000905*0*P*>';

/** Purchase orders of about 30 lines in one X12 interchange of about so many bytes. */
export function sampleX12(size: number): EdiSample {
  const parts = [`${ISA}~\n`, 'GS*PO*S*R*20260101*1200*1*X*004010~\n'];
  let [length, sets] = [0, 0];
  while (length < size) {
    sets += 1;
    const set = purchaseOrder(String(sets).padStart(4, '0'));
    parts.push(set);
    length += set.length;
  }
  parts.push(`GE*${sets}*1~\n`, 'IEA*1*000000905~\n');
  return { bytes: Buffer.from(parts.join('')), terminator: '~', element: '*', component: undefined };
}

function purchaseOrder(control: string): string {
  const lines = Array.from({ length: 30 }, (_, index) => [
    `PO1*${index + 1}*${index * 3 + 1}*EA*${(index * 1.25 + 2).toFixed(2)}**UP*0123456${index + 10}8901*VN*ITEM-${index}`,
    `PID*F****Description of item number ${index} of the order`,
  ]);
  const body = [
    'BEG*00*SA*PO-77-2026**20260101',
    'REF*DP*038',
    'N1*ST*Some Store Name*92*0042',
    ...lines.flat(),
    'CTT*30',
  ];
  return [`ST*850*${control}`, ...body, `SE*${body.length + 2}*${control}`].map((segment) => `${segment}~\n`).join('');
}

/** Orders of about 30 lines in one EDIFACT interchange of about so many bytes; some values have released characters. */
export function sampleOrders(size: number): EdiSample {
  const parts = ["UNB+UNOC:3+5790000000001:14+5790000000002:14+260101:1200+REF1'\n"];
  let [length, messages] = [0, 0];
  while (length < size) {
    messages += 1;
    const message = ordersMessage(String(messages));
    parts.push(message);
    length += message.length;
  }
  parts.push(`UNZ+${messages}+REF1'\n`);
  return { bytes: Buffer.from(parts.join('')), terminator: "'", element: '+', component: ':' };
}

function ordersMessage(reference: string): string {
  const lines = Array.from({ length: 30 }, (_, index) => [
    `LIN+${index + 1}++57012345${index + 10}012:EN'`,
    `IMD+F++:::Item number ${index}${index % 10 === 0 ? " 5?' wide" : ''}'`,
    `QTY+21:${index * 3 + 1}:PCE'`,
    `PRI+AAA:${(index * 1.25 + 2).toFixed(2)}:CT'`,
  ]);
  const head = [
    "BGM+220+PO-77-2026+9'",
    "DTM+137:20260101:102'",
    "NAD+BY+5790000000001::9'",
    "NAD+SU+5790000000002::9'",
  ];
  const body = [...head, ...lines.flat(), "UNS+S'", "CNT+2:30'"];
  return [`UNH+${reference}+ORDERS:D:96A:UN:EAN008'`, ...body, `UNT+${body.length + 2}+${reference}'`]
    .join('\n')
    .concat('\n');
}
