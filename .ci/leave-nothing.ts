// Runs before and behind each file of tests that shares its process with others: none may change anything for the next.
import { afterAll, expect, vi } from "vitest";

const TYPES = [
  Object,
  Array,
  Function,
  String,
  Number,
  Promise,
  Map,
  Set,
  Date,
  RegExp,
  Error,
  AbortSignal,
  EventTarget,
];
const OBJECTS: readonly (readonly [name: string, object: object])[] = [
  ...Object.entries({ globalThis, process, console, performance, Math, JSON, Reflect, crypto }),
  ...TYPES.flatMap((type) => [[type.name, type] as const, [`${type.name}.prototype`, type.prototype] as const]),
];

/** Vitest sets these for each file. */
const OF_VITEST = /^process\.env\.VITEST_|^globalThis\.(__|expect$)/;

/** Node replaces what it loads late when it is first read. */
const LATE = Symbol("loaded late");

/** What files can see of each other, but for the state of modules: the packages keep none there but what is true of a value for good. */
function surroundings(): ReadonlyMap<string, unknown> {
  const seen = new Map<string, unknown>([["process.cwd()", process.cwd()]]);
  for (const [name, value] of Object.entries(process.env)) seen.set(`process.env.${name}`, value);
  for (const event of process.eventNames()) seen.set(`listeners of ${String(event)}`, process.listenerCount(event));
  for (const [name, object] of OBJECTS) {
    for (const [key, { value, get }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
      seen.set(`${name}.${key}`, get === undefined ? value : LATE);
    }
  }
  return seen;
}

const before = surroundings();

afterAll(() => {
  // Vitest does this between two files as well, but only behind the last hook.
  vi.restoreAllMocks();
  const after = surroundings();
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !OF_VITEST.test(name) && before.get(name) !== LATE && !Object.is(before.get(name), after.get(name)),
  );
  expect(
    changed,
    "this file changes what the files behind it see: have it put that back, or name it under `alone` in vitest.workspace.ts",
  ).toEqual([]);
});
