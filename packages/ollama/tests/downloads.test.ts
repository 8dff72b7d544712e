import { createRuntime, type Download, type Fetch, parseChain } from "@catenary/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ollama } from "../src/ollama.ts";
import { type EmptyServer, startEmptyServer, whyNoPull } from "./empty-server.ts";
import { notRun } from "./real-server.ts";

const reason = whyNoPull();
if (reason !== undefined) notRun("downloads of a runtime", reason, "ollama-pull");

/** Breaks the connection of the first pull as soon as bytes of a model have come. */
function cuttingOnce(): { readonly fetch: Fetch; readonly cuts: () => number } {
  let cuts = 0;
  return {
    cuts: () => cuts,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (cuts > 0 || !String(input).endsWith("/api/pull")) return response;
      const text = new TextDecoder();
      const cutting = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          controller.enqueue(chunk);
          if (cuts === 0 && text.decode(chunk).includes('"completed"')) {
            cuts++;
            controller.error(Object.assign(new TypeError("terminated"), { cause: { code: "ECONNRESET" } }));
          }
        },
      });
      return new Response(response.body?.pipeThrough(cutting), { status: response.status, headers: response.headers });
    },
  };
}

/** Resolves with the first event of a kind. */
function next(runtime: ReturnType<typeof createRuntime>, kind: "download_progress" | "download_completed") {
  return new Promise<Download>((resolve) => {
    const stop = runtime.on(kind, ({ download }) => {
      stop();
      resolve(download);
    });
  });
}

describe.skipIf(reason !== undefined)("downloads of a runtime", { timeout: 60_000 }, () => {
  let server: EmptyServer;
  beforeAll(async () => {
    server = await startEmptyServer();
  }, 60_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  it("stay cancelled, go on after a cut, tell how far they are, and give a model that a chain can use at once", async () => {
    const model = server.name("all-minilm");
    const { fetch, cuts } = cuttingOnce();
    const backend = ollama({ id: "gpu", baseUrl: server.url, insecurePulls: true, fetch });
    await using runtime = createRuntime({ backends: [backend], models: [{ name: model }], pull: "missing" });
    const { chain } = parseChain({
      id: "embeds",
      tasks: [{ id: "embed", handler: "embedding", execute_config: { model } }],
    });
    if (chain === undefined) throw new Error("the chain can be read");

    const seen: Download[] = [];
    runtime.on("download_progress", ({ download }) => seen.push(download));
    const { id } = await next(runtime, "download_progress");
    await expect(runtime.run(chain, "a cat")).rejects.toThrow(`is being fetched onto gpu`);
    expect(runtime.downloads.cancel(id)).toBe(true);
    await runtime.sync();
    expect(runtime.downloads.list()).toMatchObject([{ id, state: "cancelled" }]);

    const cutBefore = cuts();
    runtime.downloads.retry(id);
    const done = await runtime.downloads.wait(id);
    expect(done).toMatchObject({ state: "completed", model });
    expect(done.tries).toBe(cutBefore === 0 ? 2 : 1);
    expect(cuts()).toBe(1);
    const bytes = seen.map(({ completedBytes = 0 }) => completedBytes);
    expect(Math.max(...bytes)).toBeGreaterThan(1e6);

    const { output, steps } = await runtime.run(chain, "a cat");
    expect(output).toHaveLength(384);
    expect(steps).toMatchObject([{ backend: "gpu", model: `${model}:latest` }]);
  });

  it("keep what they failed of where the registry has no such model", async () => {
    const backend = ollama({ baseUrl: server.url, insecurePulls: true });
    await using runtime = createRuntime({ backends: [backend] });
    const { id } = runtime.downloads.create({ backend: "ollama", model: server.name("no-such-model") });
    await expect(runtime.downloads.wait(id)).rejects.toThrow("could not pull");
    expect(runtime.downloads.get(id)).toMatchObject({ state: "failed", tries: 1, error: { failure: "bad_request" } });
  });
});
