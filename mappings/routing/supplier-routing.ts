import { Failure } from '../../failures/failure.ts';
import { Supplier } from '../canonical/supplier.ts';
import { supplierOf, supplierValues } from '../canonical/supplier-fields.ts';
import { type Routing, routedValues } from './routing.ts';

/**
 * The supplier with what the routing gives it.
 *
 * @throws Failure ROUTING_INVALID when a rule sets a value that the field cannot have
 */
export function routeSupplier(supplier: Supplier, routing: Routing): Supplier {
  const result = Supplier.safeParse(supplierOf(routedValues({ ...supplierValues(supplier) }, routing)));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Failure('ROUTING_INVALID', { message: `The routing does not lead to a supplier. ${problems.join('; ')}.` });
}
