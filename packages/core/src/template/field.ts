import { describeKind } from "../value/describe-kind.ts";
import { isJsonObject } from "../value/json.ts";
import { chatField } from "./chat-field.ts";
import { type Rendering, ROOT, type Value } from "./frame.ts";
import type { FieldName } from "./tree.ts";

/** Reads one field, an own property always. A field of something missing is missing; a field of null or of anything but an object is an error. */
export function readField(rendering: Rendering, owner: Value, field: FieldName): Value {
  if (owner === ROOT && rendering.scope !== undefined) return rendering.scope.get(field.name) ?? field.fraction;
  if (field.fraction !== undefined && !(isJsonObject(owner) && Object.hasOwn(owner, field.name))) return field.fraction;
  if (owner === undefined) return undefined;
  if (!isJsonObject(owner)) return rendering.fail(field.at, explain(owner, field.name));
  if (Object.hasOwn(owner, field.name)) return owner[field.name];
  return chatField(owner, field.name);
}

function explain(owner: Value, name: string): string {
  const problem = `cannot read .${name} of ${describeKind(owner)}`;
  if (Array.isArray(owner)) return `${problem}: write (index … 0) for one element, or range over it`;
  if (owner === null) return `${problem}: guard it with {{with}} or {{if}}`;
  return problem;
}
