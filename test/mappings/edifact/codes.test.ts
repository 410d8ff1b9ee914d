import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Invoice } from '../../../mappings/canonical/invoice.ts';
import { PurchaseOrder } from '../../../mappings/canonical/purchase-order.ts';
import type { PurchaseOrderAcknowledgment } from '../../../mappings/canonical/purchase-order-acknowledgment.ts';
import type { ShipNotice } from '../../../mappings/canonical/ship-notice.ts';
import { EDIFACT_MAPS } from '../../../mappings/edifact/maps.ts';
import { ORDERS } from '../../../mappings/edifact/purchase-order.ts';
import { contextIn, contextOf } from '../edi/context.ts';
import { setsIn } from '../edi/sets-in.ts';

const UNB = ['UNB+UNOC:3+5790000000001:14+5790000000002:14+261103:0915+4711'];

function readMessage(message: string, lines: readonly string[]) {
  const text = [...UNB, `UNH+1+${message}:D:96A:UN`, ...lines, `UNT+${lines.length + 2}+1`, 'UNZ+1+4711'].join("'\n");
  const [set] = setsIn(Buffer.from(`${text}'`, 'latin1'));
  return EDIFACT_MAPS.find((map) => map.set === message)!.read(set!.tree, contextOf(set!));
}

function documentOf<D>(message: string, lines: readonly string[]): D {
  const read = readMessage(message, lines);
  assert.ok(read.outcome === 'read', JSON.stringify(read));
  assert.deepEqual([read.unmapped, read.findings], [[], []]);
  return read.document as D;
}

const SUPPLIER = 'NAD+SU+50017::92';
const LINE = ['LIN+1', 'PIA+5+118-220:IN', 'QTY+21:2:PCE', 'PRI+AAA:50'];

const orderLines = (code: string, before: readonly string[], after: readonly string[], line: readonly string[]) => [
  ...[`BGM+${code}+P1+9`, 'DTM+137:20261102:102', ...before, SUPPLIER, ...after, ...line, 'UNS+S'],
];

/** An order with these segments before its supplier, and with these after it. */
function order(before: readonly string[] = [], after: readonly string[] = [], line: readonly string[] = LINE) {
  return documentOf<PurchaseOrder>('ORDERS', orderLines('220', before, after, line));
}

/** An invoice over 100 and 25 of VAT. */
function invoiceLines({ code = '380', category = 'S', before = [], after = [], sums = [] }: Parts): string[] {
  return [
    ...[`BGM+${code}+F1+9`, 'DTM+137:20261103:102', ...before, SUPPLIER, 'CUX+2:NOK:4', ...after],
    ...['LIN+1', 'QTY+47:2:PCE', 'MOA+203:100', 'PRI+AAA:50', 'UNS+S', ...sums, 'MOA+77:125'],
    ...[`TAX+7+VAT+++:::25+${category}`, 'MOA+124:25'],
  ];
}

interface Parts {
  readonly code?: string;
  readonly category?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly sums?: readonly string[];
}

const invoice = (parts: Parts) => documentOf<Invoice>('INVOIC', invoiceLines(parts));

test('consignee and consignor are where goods go to and come from', () => {
  const { parties } = order([], ['NAD+CN+5790000000118::9', 'NAD+CZ+++Nord Lager']);
  assert.deepEqual(parties, [
    { role: 'shipTo', id: { scheme: 'gln', value: '5790000000118' } },
    { role: 'shipFrom', name: 'Nord Lager' },
  ]);
});

test('a mobile phone is the phone of a contact who has no other', () => {
  const contact = ['NAD+BY+5790000000001::9', 'CTA+IC+:Ann Buyer', 'COM+?+4791000000:AL'];
  assert.deepEqual(order([], contact).parties?.[0]?.contact, { name: 'Ann Buyer', phone: '+4791000000' });
  const both = readMessage('ORDERS', orderLines('220', [], ['CTA+IC', 'COM+1:AL', 'COM+2:TE'], LINE));
  assert.ok(both.outcome === 'read' && both.document.kind === 'PurchaseOrder');
  assert.equal(both.document.supplier?.contact?.phone, '2');
  const places = both.unmapped.map(({ position, tag, component }) => `${position} ${tag} ${component}`);
  assert.deepEqual(places.slice(-2), ['6 COM 1', '6 COM 2']);
});

test('contracts and earlier invoices have more than one reference each', () => {
  assert.deepEqual(order(['RFF+BC:K-7']).references, [{ type: 'contract', value: 'K-7' }]);
  const credited = invoice({ code: '381', before: ['RFF+OI:F0'] });
  assert.deepEqual(credited.references, [{ type: 'invoice', value: 'F0' }]);
});

test('a scheduled delivery is when the goods are to be there, and so is an estimated arrival', () => {
  assert.equal(order(['DTM+76:20261110:102']).promised, '2026-11-10');
  const lines = [
    'BGM+351+D1+9',
    'DTM+137:20261103:102',
    'DTM+132:20261105:102',
    SUPPLIER,
    'CPS+1',
    'LIN+1',
    'QTY+12:2:PCE',
  ];
  assert.equal(documentOf<ShipNotice>('DESADV', lines).deliverOn, '2026-11-05');
});

test('a window for the delivery, and a promised shipment, stand under more than one code', () => {
  const { notBefore, notAfter } = order(['DTM+71:20261108:102', 'DTM+74:20261112:102']);
  assert.deepEqual([notBefore, notAfter], ['2026-11-08', '2026-11-12']);
  const answer = ['BGM+231+R1+29', 'DTM+137:20261103:102', 'DTM+79:20261105:102', 'RFF+ON:P1', SUPPLIER, 'UNS+S'];
  assert.equal(documentOf<PurchaseOrderAcknowledgment>('ORDRSP', answer).shipOn, '2026-11-05');
});

test('the day when an invoice is due stands in its terms or in its header, under either code', () => {
  for (const code of ['13', '140']) {
    const due = `DTM+${code}:20261203:102`;
    assert.equal(invoice({ before: [due] }).dueDate, '2026-12-03');
    assert.equal(invoice({ after: ['PAT+3', due] }).dueDate, '2026-12-03');
  }
});

test('an order may be a call-off, and an invoice or note one for goods, meters or adjustments', () => {
  const callOff = readMessage('ORDERS', orderLines('226', [], [], LINE));
  assert.equal(callOff.outcome, 'read');
  const types = ['388', '82', '81', '83', '80', '84'].map((code) => invoice({ code }).type);
  assert.deepEqual(types, ['invoice', 'invoice', 'creditNote', 'creditNote', 'debitNote', 'debitNote']);
  for (const code of ['325', '384', '389'])
    assert.equal(readMessage('INVOIC', invoiceLines({ code })).outcome, 'refused');
});

test('lower and higher rates of VAT are told by their rate; an exemption beside a rate is left', () => {
  for (const category of ['AA', 'H']) assert.equal(invoice({ category }).taxes[0]?.rate, '25');
  const exempt = readMessage('INVOIC', invoiceLines({ category: 'E' }));
  assert.deepEqual(
    exempt.unmapped.map(({ tag, element }) => `${tag} ${element}`),
    ['TAX 6'],
  );
});

test('the amount that discount may be taken from is read, and a discount in money under either code', () => {
  const after = ['PAT+22++5:3:D:10', 'MOA+21:2.5'];
  const { paymentTerms } = invoice({ after, sums: ['MOA+129:125'] });
  assert.deepEqual(paymentTerms, { discountDays: '10', discountAmount: '2.5', discountable: '125' });
});

test('what an allowance is a percentage of is taken where it comes to the amount, and refuses where it does not', () => {
  const line = (basis: string) => [...LINE, 'ALC+A++++DI', 'PCD+1:10', 'MOA+204:10', `MOA+25:${basis}`];
  const [first] = order([], [], line('100')).lines;
  assert.deepEqual(first?.adjustments, [{ type: 'allowance', reason: 'discount', percent: '10', amount: '10' }]);
  assert.equal(readMessage('ORDERS', orderLines('220', [], [], line('110'))).outcome, 'refused');
});

test('each code of a charge or an allowance has its reason, and a reason is written as one that is read again', () => {
  const reasons = {
    freight: ['FC', 'FAC', 'ABP'],
    discount: ['DI', 'TD', 'QD', 'VAB', 'CAC', 'TAE'],
    promotion: ['PAD'],
    handling: ['HD', 'SH'],
    packing: ['PC', 'ABL'],
    insurance: ['IN'],
    smallOrder: ['AEL'],
    rebate: ['RAA', 'SF'],
  } as const;
  for (const [reason, codes] of Object.entries(reasons)) {
    for (const code of codes) {
      const [found] = order([], [`ALC+C++++${code}`, 'MOA+8:10']).adjustments ?? [];
      assert.equal(found?.reason, reason, code);
    }
    const charged = PurchaseOrder.parse({
      ...order(),
      adjustments: [{ type: 'charge', reason, amount: '10' }],
    });
    const written = ORDERS.write(charged, contextIn('D.96A'));
    assert.ok(written.outcome === 'written');
    assert.equal(written.segments.find(({ tag }) => tag === 'ALC')?.elements[4], codes[0]);
  }
});

test('how to deliver is the note where there is no other, and a short or coded description the description', () => {
  assert.equal(order(['FTX+DIN+++Gate 2']).note, 'Gate 2');
  const both = ['FTX+DEL+++Gate 2', 'FTX+AAI+++Thank you'];
  const read = readMessage('ORDERS', orderLines('220', both, [], LINE));
  assert.ok(read.outcome === 'read' && read.document.kind === 'PurchaseOrder');
  assert.equal(read.document.note, 'Thank you');
  const [first, ...rest] = LINE;
  for (const form of ['E', 'B'])
    assert.equal(order([], [], [first!, `IMD+${form}++:::Kettle`, ...rest]).lines[0]?.description, 'Kettle');
});
