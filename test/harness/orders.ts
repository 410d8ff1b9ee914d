import type { Connector } from './connector.ts';

/** The flow of purchase orders of the tests, to be put behind `integrationText()`. */
export function ordersInFlow(): string {
  return `
  purchase-orders-in:
    kind: purchase-orders-in
    schedule: { every: 5m }
    source:
      connection: partner
      folder: inbound/orders
      pattern: "*.csv"
      archive: archive/orders
      error: error/orders
      settle: 0s
    target: { connection: visma }
    format: { type: csv, delimiter: ";", decimalSign: ",", datePattern: dd.MM.yyyy }
    columns:
      number: Order
      action: { column: Action, values: { NEW: create, CHG: change, CAN: cancel } }
      change: Change
      orderNumber: Visma No
      supplier.number: Vendor No
      lines.number: Line
      lines.action: { column: Line Action, values: { CAN: cancel } }
      lines.description: Text
      lines.quantity: Qty
      lines.unitPrice: Price
      lines.subaccount: Cost centre
`;
}

/** One row of an order file. */
export interface OrderRow {
  readonly number: string;
  readonly action?: 'NEW' | 'CHG' | 'CAN';
  readonly change?: string;
  readonly orderNumber?: string;
  readonly line?: string;
  readonly lineAction?: string;
  readonly text?: string;
  readonly quantity?: string;
  readonly price?: string;
  readonly subaccount?: string;
}

export async function dropOrders(connector: Connector, name: string, rows: readonly OrderRow[]): Promise<void> {
  const lines = rows.map((row) => {
    const { number, action = 'NEW', change = '', orderNumber = '', line = '', lineAction = '' } = row;
    const { text = '', quantity = '', price = '', subaccount = '' } = row;
    const supplier = action === 'NEW' ? '50001' : '';
    return [number, action, change, orderNumber, supplier, line, lineAction, text, quantity, price, subaccount].join(
      ';',
    );
  });
  const header = 'Order;Action;Change;Visma No;Vendor No;Line;Line Action;Text;Qty;Price;Cost centre';
  await connector.drop(`/inbound/orders/${name}`, [header, ...lines, ''].join('\r\n'));
}

interface OrderInVisma {
  readonly orderNbr: string;
  readonly status: string;
  readonly supplierRef: string;
  readonly lines: readonly {
    readonly lineNbr: number;
    readonly lineDescription: string;
    readonly orderQty: number;
    readonly canceled: boolean;
    readonly sub?: { readonly subaccountNumber: string };
  }[];
}

export async function ordersInVisma({ visma }: Connector): Promise<readonly OrderInVisma[]> {
  const { entities } = await visma.admin.state({ entity: 'purchaseOrder' });
  return (entities.purchaseOrder?.records ?? []) as unknown as OrderInVisma[];
}
