/**
 * `npm run demo`: the whole product on embedded defaults, told as a story. Ends by itself, with 0 only when the partner
 * systems hold exactly what they should. `--keep` leaves everything up until Ctrl-C.
 */
import { parseArgs } from 'node:util';
import { runDemo } from './run-demo.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
await runDemo(values);
