import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { AffinityGroup } from "../src/registry/affinity-group.ts";

const BACKENDS = ["a", "b", "c", "d"];
const MODELS = ["x", "y", "z:7b", "z:latest"];
const GROUPS = ["g", "h", "i"];
const STATUSES = [200, 200, 400, 401, 404, 408, 429, 500, 503];

const arbitraryGroup = (id: string): fc.Arbitrary<AffinityGroup> =>
  fc.record(
    {
      id: fc.constant(id),
      backends: fc.subarray(BACKENDS),
      models: fc.subarray(["x", "y", "z:7b", "z"]),
      overflow: fc.constantFrom(...GROUPS),
      policy: fc.constantFrom("auto", "ordered", "random", "round-robin", "least-loaded", "weighted", "lowest-latency"),
      purpose: fc.constantFrom("legal", "mail"),
    },
    { requiredKeys: ["id", "backends"] },
  );

const world = fc.record({
  groups: fc.tuple(...GROUPS.map(arbitraryGroup)),
  served: fc.array(fc.subarray(MODELS), { minLength: BACKENDS.length, maxLength: BACKENDS.length }),
  seed: fc.integer(),
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** A source of numbers that is the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function setUp({ groups, served, seed }: World, statusOf: (random: () => number) => number) {
  const random = seeded(seed);
  const called: { readonly backend: string; readonly model: string }[] = [];
  const backends = BACKENDS.map((id, at) =>
    scriptedBackend({
      id,
      models: served[at] ?? [],
      replies: (call) => {
        called.push({ backend: id, model: call.model });
        const status = statusOf(random);
        return status === 200 ? "fine" : { error: { status } };
      },
    }),
  );
  return { called, runtime: createRuntime({ backends, groups, random, clock: createVirtualClock() }) };
}

/** The groups that a call may come to, the nearest first: written anew, so that it cannot share a mistake with what it checks. */
function reachable(named: readonly AffinityGroup[], groups: readonly AffinityGroup[]): readonly AffinityGroup[] {
  const found = [...named];
  for (let at = 0; at < found.length; at++) {
    const next = groups.find(({ id }) => id === found[at]?.overflow);
    if (next !== undefined && !found.includes(next)) found.push(next);
  }
  return found;
}

function holds({ backends, models }: AffinityGroup, backend: string, model: string): boolean {
  const names = models?.flatMap((name) => (name.includes(":") ? [name] : [name, `${name}:latest`]));
  return backends.includes(backend) && (names === undefined || names.includes(model));
}

describe("a call that names a group", () => {
  test("never reaches a backend or a model outside of it and of its declared overflows, whatever fails", async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(
          fc.record({
            group: fc.constantFrom(...GROUPS),
            model: fc.option(fc.constantFrom(...MODELS, "z"), { nil: undefined }),
          }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        async (given, calls) => {
          const { runtime, called } = setUp(given, (random) => STATUSES[Math.floor(random() * STATUSES.length)] ?? 200);
          for (const { group, model } of calls) {
            called.length = 0;
            const options = { routing: { group, attempts: 6 }, ...(model !== undefined && { model }) };
            await runtime.prompt("Hi", options).catch(() => {});
            const named = given.groups.filter(({ id }) => id === group);
            const allowed = reachable(named, given.groups);
            for (const { backend, model: by } of called) {
              expect(allowed.some((one) => holds(one, backend, by))).toBe(true);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test("goes to an overflow only after everybody in the group before it was tried", async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.constantFrom(...GROUPS), async (given, group) => {
        const { runtime, called } = setUp(given, () => 500);
        await runtime.prompt("Hi", { routing: { group, attempts: 30 } }).catch(() => {});
        const order = reachable(
          given.groups.filter(({ id }) => id === group),
          given.groups,
        );
        const distance = (call: { readonly backend: string; readonly model: string }) =>
          order.findIndex((one) => holds(one, call.backend, call.model));
        const distances = called.map(distance);
        expect(distances).toEqual(distances.toSorted((one, other) => one - other));
        const all = BACKENDS.flatMap((backend, at) => (given.served[at] ?? []).map((model) => ({ backend, model })));
        expect(called).toHaveLength(all.filter((pair) => distance(pair) >= 0).length);
      }),
      { numRuns: 150 },
    );
  });

  test("or a purpose is held to all groups of it", async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.constantFrom("legal", "mail"), async (given, purpose) => {
        const { runtime, called } = setUp(given, () => 500);
        await runtime.prompt("Hi", { routing: { purpose, attempts: 30 } }).catch(() => {});
        const order = reachable(
          given.groups.filter((one) => one.purpose === purpose),
          given.groups,
        );
        for (const { backend, model } of called) expect(order.some((one) => holds(one, backend, model))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
