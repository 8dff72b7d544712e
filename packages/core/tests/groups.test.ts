import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { AffinityGroup } from "../src/registry/affinity-group.ts";
import { chainOf } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const ask = (routing: object, more: object = {}) =>
  chainOf({ handler: "raw_string", execute_config: { routing, ...more } });

function setUp(groups: readonly AffinityGroup[]) {
  const [a, b] = [scriptedBackend({ id: "a", models: ["x"] }), scriptedBackend({ id: "b", models: ["x"] })];
  return { a, b, runtime: createRuntime({ backends: [a, b], groups, clock: createVirtualClock() }) };
}

describe("a chain that names a group", () => {
  test("stays in it, also where that means to fail", async () => {
    const { a, b, runtime } = setUp([{ id: "legal", name: "Legal", backends: ["a"] }]);
    a.reply({ error: { status: 500 } }, { error: { status: 500 } });
    expect(await errorOf(runtime.run(ask({ group: "Legal" }), "Hi"))).toMatchObject({
      run: { steps: [{ route: { group: "legal", tried: [{ backend: "a" }] } }] },
    });
    expect(b.calls).toEqual([]);
  });

  test("leaves it only into the overflow that the group declares, and its record says so", async () => {
    const { a, b, runtime } = setUp([
      { id: "legal", backends: ["a"], overflow: "any" },
      { id: "any", backends: ["b"] },
    ]);
    a.reply({ error: { status: 500 } });
    const { steps } = await runtime.run(ask({ group: "legal" }), "Hi");
    expect(steps).toMatchObject([
      { backend: "b", route: { group: "any", tried: [{ backend: "a" }, { backend: "b" }] } },
    ]);
    expect(b.calls).toHaveLength(1);
  });

  test("leaves it while its only backend is down, which is asked by one call now and then and not by each", async () => {
    const { a, b, runtime } = setUp([
      { id: "legal", backends: ["a"], overflow: "any" },
      { id: "any", backends: ["b"] },
    ]);
    a.reply(...Array(60).fill({ error: { status: 500 } }));
    for (let call = 0; call < 60; call++) {
      expect((await runtime.prompt("Hi", { routing: { group: "legal" } })).backend).toBe("b");
    }
    expect([a.calls.length, b.calls.length]).toEqual([5, 60]);
  });

  test("is answered in it, though nobody there is well, where nobody in its overflow is either", async () => {
    const { a, b, runtime } = setUp([
      { id: "legal", backends: ["a"], overflow: "any" },
      { id: "any", backends: ["b"] },
    ]);
    const down = Array(5).fill({ error: { status: 500 } });
    a.reply(...down);
    b.reply(...down);
    for (let call = 0; call < 5; call++) await errorOf(runtime.prompt("Hi", { routing: { group: "legal" } }));
    const { backend, route } = await runtime.prompt("Hi", { routing: { group: "legal" } });
    expect([backend, route.group, route.failOpen]).toEqual(["a", "legal", true]);
  });

  test("leaves it where its policy goes by weights and nobody in it has one; a mistake it is only where nobody has one anywhere", async () => {
    const weightless = { ...scriptedBackend({ id: "c", models: ["x"] }), routing: { weight: 0 } };
    const { runtime } = setUp([
      { id: "legal", backends: ["c"], overflow: "any" },
      { id: "any", backends: ["b"] },
      { id: "alone", backends: ["c"] },
    ]);
    await runtime.backends.create(weightless);
    const { steps } = await runtime.run(ask({ group: "legal", policy: "weighted" }), "Hi");
    expect(steps).toMatchObject([{ backend: "b", route: { group: "any", policy: "weighted" } }]);
    expect(await errorOf(runtime.run(ask({ group: "alone", policy: "weighted" }), "Hi"))).toMatchObject({
      cause: {
        code: "settings_invalid",
        message: expect.stringContaining(
          "the routing policy weighted expects a backend with a weight above 0; the weight of c is 0",
        ),
      },
    });
  });

  test("gets the group's policy, unless it names its own", async () => {
    const { runtime } = setUp([{ id: "g", backends: ["a", "b"], policy: "ordered" }]);
    const policyOf = async (routing: object) => (await runtime.run(ask(routing), "Hi")).steps[0]?.route?.policy;
    expect(await policyOf({ group: "g" })).toBe("ordered");
    expect(await policyOf({ group: "g", policy: "random" })).toBe("random");
  });

  test("that is not there fails before anything is asked, and says which there are", async () => {
    const { a, b, runtime } = setUp([{ id: "legal", backends: ["a"] }]);
    const error = await errorOf(runtime.run(ask({ group: "leagl" }), "Hi"));
    expect(error.message).toContain("Did you mean legal?");
    expect([...a.calls, ...b.calls]).toEqual([]);
  });
});

describe("the internal groups", () => {
  test("are there under the names and for the purposes of contenox/runtime, and begin empty", () => {
    expect(createRuntime().groups.list()).toEqual(
      [
        ["internal_embed_group", "Embedder", "Internal Embeddings"],
        ["internal_tasks_group", "Tasks", "Internal Tasks"],
        ["internal_chat_group", "Chat", "Internal Chat"],
      ].map(([id, name, purpose]) => ({ id, origin: "internal", value: { id, name, purpose, backends: [] } })),
    );
  });

  test("take members from code, which need not repeat their names, or while the runtime runs", async () => {
    const { b, runtime } = setUp([{ id: "internal_tasks_group", backends: ["b"] }]);
    await runtime.run(ask({ purpose: "Internal Tasks" }), "Hi");
    expect(b.calls).toHaveLength(1);
    const chat = runtime.groups.require("internal_chat_group");
    await runtime.groups.update(chat.id, { ...chat, backends: ["b"] });
    await runtime.run(ask({ group: "Chat" }), "Hi");
    expect(b.calls).toHaveLength(2);
  });

  test("hold no call that does not name them", async () => {
    const { a, runtime } = setUp([{ id: "internal_tasks_group", backends: ["b"] }]);
    await runtime.run(ask({ policy: "ordered" }), "Hi");
    expect(a.calls).toHaveLength(1);
  });
});

test("a group that is changed while the runtime runs holds the next call", async () => {
  const { a, b, runtime } = setUp([{ id: "g", backends: ["a"] }]);
  await runtime.run(ask({ group: "g" }), "Hi");
  await runtime.groups.update("g", { id: "g", backends: ["b"] });
  await runtime.run(ask({ group: "g" }), "Hi");
  expect([a.calls.length, b.calls.length]).toEqual([1, 1]);
});
