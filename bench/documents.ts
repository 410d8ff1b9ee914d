import { type Deliveries, withDeliveries } from './deliveries.ts';
import { type Measurement, median } from './measurement.ts';

const DOCUMENTS = 300;
const ROUNDS = 3;

/** The least part of the empty deliveries' rate that real ones must reach, and the most events one may take. */
const RATE_GOAL = 0.8;
const EVENTS_GOAL = 25;

/**
 * Documents a second from a vendor file to suppliers in Visma.net, against the same windowed children with three empty
 * activities, on the same server, in turn. Each worker is a process of its own, and idle while the other is measured.
 */
export async function* run(): AsyncGenerator<Measurement> {
  yield* await withDeliveries(measure);
}

async function* measure({ client, real, empty, anyDelivered }: Deliveries): AsyncGenerator<Measurement> {
  const rates: { real: number; empty: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const rate = { empty: await empty(DOCUMENTS), real: await real(DOCUMENTS) };
    // The first round warms both up.
    if (round > 0) rates.push(rate);
  }
  const ratio = median(rates.map((rate) => rate.real / rate.empty));
  yield {
    bench: 'documents',
    case: 'vendor file to suppliers',
    value: median(rates.map((rate) => rate.real)),
    against: median(rates.map((rate) => rate.empty)),
    unit: 'documents/s',
    ratio,
    goal: RATE_GOAL,
    met: ratio >= RATE_GOAL,
  };
  const history = await client.workflow.getHandle(await anyDelivered()).fetchHistory();
  const events = history.events?.length ?? 0;
  yield {
    bench: 'documents',
    case: 'history of one delivery',
    value: events,
    unit: 'events',
    against: null,
    ratio: null,
    goal: EVENTS_GOAL,
    met: events <= EVENTS_GOAL,
  };
}
