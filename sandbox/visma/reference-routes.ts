import type { FastifyInstance } from 'fastify';
import { type Answer, ApiRefusal } from './answers.ts';
import type { JsonObject } from './json.ts';
import { type QueryNames, readQuery } from './query.ts';
import type { Reference, ReferenceKind } from './references.ts';
import type { Call } from './serve.ts';
import { served } from './served.ts';

/** A list that shows the same reference data that writes are checked against: whole, without metadata and row versions. */
interface ReferenceList {
  readonly path: string;
  readonly kind: ReferenceKind;
  readonly render: (row: Reference) => JsonObject;
  readonly query?: QueryNames;
}

const LEGACY: QueryNames = {
  known: ['greaterThanValue', 'numberToRead', 'skipRecords'],
  notSimulated: ['lastModifiedDateTime', 'lastModifiedDateTimeCondition'],
};

const LISTS: readonly ReferenceList[] = [
  {
    path: '/v1/currency',
    kind: 'currencies',
    render: ({ id, description }) => ({
      id,
      description,
      symbol: id,
      isBaseCurrency: id === 'NOK',
      // ISO 4217: these have no minor unit.
      decimalPrecision: ['ISK', 'JPY'].includes(id) ? 0 : 2,
      isUsedForAccounting: true,
    }),
  },
  {
    path: '/v1/paymentmethod',
    kind: 'paymentMethods',
    query: LEGACY,
    render: ({ id, description }) => ({
      paymentMethodID: id,
      active: true,
      meansOfPayment: 'CashOrCheck',
      description,
      useInAP: true,
      details: [],
    }),
  },
  {
    path: '/v1/vat',
    kind: 'vatCodes',
    query: LEGACY,
    render: ({ id, description }) => ({ vatCategoryId: id, vatId: id, description, type: 'Vat' }),
  },
  {
    path: '/v1/cashaccount',
    kind: 'cashAccounts',
    query: LEGACY,
    render: ({ id, description }) => ({
      number: id,
      description,
      currency: 'NOK',
      account: { number: id, description },
      entryTypes: [],
    }),
  },
];

export function addReferenceRoutes(app: FastifyInstance): void {
  for (const list of LISTS) {
    app.get(
      list.path,
      served((call) => all(list, call)),
    );
    app.get(
      `${list.path}/:id`,
      served((call) => one(list, call)),
    );
  }
}

function all({ kind, query, render }: ReferenceList, { request, world }: Call): Answer {
  readQuery(request.query as Record<string, unknown>, query ?? { known: [] }, world.settings);
  return { status: 200, body: world.references.list(kind).map(render) };
}

function one({ kind, render }: ReferenceList, { request, world }: Call): Answer {
  const row = world.references.find(kind, (request.params as { id: string }).id);
  if (row === undefined) throw new ApiRefusal(404, 'The record was not found.');
  return { status: 200, body: render(row) };
}
