import { type AffinityGroup, type Chain, createRuntime, parseChain } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { createFakeOllama, type FakeOllama } from "@catenary/testing";
import { describe, expect, test } from "vitest";

/** A chain as a file would have it; what it says about routing is all that is said. */
function chainWith(config: object, more: object = {}): Chain<unknown, unknown, unknown> {
  const { chain, findings } = parseChain({
    id: "answer",
    tasks: [{ id: "answer", handler: "raw_string", execute_config: config, ...more }],
  });
  expect(findings).toEqual([]);
  if (chain === undefined) throw new Error("it is a sound chain");
  return chain;
}

/** How many questions each server was asked. */
function shares(...servers: readonly FakeOllama[]): readonly number[] {
  return servers.map(({ requests }) => requests.filter(({ path }) => path === "/api/chat").length);
}

function twoServers(groups: readonly AffinityGroup[] = []) {
  const a = createFakeOllama({ models: ["tiny:1b"] });
  const b = createFakeOllama({ models: ["tiny:1b"] });
  const backends = [ollama({ id: "a", fetch: a }), ollama({ id: "b", fetch: b })];
  return { a, b, runtime: createRuntime({ backends, groups }) };
}

describe('a chain with `routing: { policy: "round-robin" }`', () => {
  test("gives two servers equal shares, run by run", async () => {
    const { a, b, runtime } = twoServers();
    const chain = chainWith({ routing: { policy: "round-robin" } });
    for (let run = 0; run < 20; run++) await runtime.run(chain, "Hi");
    expect(shares(a, b)).toEqual([10, 10]);
  });

  test("gives them equal shares of many runs at once, and of the tasks of one run", async () => {
    const { a, b, runtime } = twoServers();
    const chain = chainWith({ routing: { policy: "round-robin" } });
    await Promise.all(Array.from({ length: 20 }, () => runtime.run(chain, "Hi")));
    expect(shares(a, b)).toEqual([10, 10]);
    const { chain: steps } = parseChain({
      id: "steps",
      execute_config: { routing: { policy: "round-robin" } },
      tasks: [1, 2, 3, 4].map((place) => ({
        id: `t${place}`,
        handler: "raw_string",
        transition: { branches: [{ operator: "default", goto: place === 4 ? "end" : `t${place + 1}` }] },
      })),
    });
    if (steps === undefined) throw new Error("it is a sound chain");
    await runtime.run(steps, "Hi");
    expect(shares(a, b)).toEqual([12, 12]);
  });
});

describe("a chain with `routing: { group }`", () => {
  const gone = { kind: "status", status: 503 } as const;

  test("never reaches a server outside of the group, whether those inside answer or not", async () => {
    const { a, b, runtime } = twoServers([{ id: "inside", backends: ["a"] }]);
    const chain = chainWith({ routing: { group: "inside" } }, { retry_on_failure: 2 });
    for (let run = 0; run < 5; run++) await runtime.run(chain, "Hi");
    await runtime.sync();
    a.faults.always(gone);
    for (let run = 0; run < 5; run++) await expect(runtime.run(chain, "Hi")).rejects.toThrow("503");
    expect(shares(b)).toEqual([0]);
  });

  test("reaches the group's declared overflow, where nobody inside can answer and not before", async () => {
    const { a, b, runtime } = twoServers([
      { id: "inside", backends: ["a"], overflow: "outside" },
      { id: "outside", backends: ["b"] },
    ]);
    const chain = chainWith({ routing: { group: "inside" } });
    for (let run = 0; run < 5; run++) await runtime.run(chain, "Hi");
    expect(shares(a, b)).toEqual([5, 0]);
    await runtime.sync();
    a.faults.always(gone);
    const { steps } = await runtime.run(chain, "Hi");
    expect(steps).toMatchObject([
      { backend: "b", route: { group: "outside", tried: [{ backend: "a", status: 503 }, { backend: "b" }] } },
    ]);
  });
});

describe('a chain whose model is missing, with `pull: "missing"`', () => {
  const groups = [{ id: "small", backends: ["ollama"], models: ["tiny:1b"] }];

  /** An Ollama that lacks the model, and pulls it as soon as the test lets it. */
  function pullingServer() {
    const server = createFakeOllama({ models: [], registry: ["tiny:1b"] });
    const allowed = Promise.withResolvers<void>();
    const fetch = async (input: string | URL | Request, init?: RequestInit) => {
      if (String(input).endsWith("/api/pull")) await allowed.promise;
      return server(input, init);
    };
    return { server, fetch, allow: () => allowed.resolve() };
  }

  test("is answered by that model: its own `retry` waits until it has been pulled", async () => {
    const { server, fetch, allow } = pullingServer();
    await using runtime = createRuntime({ backends: [ollama({ fetch })], groups, pull: "missing" });
    const retrying: string[] = [];
    runtime.on("step_retrying", ({ step }) => {
      retrying.push(step.error?.code ?? "");
      if (retrying.length === 4) allow();
    });
    const retry = { max: 30, backoff: "1ms", jitter: false };
    const { steps } = await runtime.run(chainWith({ routing: { group: "small" } }, { retry }), "Hi");
    expect(steps.at(-1)).toMatchObject({ model: "tiny:1b", backend: "ollama" });
    expect(server.models()).toEqual(["tiny:1b"]);
    expect(new Set(retrying)).toEqual(new Set(["no_candidate"]));
  });

  test("fails without a retry, saying how far the model is, and is answered once it is there", async () => {
    const { fetch, allow } = pullingServer();
    await using runtime = createRuntime({ backends: [ollama({ fetch })], groups, pull: "missing" });
    await runtime.sync();
    const chain = chainWith({ model: "tiny:1b", routing: { group: "small" } });
    await expect(runtime.run(chain, "Hi")).rejects.toThrow("is being fetched onto ollama");
    allow();
    await runtime.downloads.wait("ollama/tiny:1b");
    expect((await runtime.run(chain, "Hi")).steps).toMatchObject([{ model: "tiny:1b" }]);
  });
});
