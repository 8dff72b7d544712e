import { checkJson } from "./check-json.ts";
import { describeKind } from "./describe-kind.ts";
import { fieldPath, invalidInput } from "./invalid-input.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** Reads the fields of one object that was given as input. An absent or null field gives the default; another type is an `InputError` with its path. */
export interface StructureReader {
  text(key: string, fallback: string): string;
  optionalText(key: string): string | undefined;
  number(key: string, fallback: number): number;
  whole(key: string, fallback: number): number;
  /** The elements of an array, each through `read`; none where it is absent. */
  list<T>(key: string, read: (item: Json, path: string) => T): T[];
  child(key: string): StructureReader;
  /** The field as it was given; undefined where it is absent or null. */
  value(key: string): Json | undefined;
  /** The fields that are not among `known`, which are lower case. */
  rest(known: ReadonlySet<string>): JsonObject;
  path(key: string): string;
}

/** Field names are matched exactly first and then without regard to case, as Go's JSON decoder does. */
export function readStructure(raw: unknown, path: string): StructureReader {
  const source = raw === undefined || raw === null ? {} : checkJson(raw, path);
  if (!isJsonObject(source)) throw invalidInput(path, "an object", describeKind(source));
  const find = (key: string): Json | undefined => findField(source, key);
  const at = (key: string): string => fieldPath(path, key);
  const number = (key: string, fallback: number): number => {
    const value = find(key) ?? fallback;
    if (typeof value !== "number") throw invalidInput(at(key), "a number", describeKind(value));
    return value;
  };
  const optionalText = (key: string): string | undefined => {
    const value = find(key);
    if (value === undefined || typeof value === "string") return value;
    throw invalidInput(at(key), "a string", describeKind(value));
  };
  return {
    optionalText,
    number,
    text: (key, fallback) => optionalText(key) ?? fallback,
    whole: (key, fallback) => {
      const value = number(key, fallback);
      if (Number.isSafeInteger(value)) return value;
      throw invalidInput(at(key), "a whole number", "a number with a fraction or beyond 53 bits");
    },
    list: (key, read) => {
      const value = find(key) ?? [];
      if (!Array.isArray(value)) throw invalidInput(at(key), "an array", describeKind(value));
      return value.map((item: Json, index) => read(item, `${at(key)}[${index}]`));
    },
    child: (key) => readStructure(find(key), at(key)),
    value: find,
    rest: (known) => Object.fromEntries(Object.entries(source).filter(([key]) => !known.has(key.toLowerCase()))),
    path: at,
  };
}

function findField(source: JsonObject, key: string): Json | undefined {
  if (Object.hasOwn(source, key)) return source[key] ?? undefined;
  const wanted = key.toLowerCase();
  const found = Object.keys(source).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : (source[found] ?? undefined);
}
