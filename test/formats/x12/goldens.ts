import { set850, x12 } from '../edi/samples.ts';

/** Two orders in one group. */
export const TWO = x12([set850('0001'), set850('0002')]);

/** Written by hand from the standard's rules: what is wrong, and what the 997 has to say. */
export const GOLDENS: readonly (readonly [name: string, file: string, expected: readonly string[]])[] = [
  ['a wrong count in SE', TWO.replace('SE*4*0002', 'SE*9*0002'), ['AK2*850*0002', 'AK5*R*4', 'AK9*P*2*2*1']],
  ['another number in SE', TWO.replace('SE*4*0002', 'SE*4*0009'), ['AK2*850*0002', 'AK5*R*3', 'AK9*P*2*2*1']],
  ['a missing SE', TWO.replace('SE*4*0002~', ''), ['AK2*850*0002', 'AK5*R*2', 'AK9*P*2*2*1']],
  ['a missing GE', TWO.replace('GE*2*1~', ''), ['AK9*R*2*2*0*3']],
  ['a wrong count in GE', TWO.replace('GE*2', 'GE*7'), ['AK9*R*7*2*0*5']],
  ['another number in GE', TWO.replace('GE*2*1', 'GE*2*4'), ['AK9*R*2*2*0*4']],
  ['an ST that cannot be read', TWO.replace('ST*850*0002', 'ST'), ['AK9*R*2*2*0*5']],
  ['an ST without type', TWO.replace('ST*850*0002', 'ST**0002'), ['AK9*R*2*2*0*5']],
  ['an ST without number', TWO.replace('ST*850*0002', 'ST*850').replace('SE*4*0002', 'SE*4'), ['AK9*R*2*2*0*5']],
  ['an ST whose type is none', TWO.replace('ST*850*0002', 'ST*85*0002'), ['AK2*85*0002', 'AK5*R*6', 'AK9*P*2*2*1']],
  [
    'a set whose number is too short',
    TWO.replace('ST*850*0002', 'ST*850*2').replace('SE*4*0002', 'SE*4*2'),
    ['AK2*850*2', 'AK5*R*7', 'AK9*P*2*2*1'],
  ],
  ['a repeated set number', TWO.replaceAll('0002', '0001'), ['AK2*850*0001', 'AK5*R*23', 'AK9*P*2*2*1']],
  [
    'a segment without proper tag',
    TWO.replace('CUR*BY', 'C-R*BY').replace('C-R', 'c_r'),
    ['AK2*850*0001', 'AK3*CR*3**1', 'AK5*E*5', 'AK9*E*2*2*2'],
  ],
  [
    'a control character',
    TWO.replace('*NOK', '*N\tK'),
    ['AK2*850*0001', 'AK3*CUR*3**8', 'AK4*2**6', 'AK5*E*5', 'AK9*E*2*2*2'],
  ],
  [
    'all sets wrong',
    TWO.replaceAll('SE*4', 'SE*3'),
    ['AK2*850*0001', 'AK5*R*4', 'AK2*850*0002', 'AK5*R*4', 'AK9*R*2*2*0'],
  ],
];
