import { createRuntime, parseChain } from "@catenary/core";
import { createFakeOllama } from "@catenary/testing";
import { describe, expect, it, vi } from "vitest";
import { ollama } from "./ollama.ts";

const chainFor = (model: string) => {
  const tasks = [{ id: "answer", handler: "raw_string", execute_config: { model } }];
  const { chain } = parseChain({ id: "answer", tasks });
  if (chain === undefined) throw new Error("the chain can be read");
  return chain;
};

describe("a declared model that the server lacks", () => {
  it("is pulled, and a chain that is only JSON uses it as soon as it is there", async () => {
    const fake = createFakeOllama({ models: [], registry: ["tiny:1b"] });
    const backends = [ollama({ fetch: fake })];
    await using runtime = createRuntime({ backends, models: [{ name: "tiny:1b" }], pull: "missing" });
    await vi.waitFor(() => expect(runtime.downloads.list()).toHaveLength(1));
    const done = await runtime.downloads.wait("ollama/tiny:1b");
    expect(done).toMatchObject({ completedBytes: 98_363_007, totalBytes: 98_363_007 });
    const { steps } = await runtime.run(chainFor("tiny:1b"), "Hi");
    expect(steps).toMatchObject([{ model: "tiny:1b", backend: "ollama" }]);
  });

  it("is pulled once, whether its name has a tag or not", async () => {
    const fake = createFakeOllama({ models: [], registry: ["tiny"] });
    const backends = [ollama({ fetch: fake })];
    await using runtime = createRuntime({ backends, models: [{ name: "tiny" }], pull: "missing" });
    await vi.waitFor(() => expect(fake.models()).toEqual(["tiny:latest"]));
    await runtime.sync();
    await runtime.sync();
    expect(fake.requests.filter(({ path }) => path === "/api/pull")).toHaveLength(1);
  });

  it("is only told, with both ways to get it, where nobody wants it pulled", async () => {
    const fake = createFakeOllama({ models: ["other"], registry: ["tiny"] });
    await using runtime = createRuntime({ backends: [ollama({ fetch: fake })], models: [{ name: "tiny" }] });
    await expect(runtime.run(chainFor("tiny"), "Hi")).rejects.toThrow(
      'run: ollama pull tiny, or have it fetched: declare it and give createRuntime({ pull: "missing" })',
    );
    expect(fake.models()).toEqual(["other:latest"]);
  });
});

describe("models that nobody declared", () => {
  it("are deleted by a sync from a server that was given over with `prune: true`, and from no other", async () => {
    const [mine, shared] = [
      createFakeOllama({ models: ["keep", "drop"] }),
      createFakeOllama({ models: ["keep", "drop"] }),
    ];
    const backends = [ollama({ id: "mine", fetch: mine, prune: true }), ollama({ id: "shared", fetch: shared })];
    await using runtime = createRuntime({ backends, models: [{ name: "keep" }] });
    const states = await runtime.sync();
    expect(states).toHaveLength(2);
    expect([mine.models(), shared.models()]).toEqual([["keep:latest"], ["keep:latest", "drop:latest"]]);
  });
});
