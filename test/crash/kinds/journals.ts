import { integrationText } from '../../harness/integration.ts';
import { balanced, dropJournals, journalsInFlow, journalsInVisma } from '../../harness/journals.ts';
import { type CrashKind, numbersOf, TO_VISMA, WINDOWS } from '../kind.ts';

/** Each is created and released: two writes. */
export const journals: CrashKind = {
  name: 'journals',
  flow: 'journals-in',
  integration: integrationText(WINDOWS) + journalsInFlow({ release: true }),
  points: TO_VISMA,
  writes: { path: '/journaltransaction', each: 2 },
  begin: async (connector, seed, count) => {
    const numbers = numbersOf(5, seed, count);
    const rows = numbers.flatMap((number) => balanced(`J-${number}`, '100,00', { text: `Journal ${number}` }));
    await dropJournals(connector, `seed ${seed}.csv`, rows);
    return numbers.flatMap((number) => [`create Journal ${number}`, `action release Journal ${number}`]);
  },
  arrived: async (connector) => {
    const { byText, commits } = await journalsInVisma(connector);
    const textOf = new Map(
      [...byText].flatMap(([text, batches]) =>
        batches.map((one) => [`${one.module}/${one.batchNumber}` as string, text] as const),
      ),
    );
    return commits.map(({ operation, key }) => `${operation} ${textOf.get(key)}`);
  },
};
