import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkIntegration } from '../../config/parse.ts';
import { ENV, problemsWith, SAMPLE } from './sample.ts';

test('an unknown key is named once, with its line and column and the nearest known key', () => {
  assert.deepEqual(problemsWith('archive: archive', 'arhive: archive'), [
    'acme.yaml:22:7 flows.vendors-in.source.arhive: unknown key "arhive"; did you mean "archive"?',
  ]);
});

test('an unknown key that resembles none comes with the keys known there', () => {
  const [problem] = problemsWith('partner: ACME Trading', 'partner: ACME Trading\nxyzzy: 1');
  assert.equal(
    problem,
    'acme.yaml:4:1 xyzzy: unknown key "xyzzy"; known here: integration, kind, partner, keepBodies, connections, flows',
  );
});

test('a secret in a file is refused with the command that stores it, and its value is not repeated', () => {
  for (const key of ['password', 'privateKey', 'passphrase', 'private_key']) {
    const problems = problemsWith('username: acme', `username: acme\n    ${key}: hunter2`);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^acme\.yaml:13:5 .*ml-connector connection set acme\/partner/);
    assert.doesNotMatch(problems[0]!, /hunter2/);
  }
  for (const key of ['clientSecret', 'clientId', 'client_secret', 'accessToken']) {
    const problems = problemsWith('    kind: visma\n', `    kind: visma\n    ${key}: hunter2\n`);
    assert.match(problems.join('\n'), /^acme\.yaml:7:5 [^\n]*ml-connector connection set acme\/visma[^\n]*$/);
  }
});

test('credentials inside an address are refused', () => {
  const problems = problemsWith(
    '    kind: visma\n',
    '    kind: visma\n    apiUrl: https://me:hunter2@api.example.com\n',
  );
  assert.match(problems.join('\n'), /^acme\.yaml:7:13 connections\.visma\.apiUrl: must not contain credentials$/);
});

test('a variable that is not set is named with its setting and line, and reported once', () => {
  const lines = checkIntegration(SAMPLE, 'acme.yaml', {}).problems;
  assert.deepEqual(lines, [
    {
      file: 'acme.yaml',
      line: 10,
      column: 11,
      path: 'connections.partner.host',
      message: 'the environment variable SFTP_HOST is not set',
    },
  ]);
});

test('a misspelt kind is named, and what is wrong inside its group is reported in the same go', () => {
  const broken = SAMPLE.replace('kind: vendors-in', 'kind: vendor-in')
    .replace('kind: visma-sftp', 'kind: visma_sftp')
    .replace('number: Vendor No', 'numbr: Vendor No')
    .replace('every: 5m', 'every: soon');
  assert.deepEqual(
    checkIntegration(broken, 'acme.yaml', ENV).problems.map(({ line, message }) => `${line} ${message}`),
    [
      '2 must be one of: visma-sftp; did you mean "visma-sftp"?',
      '16 must be one of: vendors-in, invoices-in, journals-in, payments-in, purchase-orders-in, invoices-out, records-out; did you mean "vendors-in"?',
      '17 must be a duration such as 10s, 5m, 4h or 1d',
      '27 must say where `number` and `name` come from',
      '28 unknown key "numbr"; did you mean "number"?',
    ],
  );
});

test('a number without its unit is refused, also under the name that the code gives it', () => {
  assert.deepEqual(problemsWith('every: 5m', 'every: 300000'), [
    'acme.yaml:17:24 flows.vendors-in.schedule.every: must be a duration such as 10s, 5m, 4h or 1d',
  ]);
  assert.deepEqual(problemsWith('every: 5m', 'everyMs: 300000'), [
    'acme.yaml:17:26 flows.vendors-in.schedule.every: must be a duration such as 10s, 5m, 4h or 1d',
  ]);
});

test('a bound is told in the unit of the setting', () => {
  assert.deepEqual(problemsWith('every: 5m', 'every: 5m, catchUp: 9s'), [
    'acme.yaml:17:37 flows.vendors-in.schedule.catchUp: must be at least 10s',
  ]);
});

const REFUSED: readonly (readonly [name: string, text: string, replacement: string, problem: RegExp])[] = [
  ['an absolute folder', 'folder: inbound', 'folder: /inbound', /^acme\.yaml:20:15 .*relative folder/],
  ['a folder that climbs', 'folder: inbound', 'folder: a/../../b', /^acme\.yaml:20:15 .*relative folder/],
  ['a pattern with a folder', 'vendors*.csv', 'in/*.csv', /^acme\.yaml:21:16 .*without folders/],
  ['a name that repeats', '{sequence:6}', '{date:yyyyMMdd}', /^acme\.yaml:39:13 .*must hold \{sequence\}/],
  ['an unknown placeholder', '{sequence:6}', '{sequence}-{partner}', /\{partner\} is unknown/],
  ['an unknown field', 'field: number', 'field: nubmer', /"nubmer" is not known here; did you mean "number"\?$/],
  ['a header field for a line', 'field: number', 'field: lines.amount', /rows\.columns\[1\]\.field: must be one of/],
  [
    'routing of an unknown field',
    '      name: Name\n',
    '      name: Name\n    routing: { values: { country: { Norge: NO } } }\n',
    /routing\.values\.country: unknown key "country"/,
  ],
  [
    'a rule that sets the number',
    '      name: Name\n',
    '      name: Name\n    routing: { rules: [{ when: { name: [a] }, set: { note: c, number: b } }] }\n',
    /rules\[1\]\.set\.number: unknown key "number"/,
  ],
  ['a misspelt key of a column', 'constant: 0040', 'constnt: 0040', /unknown key "constnt"; did you mean "constant"\?/],
  [
    'field and constant at once',
    'constant: 0040',
    'constant: 0040, field: number',
    /unknown key "constant"; known here: name, field/,
  ],
  ['a cron of six fields', '0 6 * * MON-FRI', '0 0 6 * * MON-FRI', /must have five fields/],
  ['an unknown time zone', 'Europe/Oslo', 'Europe/Olso', /IANA time zone/],
  ['a day that is none', '2026-01-01', '2026-02-30', /must be a day/],
  ['a fingerprint that is none', 'SHA256:', 'MD5:', /^acme\.yaml:13:14 connections\.partner\.hostKey/],
  [
    'shares above the whole',
    '    kind: visma\n',
    '    kind: visma\n    budget: { shares: { poll: 40% } }\n',
    /more than 100%/,
  ],
  ['an empty value', 'username: acme', 'username:', /^acme\.yaml:12:14 connections\.partner\.username: /],
  ['a list where a group belongs', '{ every: 5m }', '[5m]', /flows\.vendors-in\.schedule: must be a group of settings/],
  [
    'a name in capitals',
    '  vendors-in:\n',
    '  Vendors:\n',
    /^acme\.yaml:15:3 flows\.Vendors: the name must be kebab-case/,
  ],
  ['a variable that is broken', 'username: acme', `username: \${A B}`, /a variable is written/],
  [
    'a key given twice',
    'username: acme',
    'username: acme\n    username: b',
    /^acme\.yaml:13:5 is not valid YAML: Map keys must be unique/,
  ],
  ['a pattern without quotes', 'vendors*.csv', '*.csv', /^acme\.yaml:21:16 a value that begins with \* needs quotes/],
  ['a tag', 'username: acme', 'username: !secret acme', /Unresolved tag: !secret/],
  ['a variable in braces without quotes', '{ every: 5m }', `{ every: \${EVERY} }`, /needs quotes/],
  [
    'an unknown connection',
    'connection: visma\n',
    'connection: vismo\n',
    /there is no connection "vismo"; did you mean "visma"\?/,
  ],
  [
    'a connection of the wrong kind',
    'connection: partner',
    'connection: visma',
    /must be a connection of kind sftp; "visma" is of kind visma/,
  ],
  ['an archive that is the inbox', 'archive: archive', 'archive: inbound', /must not be the folder that is read/],
];

for (const [name, text, replacement, expected] of REFUSED) {
  test(`refused with its place: ${name}`, () => {
    const problems = problemsWith(text, replacement);
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0]!, expected);
  });
}

test('two flows that would take the same file are refused, also when only some names fit both patterns', () => {
  const flow = SAMPLE.slice(SAMPLE.indexOf('  vendors-in:'), SAMPLE.indexOf('  invoices-out:'));
  const second = flow.replace('  vendors-in:', '  vendors-two:').replace('vendors*.csv', '"*2026.csv"');
  const problems = problemsWith(flow, flow + second);
  assert.equal(problems.length, 1);
  assert.match(problems[0]!, /flows\.vendors-two\.source\.pattern: would take files of flow "vendors-in"/);
  const apart = problemsWith(flow, flow + second.replace('*2026.csv', 'new*.csv'));
  assert.deepEqual(apart, []);
});

test('bombs are refused quickly: too large, too deep, with aliases', () => {
  const bombs = ['#'.repeat(300_000), '['.repeat(50_000), '- '.repeat(50_000), 'a: &a [x]\nb: *a', 'a: &a [*a]'];
  for (const bomb of bombs) {
    const started = process.cpuUsage();
    assert.equal(checkIntegration(bomb, 'bomb.yaml', {}).problems.length, 1, bomb.slice(0, 40));
    assert.ok(process.cpuUsage(started).user < 3_000_000);
  }
});
