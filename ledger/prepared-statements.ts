import pg from 'pg';

/** A statement that came so often is kept by the server: parsing and planning it costs more than running it. */
const OFTEN = 5;
/** Texts that are counted, and statements that are kept, at most. Lists of many lengths make many texts. */
const MOST_TEXTS = 1_000;
const MOST_STATEMENTS = 200;

type Query = (query: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Lets the server keep the statements that come often, each session its own. */
export function keepOftenUsed(pool: pg.Pool): void {
  const nameOf = namesOf();
  pool.on('connect', (client) => {
    const send = client.query.bind(client) as Query;
    // After a migration the server refuses the plans it has kept; under other names it makes them anew.
    let generation = 0;
    const query = async (text: string, values: readonly unknown[] = []) => {
      const kept = nameOf(text);
      if (kept === undefined) return send({ text, values: [...values] });
      try {
        return await send({ name: `${kept}.${generation}`, text, values: [...values] });
      } catch (error) {
        if (isOutdatedPlan(error)) generation += 1;
        throw error;
      }
    };
    client.query = query as typeof client.query;
  });
}

/** Names the statements of a process; undefined for one that came seldom so far. */
function namesOf(): (text: string) => string | undefined {
  const counts = new Map<string, number>();
  const names = new Map<string, string>();
  return (text) => {
    const name = names.get(text);
    if (name !== undefined || names.size === MOST_STATEMENTS) return name;
    if (counts.size === MOST_TEXTS) counts.clear();
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    if (count >= OFTEN) names.set(text, `often${names.size}`);
    return undefined;
  };
}

/** Whether the server refuses a plan it has kept, since a migration has changed a table meanwhile. Tried again, it works. */
export function isOutdatedPlan(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery';
}
