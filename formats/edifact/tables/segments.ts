import type { Patch, SegmentLibrary } from '../../tables/form.ts';
import { coded } from './segments/composites.ts';
import { GOODS_SEGMENTS } from './segments/goods.ts';
import { HEAD_SEGMENTS, PARTY_SEGMENTS } from './segments/head.ts';
import { MONEY_SEGMENTS } from './segments/money.ts';

/** Where code lists are named: three characters in D.96A, seventeen in D.01B. */
const LISTED = [
  ...['BGM.01.2', 'DOC.01.2', 'FTX.03.2', 'NAD.02.2', 'LOC.02.2', 'LOC.03.2', 'LOC.04.2', 'FII.03.2', 'FII.03.5'],
  ...['TAX.02.2', 'TAX.03.2', 'TAX.05.2', 'TAX.05.6', 'ALC.05.2', 'PAI.01.4', 'PCD.01.4', 'PAT.02.2'],
  ...['LIN.03.3', 'IMD.03.2', 'QVR.03.2', 'PAC.03.2', 'PCI.04.2', 'DLM.02.3', 'DLM.03.2'],
  ...['PIA.02.3', 'PIA.03.3', 'PIA.04.3', 'PIA.05.3', 'PIA.06.3', 'TDT.05.2', 'TDT.08.2', 'TOD.03.2'],
  ...['EQD.02.2', 'EQD.03.2'],
];

const same = (paths: readonly string[], change: string): Patch =>
  Object.fromEntries(paths.map((path) => [path, change]));

const COMMUNICATION = { element: 'C076 C', components: ['3148 an 1 512 M', '3155 an 1 3 M'] };

const SINCE_01B: Patch = {
  ...same(LISTED, '1131 an 1 17'),
  ...same(['FTX.04.1', 'FTX.04.2', 'FTX.04.3', 'FTX.04.4', 'FTX.04.5'], '4440 an 1 512'),
  ...same(['IMD.03.4', 'IMD.03.5'], '7008 an 1 256'),
  ...same(['LIN.01', 'LIN.04.2', 'DLI.02', 'AJT.02'], '1082 an 1 6'),
  'BGM.02': { element: 'C106 C', components: ['1004 an 1 35 C', '1056 an 1 9 C', '1060 an 1 6 C'] },
  'DOC.02.3': '1366 an 1 70',
  'DOC.02.5': '1056 an 1 9 C',
  'DOC.02.6': '1060 an 1 6 C',
  'FTX.03.1': '4441 an 1 17',
  'FTX.06': '4447 an 1 3 C',
  'RFF.01.2': '1154 an 1 70',
  'RFF.01.4': '1056 an 1 9',
  'RFF.01.5': '1060 an 1 6 C',
  'NAD.07': coded('C819 C', '3229 an 1 9 C', '3228 an 1 70 C'),
  'NAD.08': '3251 an 1 17',
  'CTA.02.2': '3412 an 1 256',
  'COM.02': COMMUNICATION,
  'COM.03': COMMUNICATION,
  'MOA.01.2': '5004 n 1 35',
  'PCD.02': '4405 an 1 3 C',
  'TAX.08': '1227 an 1 3 C',
  'IMD.02': coded('C272 C', '7081 an 1 3 C'),
  'QTY.01.2': '6060 an 1 35',
  'CPS.01': '7164 an 1 35',
  'CPS.02': '7166 an 1 35',
  'EQD.03.1': '8155 an 1 10',
};

/** Segments that messages of D.96A share, and what D.01B changed in them. */
export const EDIFACT_SEGMENTS: SegmentLibrary = {
  standard: 'EDIFACT',
  release: 'D.96A',
  segments: { ...HEAD_SEGMENTS, ...PARTY_SEGMENTS, ...MONEY_SEGMENTS, ...GOODS_SEGMENTS },
  patches: { 'D.01B': SINCE_01B },
};
