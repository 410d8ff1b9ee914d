import { integrationText } from '../../harness/integration.ts';
import { dropOrders, type OrderRow, ordersInFlow, ordersInVisma } from '../../harness/orders.ts';
import { type CrashKind, numbersOf, TO_VISMA, WINDOWS } from '../kind.ts';

/** Every other one is there already, and gets a line more: the same line twice would be two. */
export const purchaseOrders: CrashKind = {
  name: 'purchase orders',
  flow: 'purchase-orders-in',
  integration: integrationText(WINDOWS) + ordersInFlow(),
  points: TO_VISMA,
  writes: { path: '/purchaseorder', each: 1 },
  begin: async (connector, seed, count) => {
    const numbers = numbersOf(7, seed, count);
    const rows = numbers.map((number, index): OrderRow => {
      const line = { number, text: `Line of ${number}`, quantity: '1', price: '10' };
      return index % 2 === 0 ? line : { ...line, action: 'CHG', change: '1', orderNumber: number };
    });
    const known = numbers.filter((_, index) => index % 2 === 1);
    await connector.visma.admin.seed({
      purchaseOrders: known.map((orderNbr) => ({ orderNbr, lines: [{ lineDescription: 'Before' }] })),
    });
    await dropOrders(connector, `seed ${seed}.csv`, rows);
    return numbers.map((number) => `Line of ${number}`);
  },
  arrived: async (connector) => {
    const lines = (await ordersInVisma(connector)).flatMap((order) => order.lines);
    return lines.map(({ lineDescription }) => lineDescription).filter((text) => text !== 'Before');
  },
};
