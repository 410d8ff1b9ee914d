import { type Answer, ApiRefusal } from './answers.ts';
import type { Entity } from './entity.ts';
import { needRow } from './entity-one.ts';
import { checkIfMatch, entityTag } from './entity-tag.ts';
import { type Cause, commit } from './entity-writes.ts';
import { isObject, type JsonObject } from './json.ts';

interface Attaching extends Cause {
  readonly entity: Entity;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ifMatch: string | undefined;
}

/** Attaches a file to a record: 201 with the new ETag. A file of a name that is there becomes its next revision. */
export function attachTo({ entity, parameters, ifMatch, body, entry, world }: Attaching): Answer {
  const before = needRow(entity, parameters, world);
  checkIfMatch(ifMatch, before, entity.label, world.settings);
  if (!isObject(body) || typeof body.fileName !== 'string') throw new ApiRefusal(400, 'The request holds no file.');
  const { fileName, size = 0, sha256 = '' } = body;
  const attachments = (Array.isArray(before.record.attachments) ? before.record.attachments : []).filter(isObject);
  const known = attachments.find(({ name }) => name === fileName);
  const file: JsonObject = {
    name: fileName,
    id: known?.id ?? world.uuid(),
    revision: Number(known?.revision ?? 0) + 1,
    size,
    sha256,
  };
  const others = attachments.filter(({ name }) => name !== fileName);
  const record = { ...before.record, attachments: [...others, file] };
  const row = commit(entity, 'attachment', before.key, record, { body, entry, world });
  return { status: 201, headers: { ETag: entityTag(row) } };
}
