import assert from 'node:assert/strict';
import test from 'node:test';
import { ORDERS, tell } from './samples.ts';

const SECOND = "UNH+2+ORDERS:D:96A:UN'BGM+220+PO2+9'UNT+3+2'";
const TWO = ORDERS.replace("UNZ+1+REF1'", `${SECOND}UNZ+2+REF1'`);
const GROUPED = TWO.replace('UNH+1+', "UNG+ORDERS+A+B+260101:1200+7+UN+D:96A'UNH+1+").replace('UNZ+2', "UNE+2+7'UNZ+1");

test('an interchange without UNA is read with the default service characters, released ones restored', async () => {
  const told = await tell(ORDERS);
  assert.deepEqual(told.codes, []);
  assert.deepEqual(told.segments.slice(1, 4), [
    'UNH 1|ORDERS/D/96A/UN/EAN008',
    'BGM 220|PO+1|9',
    "FTX AAA|||It's 5:30/why?",
  ]);
  const [set] = told.sets;
  assert.deepEqual([set?.header.type, set?.header.version, set?.segments], ['ORDERS', 'ORDERS:D:96A:UN:EAN008', 4]);
  assert.deepEqual([told.groups[0]?.header.functionalId, told.groups[0]?.header.control], [null, null]);
});

test('the UNA says which service characters are used, with blanks around it as well', async () => {
  const other = ORDERS.replaceAll(/(\?.)|'/g, (_, released?: string) => released ?? '~');
  for (const una of ['UNA:+.? ~', 'UNA:+.? ~\r\n', ' UNA:+.? ~  ']) {
    const told = await tell(una + other);
    assert.deepEqual(told.codes, [], una);
    assert.equal(told.interchanges[0]?.header.una, 'UNA:+.? ~');
    assert.ok(told.segments.includes("FTX AAA|||It's 5:30/why?"));
  }
});

test('the characters of level B that do not print are found by the byte after UNB', async () => {
  const file = TWO.replaceAll(/\?./g, '').replaceAll('+', '\x1d').replaceAll(':', '\x1f').replaceAll("'", '\x1c');
  assert.deepEqual((await tell(file)).codes, []);
});

test('elements repeat in syntax 4 only, whatever the UNA says', async () => {
  const read = async (una: string, syntax: string) => {
    const file = una + ORDERS.replace('UNOC:3', syntax).replace('+9', '+9*10');
    return (await tell(file)).segments.find((segment) => segment.startsWith('BGM'));
  };
  assert.equal(await read("UNA:+.?*'", 'UNOC:4'), 'BGM 220|PO+1|9 & 10');
  assert.equal(await read('', 'UNOC:4'), 'BGM 220|PO+1|9 & 10');
  assert.equal(await read("UNA:+.?*'", 'UNOA:2'), 'BGM 220|PO+1|9*10');
  assert.equal(await read("UNA:+.? '", 'UNOC:4'), 'BGM 220|PO+1|9*10');
});

test('groups are counted where they are used, messages where they are not', async () => {
  assert.deepEqual((await tell(TWO)).codes, []);
  const told = await tell(GROUPED);
  assert.deepEqual(told.codes, []);
  assert.deepEqual([told.groups[0]?.header.functionalId, told.groups[0]?.header.control], ['ORDERS', '7']);
  const mixed = GROUPED.replace('UNZ+1', `${SECOND.replaceAll('2', '3').replace('220', '220')}UNZ+1`);
  assert.ok((await tell(mixed)).codes.includes('groups-and-sets-mixed'));
});

const TROUBLES: readonly (readonly [name: string, file: string, codes: readonly string[]])[] = [
  ['line breaks after terminators', TWO.replaceAll(/(?<!\?)'/g, "'\r\n"), []],
  ['lines of 80 columns', TWO.replaceAll(/.{80}/gs, '$&\r\n'), ['wrapped']],
  ['a missing UNZ', TWO.replace(/UNZ.*$/, ''), ['interchange-trailer-missing']],
  ['a missing UNT', TWO.replace("UNT+4+1'", ''), ['set-trailer-missing']],
  ['another reference in UNT', TWO.replace('UNT+4+1', 'UNT+4+8'), ['set-control-differs']],
  ['another count in UNT', TWO.replace('UNT+4+1', 'UNT+5+1'), ['segment-count-differs']],
  ['another reference in UNZ', TWO.replace('UNZ+2+REF1', 'UNZ+2+REF2'), ['interchange-control-differs']],
  ['another count in UNZ', TWO.replace('UNZ+2', 'UNZ+3'), ['interchange-count-differs']],
  ['a repeated reference', TWO.replace('UNH+2', 'UNH+1').replace('UNT+3+2', 'UNT+3+1'), ['set-repeated']],
  [
    'messages without an interchange',
    TWO.replace(/^UNB[^']*'/, '').replace(/UNZ.*$/, ''),
    ['interchange-header-missing'],
  ],
  [
    'messages that only a UNA goes before',
    `UNA:*.? ~${TWO.replaceAll(/(\?.)|'/g, (_, released?: string) => released ?? '~')
      .replace(/^UNB.*?~/, '')
      .replace(/UNZ.*$/, '')
      .replaceAll('?+', 'PLUS')
      .replaceAll('+', '*')
      .replaceAll('PLUS', '+')}`,
    ['interchange-header-missing'],
  ],
  [
    'a group without an interchange',
    GROUPED.replace(/^UNB[^']*'/, '').replace(/UNZ.*$/, ''),
    ['interchange-header-missing'],
  ],
  ['a syntax identifier in lower case', TWO.replace('UNOC', 'unob'), ['version-unknown']],
  ['a last segment without terminator', `${TWO.slice(0, -1)}\r\n`, ['terminator-missing']],
  ['a syntax that is none', TWO.replace('UNOC:3', 'UNOC:9'), ['version-unknown']],
];

for (const [name, file, codes] of TROUBLES) {
  test(`no message is lost to ${name}`, async () => {
    const told = await tell(file);
    assert.equal(told.sets.length, 2);
    assert.deepEqual(told.codes, codes);
  });
}

test('interactive EDIFACT is refused by its name', async () => {
  assert.deepEqual((await tell("UIB+UNOA:4+ref'UIH+PAORES:D:96A:UN'UIZ'")).codes.includes('interactive-refused'), true);
});

test('the character set of the UNB holds for the UNB itself', async () => {
  const file = Buffer.from(ORDERS.replace('UNOC', 'UNOE').replaceAll('REF1', '\xbf\xde'), 'latin1');
  const { codes, interchanges } = await tell(file);
  assert.deepEqual([codes, interchanges[0]?.header.control], [[], 'По']);
});

test('letters come from the character set of the UNB, or from that agreed with the partner', async () => {
  const text = (charset: string, bytes: string) => ORDERS.replace('UNOC', charset).replace('PO?+1', bytes);
  const read = async (file: string, settings = {}) => {
    const told = await tell(Buffer.from(file, 'latin1'), settings);
    return told.segments.find((segment) => segment.startsWith('BGM'))?.split('|')[1];
  };
  assert.equal(await read(text('UNOC', 'Bj\xf8rn')), 'Bjørn');
  assert.equal(await read(text('UNOE', '\xbf\xde')), 'По');
  assert.equal(await read(text('UNOD', '\xb3')), 'ł');
  assert.equal(await read(text('UNOY', 'Bj\xc3\xb8rn')), 'Bjørn');
  assert.equal(await read(text('UNOC', 'Bj\xc3\xb8rn'), { characters: 'auto' }), 'Bjørn');
  assert.equal(await read(text('UNOC', 'Bj\xf8rn \x80'), { characters: 'auto' }), 'Bjørn €');
  assert.equal(await read(text('UNOC', 'Bj\x9brn'), { characters: 'cp865' }), 'Bjørn');
  assert.equal(await read(text('UNOC', 'Bj\x9brn'), { characters: 'cp850' }), 'Bjørn');
  assert.equal(await read(text('UNOA', 'Bj|rn {]'), { characters: 'iso-646-no' }), 'Bjørn æÅ');
  assert.equal(await read(text('UNOA', 'G|teborg'), { characters: 'iso-646-se' }), 'Göteborg');
  assert.equal(await read(text('UNOK', '\xdd\xfd')), 'İı');
});
