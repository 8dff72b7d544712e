import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { errorOf } from "../../tests/fixtures/error-of.ts";
import { routingParts, wanted } from "../../tests/fixtures/routing-parts.ts";
import { resolve } from "./resolve.ts";
import type { SelectionPolicy } from "./selection-policy.ts";

const live = new AbortController().signal;

test("chooses a candidate, takes its lease, and says what was left out", async () => {
  const small = { id: "small", contextLength: 10 };
  const backend = scriptedBackend({ models: [small, { id: "large", contextLength: 100 }] });
  const parts = routingParts([backend]);
  const resolved = await resolve(parts, wanted({ contextLength: 50 }), [], live);
  expect(resolved).toMatchObject({
    candidate: { backend: { id: "scripted" }, model: { id: "large" } },
    policy: "ordered",
    dropped: [{ candidate: { model: { id: "small" } }, stage: "eligible" }],
  });
  expect(parts.leases.held(backend)).toBe(1);
  resolved?.lease.release({ is: "cancelled" });
  expect(parts.leases.total).toBe(0);
});

test("gives undefined where every candidate was tried, and does not ask the backends again for that", async () => {
  let asked = 0;
  const backend = scriptedBackend({
    models: () => {
      asked++;
      return ["x"];
    },
  });
  const parts = routingParts([backend]);
  expect(await resolve(parts, wanted(), [{ backend, model: { id: "x" } }], live)).toBeUndefined();
  await parts.clock.advance(5_000);
  expect(await resolve(parts, wanted({ models: ["gone"] }), [{ backend, model: { id: "x" } }], live)).toBeUndefined();
  expect(asked).toBe(1);
  expect(parts.leases.total).toBe(0);
});

test("stops waiting for a list of models when the signal aborts, and takes no lease then", async () => {
  const held = Promise.withResolvers<readonly string[]>();
  const parts = routingParts([scriptedBackend({ models: () => held.promise })]);
  const aborter = new AbortController();
  const resolving = resolve(parts, wanted(), [], aborter.signal);
  const reason = new Error("enough");
  aborter.abort(reason);
  await expect(resolving).rejects.toBe(reason);
  held.resolve(["x"]);
  await parts.clock.advance(0);
  expect(parts.leases.total).toBe(0);
});

describe("a backend that does not say what it serves", () => {
  const hung = scriptedBackend({ id: "hung", models: () => new Promise<readonly string[]>(() => {}) });
  const up = scriptedBackend({ id: "up", models: ["x"] });

  test("holds up a first call for a moment, where another can take it", async () => {
    const parts = routingParts([hung, up]);
    const resolving = resolve(parts, wanted({ models: ["x"] }), [], live);
    await parts.clock.advance(500);
    expect(await resolving).toMatchObject({ candidate: { backend: { id: "up" }, model: { id: "x" } } });
  });

  test("is waited for where the others cannot take the call, and where they were tried", async () => {
    for (const tried of [[], [{ backend: up, model: { id: "x" } }]]) {
      const answer = Promise.withResolvers<readonly string[]>();
      const slow = scriptedBackend({ id: "slow", models: () => answer.promise });
      const parts = routingParts([slow, up]);
      const resolving = resolve(parts, wanted({ models: tried.length > 0 ? [] : ["y"] }), tried, live);
      await parts.clock.advance(3_000);
      answer.resolve(["y"]);
      expect(await resolving).toMatchObject({ candidate: { backend: { id: "slow" }, model: { id: "y" } } });
    }
  });

  test("is preferred where it is first and answers within that moment", async () => {
    const answer = Promise.withResolvers<readonly string[]>();
    const parts = routingParts([scriptedBackend({ id: "slow", models: () => answer.promise }), up]);
    const resolving = resolve(parts, wanted(), [], live);
    await parts.clock.advance(400);
    answer.resolve(["x"]);
    expect(await resolving).toMatchObject({ candidate: { backend: { id: "slow" } } });
  });
});

describe("a policy", () => {
  const last: SelectionPolicy = { name: "last", choose: (candidates) => candidates.at(-1) ?? candidates[0] };
  const backends = [scriptedBackend({ id: "a" }), scriptedBackend({ id: "b" })];

  test("of the application's own chooses among those that are left, the preferred first", async () => {
    const parts = routingParts(backends, { policies: [last] });
    const first = await resolve(parts, wanted({ policy: "last" }), [], live);
    expect(first).toMatchObject({ policy: "last", candidate: { backend: { id: "b" } } });
    const tried = first === undefined ? [] : [first.candidate];
    const second = await resolve(parts, wanted({ policy: "last" }), tried, live);
    expect(second?.candidate.backend.id).toBe("a");
  });

  test("that nobody registered is named, with those that there are", async () => {
    const parts = routingParts(backends, { policies: [last] });
    expect(await errorOf(resolve(parts, wanted({ policy: "randon" }), [], live))).toMatchObject({
      code: "policy_unknown",
      failure: "chain",
      message: 'there is no routing policy "randon"; there are: ordered, random, last. Did you mean random?',
    });
  });

  test("that chooses what it was not given is refused", async () => {
    // Safe: the point is a policy that is not written in TypeScript.
    const none = { name: "none", choose: () => undefined } as unknown as SelectionPolicy;
    const stray: SelectionPolicy = { name: "stray", choose: ([{ backend }]) => ({ backend, model: { id: "other" } }) };
    const parts = routingParts(backends, { policies: [none, stray] });
    for (const policy of ["none", "stray"]) {
      const error = await errorOf(resolve(parts, wanted({ policy }), [], live));
      expect(error).toMatchObject({ code: "policy_invalid", message: expect.stringContaining(policy) });
    }
    expect(parts.leases.total).toBe(0);
  });
});
