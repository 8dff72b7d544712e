import { z } from "zod";

type Fold = (value: unknown) => unknown;

const same: Fold = (value) => value;
const folds = new WeakMap<z.ZodType, Fold>();

/**
 * A value whose fields have the names that a schema gives them, whatever their case was: clients of the original rely on it.
 * Of two spellings of one name the later wins. A null stands for nothing where the schema takes none. Everything else stays as it is.
 */
export function foldKeys(schema: z.ZodType, value: unknown): unknown {
  return foldOf(schema)(value);
}

function foldOf(schema: z.ZodType): Fold {
  const known = folds.get(schema);
  if (known !== undefined) return known;
  // Schemas may contain themselves.
  folds.set(schema, (value) => foldOf(schema)(value));
  const fold = compile(schema);
  folds.set(schema, fold);
  return fold;
}

function compile(schema: z.ZodType): Fold {
  if (schema instanceof z.ZodObject) return foldObject(schema);
  if (schema instanceof z.ZodArray) {
    const item = foldOf(inner(schema.element));
    return (value) => (Array.isArray(value) ? foldItems(value, item) : value);
  }
  if (schema instanceof z.ZodRecord) {
    const item = foldOf(inner(schema.valueType));
    return (value) => (isObject(value) ? mapValues(value, item) : value);
  }
  if (schema instanceof z.ZodUnion) {
    const options = schema.options.map((option) => foldOf(inner(option)));
    return (value) => options.reduce((folded, fold) => fold(folded), value);
  }
  if (schema instanceof z.ZodPipe) return foldOf(inner(schema.in));
  if (schema instanceof z.ZodLazy) return (value) => foldOf(inner(schema.unwrap()))(value);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodCatch ||
    schema instanceof z.ZodReadonly
  )
    return foldOf(inner(schema.unwrap()));
  return same;
}

function foldObject(schema: z.ZodObject): Fold {
  const fields = new Map(
    Object.entries(schema.shape).map(([name, field]) => {
      const type = inner(field);
      return [name, { name, fold: foldOf(type), takesNull: type.safeParse(null).success }] as const;
    }),
  );
  const byLowerCase = new Map([...fields.values()].map((field) => [field.name.toLowerCase(), field]));
  return (value) => {
    if (!isObject(value)) return value;
    let isSame = true;
    const entries: [string, unknown][] = [];
    for (const entry of Object.entries(value)) {
      const [key, item] = entry;
      const field = fields.get(key) ?? byLowerCase.get(key.toLowerCase());
      const folded = field === undefined ? item : field.fold(item);
      if (field === undefined || (field.name === key && folded === item && (item !== null || field.takesNull))) {
        entries.push(entry);
        continue;
      }
      isSame = false;
      if (item !== null || field.takesNull) entries.push([field.name, folded]);
    }
    // Nearly every body is spelled as it should be. Whatever the names are, `__proto__` too, they become fields.
    return isSame ? value : Object.fromEntries(entries);
  };
}

function foldItems(items: readonly unknown[], fold: Fold): readonly unknown[] {
  const folded = items.map(fold);
  return folded.every((item, at) => item === items[at]) ? items : folded;
}

/** Safe: what stands inside a schema is a schema; zod types it more loosely, for its smaller edition. */
function inner(schema: unknown): z.ZodType {
  return schema as z.ZodType;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapValues(value: object, fold: Fold): object {
  const entries = Object.entries(value);
  const folded = entries.map(([key, item]): [string, unknown] => [key, fold(item)]);
  return folded.every(([, item], at) => item === entries[at]?.[1]) ? value : Object.fromEntries(folded);
}
