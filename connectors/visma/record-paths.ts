import { z } from 'zod';

/** Where the single values of a record are: `supplier.number`, and of its lines `invoiceLines.account.number`. */
export interface RecordPaths {
  readonly record: readonly string[];
  readonly lines: readonly string[];
}

/** The paths that a schema knows. Lists have none, except the one that holds the lines. */
export function recordPaths(schema: z.core.$ZodType, lines: string | undefined): RecordPaths {
  const list = lines === undefined ? undefined : unwrap(shapeOf(schema)[lines]);
  return {
    record: pathsBelow(schema, ''),
    lines: list instanceof z.ZodArray ? pathsBelow(list.element, `${lines}.`) : [],
  };
}

function pathsBelow(schema: z.core.$ZodType, prefix: string): string[] {
  return Object.entries(shapeOf(schema)).flatMap(([name, field]) => {
    const own = unwrap(field);
    if (own instanceof z.ZodObject) return pathsBelow(own, `${prefix}${name}.`);
    return own instanceof z.ZodArray ? [] : [`${prefix}${name}`];
  });
}

function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const own = unwrap(schema);
  return own instanceof z.ZodObject ? own.shape : {};
}

/** Any field may be missing or null in an answer. */
function unwrap(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.def.innerType) : schema;
}
