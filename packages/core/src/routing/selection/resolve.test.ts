import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { errorOf } from "../../../tests/fixtures/error-of.ts";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import { ModelError, type ModelErrorOptions } from "../../errors/model-error.ts";
import type { Backend } from "../../model/backend.ts";
import type { BackendRouting } from "../../model/backend-routing.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { SelectionPolicy } from "../policies/selection-policy.ts";
import { type ResolveOptions, type RoutingParts, resolve } from "./resolve.ts";

const live = new AbortController().signal;
const first = { tried: [], signal: live };

/** Whoever is chosen; undefined where nobody is. */
async function found(...args: Parameters<typeof resolve>) {
  const resolved = await resolve(...args);
  return "why" in resolved ? undefined : resolved;
}

const candidateOn = (parts: RoutingParts, backend: Backend, id: string): Candidate => ({
  backend,
  model: { id },
  health: parts.health.of(backend, id),
  rank: 0,
});

const failed = (details: Partial<ModelErrorOptions> = {}) =>
  new ModelError("no", { failure: "server_error", ...details });

test("chooses a candidate, takes its lease, and says what was left out", async () => {
  const small = { id: "small", contextLength: 10 };
  const backend = scriptedBackend({ models: [small, { id: "large", contextLength: 100 }] });
  const parts = routingParts([backend]);
  const resolved = await found(parts, wanted({ contextLength: 50 }), first);
  expect(resolved).toMatchObject({
    candidate: { backend: { id: "scripted" }, model: { id: "large" } },
    decision: { policy: "ordered", dropped: [{ backend: "scripted", model: "small", stage: "eligible" }] },
  });
  expect(parts.health.ofBackend(backend).held).toBe(1);
  resolved?.lease.release({ is: "cancelled" });
  expect(parts.leases.total).toBe(0);
});

test("nobody else could take a call where the policy of the overflow is not there, and to ask does not throw", async () => {
  const backends = [scriptedBackend({ id: "a", models: ["x"] }), scriptedBackend({ id: "b", models: ["x"] })];
  for (const policy of ["nope", "random"]) {
    const groups = [
      { id: "g", backends: ["a"], overflow: "h" },
      { id: "h", backends: ["b"], policy },
    ];
    const resolved = await found(routingParts(backends, { groups }), wanted({ group: "g" }), first);
    expect(resolved?.hasOthers()).toBe(policy === "random");
  }
});

test("says so where every candidate was tried, and does not ask the backends again for that", async () => {
  let asked = 0;
  const backend = scriptedBackend({
    models: () => {
      asked++;
      return ["x"];
    },
  });
  const parts = routingParts([backend]);
  const tried = { tried: [candidateOn(parts, backend, "x")], signal: live };
  expect(await resolve(parts, wanted(), tried)).toMatchObject({ why: "tried" });
  await parts.clock.advance(5_000);
  expect(await resolve(parts, wanted({ models: ["gone"] }), tried)).toMatchObject({ why: "tried" });
  expect(asked).toBe(1);
  expect(parts.leases.total).toBe(0);
});

test("stops waiting for a list of models when the signal aborts, and takes no lease then", async () => {
  const held = Promise.withResolvers<readonly string[]>();
  const parts = routingParts([scriptedBackend({ models: () => held.promise })]);
  const aborter = new AbortController();
  const resolving = resolve(parts, wanted(), { tried: [], signal: aborter.signal });
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
    const resolving = resolve(parts, wanted({ models: ["x"] }), first);
    await parts.clock.advance(500);
    expect(await resolving).toMatchObject({ candidate: { backend: { id: "up" }, model: { id: "x" } } });
  });

  test("is waited for where the others cannot take the call, and where they were tried", async () => {
    for (const wasTried of [false, true]) {
      const answer = Promise.withResolvers<readonly string[]>();
      const slow = scriptedBackend({ id: "slow", models: () => answer.promise });
      const parts = routingParts([slow, up]);
      const tried = wasTried ? [candidateOn(parts, up, "x")] : [];
      const resolving = resolve(parts, wanted({ models: wasTried ? [] : ["y"] }), { tried, signal: live });
      await parts.clock.advance(3_000);
      answer.resolve(["y"]);
      expect(await resolving).toMatchObject({ candidate: { backend: { id: "slow" }, model: { id: "y" } } });
    }
  });

  test("is preferred where it is first and answers within that moment", async () => {
    const answer = Promise.withResolvers<readonly string[]>();
    const parts = routingParts([scriptedBackend({ id: "slow", models: () => answer.promise }), up]);
    const resolving = resolve(parts, wanted(), first);
    await parts.clock.advance(400);
    answer.resolve(["x"]);
    expect(await resolving).toMatchObject({ candidate: { backend: { id: "slow" } } });
  });
});

const on = (id: string, routing: BackendRouting = {}): Backend => ({
  ...scriptedBackend({ id, models: ["x"] }),
  routing,
});

/** Resolves, and gives the id of the backend; the lease is kept. */
async function taken(
  parts: RoutingParts,
  options: Partial<ResolveOptions> = {},
  wants = wanted(),
): Promise<string | undefined> {
  return (await found(parts, wants, { ...first, ...options }))?.candidate.backend.id;
}

describe("a policy", () => {
  const last: SelectionPolicy = { name: "last", choose: (candidates) => candidates.at(-1) ?? candidates[0] };
  const backends = [on("a"), on("b")];

  test("of the application's own chooses among those that are left, the preferred first", async () => {
    const parts = routingParts(backends, { policies: [last] });
    const resolved = await found(parts, wanted({ policy: "last" }), first);
    expect(resolved).toMatchObject({ decision: { policy: "last" }, candidate: { backend: { id: "b" } } });
    const tried = resolved === undefined ? [] : [resolved.candidate];
    expect(await taken(parts, { tried, lastFailure: failed() }, wanted({ policy: "last" }))).toBe("a");
  });

  test("is the call's, else the group's, else the runtime's", async () => {
    const groups = [{ id: "g", backends: ["a", "b"], policy: "last" }];
    const parts = routingParts(backends, { policies: [last], groups });
    expect(await taken(parts, {}, wanted({ group: "g" }))).toBe("b");
    expect(await taken(parts, {}, wanted({ group: "g", policy: "ordered" }))).toBe("a");
    expect(await taken(parts)).toBe("a");
  });

  test("that nobody registered is named, with those that there are", async () => {
    const parts = routingParts(backends, { policies: [last] });
    expect(await errorOf(resolve(parts, wanted({ policy: "randon" }), first))).toMatchObject({
      code: "policy_unknown",
      failure: "chain",
      message:
        'there is no routing policy "randon"; there are: auto, ordered, random, least-loaded, weighted, round-robin, lowest-latency, low-prio, low-latency, last. Did you mean random?',
    });
  });
});

describe("where nobody has a place", () => {
  const parts = (routing: BackendRouting = {}) => routingParts([on("a", { concurrency: 1, ...routing })]);

  test("a call waits until there is one, and says how long it waited", async () => {
    const some = parts();
    const holder = await found(some, wanted(), first);
    const waiting = resolve(some, wanted(), first);
    await some.clock.advance(1_200);
    holder?.lease.release({ is: "cancelled" });
    expect(await waiting).toMatchObject({ candidate: { backend: { id: "a" } }, decision: { queuedMs: 1_200 } });
    expect([some.leases.total, some.clock.pending]).toEqual([1, 0]);
  });

  test("a call that waits in vain fails with what can be done", async () => {
    const some = parts({ queueTimeoutMs: 2_000 });
    await resolve(some, wanted(), first);
    const error = errorOf(resolve(some, wanted(), first));
    await some.clock.advance(2_000);
    expect(await error).toMatchObject({
      failure: "server_error",
      reason: "overloaded",
      message:
        "all places on a are taken, and none came free in 2000 ms: make fewer calls at once, add a backend, or raise routing.concurrency or routing.queueTimeoutMs",
    });
    expect(some.leases.total).toBe(1);
  });

  test("no more wait than may, and none beyond its deadline", async () => {
    const some = parts({ queueLength: 1 });
    await resolve(some, wanted(), first);
    const hurried = errorOf(resolve(some, wanted(), { ...first, deadlineAt: some.clock.now() + 50 }));
    await some.clock.advance(0);
    expect(await errorOf(resolve(some, wanted(), first))).toMatchObject({
      reason: "overloaded",
      message: expect.stringContaining("1 call waits already"),
    });
    await some.clock.advance(50);
    expect(await hurried).toMatchObject({ reason: "overloaded" });
  });

  test("whoever gives up leaves the line at once", async () => {
    const some = parts();
    const holder = await found(some, wanted(), first);
    const aborter = new AbortController();
    const waiting = resolve(some, wanted(), { tried: [], signal: aborter.signal });
    await some.clock.advance(0);
    const reason = new Error("enough");
    aborter.abort(reason);
    expect([some.health.ofBackend(holder?.candidate.backend ?? on("a")).line.length, some.clock.pending]).toEqual([
      0, 0,
    ]);
    await expect(waiting).rejects.toBe(reason);
    holder?.lease.release({ is: "cancelled" });
    expect(some.leases.total).toBe(0);
  });

  test("a call that has failed before fails with that, when its wait was in vain", async () => {
    const some = routingParts([on("a"), on("b", { concurrency: 1, queueTimeoutMs: 100 })]);
    const a = await found(some, wanted(), first);
    const tried = a === undefined ? [] : [a.candidate];
    expect(await taken(some, { tried, lastFailure: failed() })).toBe("b");
    const waiting = taken(some, { tried, lastFailure: failed() });
    await some.clock.advance(100);
    expect(await waiting).toBeUndefined();
  });
});

describe("a group", () => {
  const groups = [
    { id: "g", backends: ["a"], overflow: "h" },
    { id: "h", backends: ["b"] },
  ];
  const parts = () => routingParts([on("a", { concurrency: 1 }), on("b", { concurrency: 1 }), on("c")], { groups });

  test("is left only for the one into which it overflows, and waits for both", async () => {
    const some = parts();
    const inGroup = wanted({ group: "g" });
    const holder = await found(some, inGroup, first);
    expect(holder?.candidate.backend.id).toBe("a");
    expect(await found(some, inGroup, first)).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: { group: "h" },
    });
    const waiting = taken(some, {}, inGroup);
    await some.clock.advance(10);
    holder?.lease.release({ is: "cancelled" });
    expect(await waiting).toBe("a");
    expect(await taken(some)).toBe("c");
  });

  test("is left for one that gets well meanwhile, also where it waits in several groups", async () => {
    const more = [
      { id: "g", backends: ["a", "c"], overflow: "h" },
      { id: "h", backends: ["b"] },
    ];
    const ill = on("c");
    const some = routingParts([on("a", { concurrency: 1 }), on("b", { concurrency: 1 }), ill], { groups: more });
    const { health } = candidateOn(some, ill, "x");
    for (let at = 0; at < 5; at++) {
      some.leases.take(health, some.clock.now()).release({ is: "failed", failure: "server_error" });
    }
    await some.clock.advance(6_000);
    for (const group of ["g", "h"]) await found(some, wanted({ group, models: ["x"] }), first);
    const probes = [...Array(1)].map(() => some.leases.take(health, some.clock.now()));
    const waiting = taken(some, {}, wanted({ group: "g" }));
    await some.clock.advance(1);
    for (const probe of probes) probe.release({ is: "answered" });
    await some.clock.advance(1);
    expect(await waiting).toBe("c");
  });

  test("overflows for a further try too", async () => {
    const some = parts();
    const a = await found(some, wanted({ group: "g" }), first);
    const tried = a === undefined ? [] : [a.candidate];
    expect(await taken(some, { tried, lastFailure: failed() }, wanted({ group: "g" }))).toBe("b");
  });
});

test("what a prompt and its answer may spend is set aside where a backend's tokens are limited", async () => {
  const limited = on("a", { tokensPerMinute: 1_000 });
  const parts = routingParts([limited, on("b")]);
  const large = wanted({ contextLength: 500, outputTokens: 100 });
  const holder = await found(parts, large, first);
  expect(holder?.candidate.backend.id).toBe("a");
  expect(parts.health.ofBackend(limited).limits?.reserved).toBe(600);
  expect(await taken(parts, {}, large)).toBe("b");
  expect(await taken(parts, {}, wanted({ contextLength: 300 }))).toBe("a");
});

test("a session that uses two models stays with each where it is", async () => {
  const backends = ["a", "b"].map((id) => scriptedBackend({ id, models: ["x", "y"] }));
  const parts = routingParts(backends);
  const go = async (model: string) => {
    const resolved = await found(parts, wanted({ models: [model], session: "s", policy: "auto" }), first);
    resolved?.lease.release({ is: "answered" });
    return resolved?.decision.affinity;
  };
  expect([await go("x"), await go("y"), await go("x"), await go("y")]).toEqual([
    "placed by its name",
    "placed by its name",
    "kept",
    "kept",
  ]);
});

describe("where nobody may be asked now", () => {
  async function spoilt(details: Partial<ModelErrorOptions>) {
    const parts = routingParts([on("a"), on("b")]);
    const failure = { is: "failed", failure: "server_error", ...details } as const;
    for (let at = 0; at < 2; at++) (await found(parts, wanted(), first))?.lease.release(failure);
    return parts;
  }

  test("because all asked to be left alone, it is said when one can be, and a task that tries again goes there", async () => {
    const parts = await spoilt({ failure: "rate_limit", retryAfterMs: 8_000 });
    expect(await errorOf(resolve(parts, wanted(), first))).toMatchObject({
      failure: "rate_limit",
      retryAfterMs: 8_000,
      message: expect.stringContaining("x on a: it asked to be left alone for another 8 s; x on b:"),
    });
    expect(await taken(parts, { isOwnRetry: true })).toBe("a");
  });

  test("because all keys were refused, it is said whose", async () => {
    const parts = await spoilt({ failure: "auth" });
    expect(await errorOf(resolve(parts, wanted(), first))).toMatchObject({
      failure: "auth",
      message: expect.stringContaining("all backends refused their keys (x on a: it refused the key"),
    });
  });

  test("because all accounts are spent, it is said when it may be another", async () => {
    const parts = await spoilt({ failure: "rate_limit", reason: "quota" });
    expect(await errorOf(resolve(parts, wanted(), first))).toMatchObject({
      failure: "rate_limit",
      reason: "quota",
      retryAfterMs: 600_000,
    });
  });

  test("because the model that was listed is not there, it is asked for again once it is listed anew", async () => {
    const parts = await spoilt({ failure: "unavailable", reason: "model_not_found" });
    expect(await errorOf(resolve(parts, wanted(), first))).toMatchObject({ reason: "model_not_found" });
    await parts.clock.advance(1_000);
    await parts.fleet.sync();
    expect(await taken(parts)).toBe("a");
  });
});
