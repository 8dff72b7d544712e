import { isPlain } from "../../value/is-plain.ts";
import type { Json } from "../../value/json.ts";
import { MOST_LEVELS } from "../../value/most-levels.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** A few shared parts, nested, can stand for more values than memory holds. */
const MAX_VALUES = 1_000_000;

interface Copying {
  readonly findings: Finding[];
  readonly ancestors: Set<object>;
  count: number;
}

/**
 * A frozen copy of what JSON can carry of a value: own members only, `undefined` left out. What JSON cannot carry is
 * reported at its place and left out. Never throws, whatever the value does when it is read.
 */
export function takeJson(value: unknown): { readonly json: Json | undefined; readonly findings: readonly Finding[] } {
  const copying: Copying = { findings: [], ancestors: new Set(), count: 0 };
  try {
    return { json: copy(value, "$", copying), findings: copying.findings };
  } catch {
    return {
      json: undefined,
      findings: [wrong("$", "expected plain data, got an object that throws when it is read")],
    };
  }
}

function copy(value: unknown, path: string, copying: Copying): Json | undefined {
  copying.count += 1;
  if (copying.count > MAX_VALUES) return report(`expected at most ${MAX_VALUES} values`, path, copying);
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : report(`expected a finite number, got ${value}`, path, copying);
  }
  if (typeof value === "undefined") return undefined;
  if (typeof value !== "object") return report(`expected plain data, got a ${typeof value}`, path, copying);
  if (copying.ancestors.has(value)) return report("expected plain data, got an object inside itself", path, copying);
  if (copying.ancestors.size >= MOST_LEVELS) return report(`expected at most ${MOST_LEVELS} levels`, path, copying);
  copying.ancestors.add(value);
  const copied = Array.isArray(value) ? copyArray(value, path, copying) : copyObject(value, path, copying);
  copying.ancestors.delete(value);
  return copied;
}

function copyArray(value: readonly unknown[], path: string, copying: Copying): Json {
  const items: Json[] = [];
  for (let index = 0; index < value.length && copying.count <= MAX_VALUES; index += 1) {
    items.push(copy(value[index], memberPath(path, index), copying) ?? null);
  }
  return Object.freeze(items);
}

function copyObject(value: object, path: string, copying: Copying): Json | undefined {
  if (!isPlain(value)) return report(`expected a plain object, got ${notPlain(value)}`, path, copying);
  const entries: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    if (copying.count > MAX_VALUES) break;
    const copied = copy(member, memberPath(path, key), copying);
    if (copied !== undefined) entries.push([key, copied]);
  }
  // Unlike assignment, this makes an own member of a key named `__proto__`.
  return Object.freeze(Object.fromEntries(entries));
}

function notPlain(value: object): string {
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return OTHERS.get(kind) ?? "one that inherits from another";
}

/** What people give for data, with what to do about that. */
const OTHERS: ReadonlyMap<string, string> = new Map([
  ["Promise", "a Promise: `await` it first"],
  ["Map", "a Map: give `Object.fromEntries` of it"],
  ["Set", "a Set: give a list of what is in it"],
  ["Date", "a Date: give its `toISOString()`"],
]);

function report(message: string, path: string, copying: Copying): undefined {
  const tooMany = copying.count > MAX_VALUES + 1;
  if (!tooMany) copying.findings.push(wrong(path, message));
  return undefined;
}

function wrong(path: string, message: string): Finding {
  return { severity: "error", code: "wrong_type", path, message };
}
