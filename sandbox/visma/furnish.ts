import { branch } from './entities/branch.ts';
import { financialPeriod, openPeriod } from './entities/financial-period.ts';
import { ledger } from './entities/ledger.ts';
import type { Entity } from './entity.ts';
import type { JsonObject } from './json.ts';
import type { World } from './world.ts';

const YEARS_BACK = 2;
const YEARS_AHEAD = 1;

/** Gives a new company what no company is without: a branch, its ledgers, and open periods around today. */
export function furnished(world: World): World {
  put(world, branch, { branchId: 1, number: '1', name: 'Main branch', isMainBranch: true });
  put(world, ledger, { internalId: 1, number: '1', description: 'Actual ledger' });
  put(world, ledger, { internalId: 2, number: '2', description: 'Budget ledger', balanceType: 'Budget' });
  const thisYear = new Date(world.clock.wall()).getUTCFullYear();
  for (let year = thisYear - YEARS_BACK; year <= thisYear + YEARS_AHEAD; year += 1) {
    for (let month = 1; month <= 12; month += 1) put(world, financialPeriod, openPeriod(year, month));
  }
  return world;
}

function put(world: World, entity: Entity, record: JsonObject): void {
  world.table(entity.name).put(entity.keyOf(record), entity.complete(record, world), world.clock.wall());
}
