import type { PullProgress } from "@catenary/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ollama } from "../src/ollama.ts";
import { type EmptyServer, startEmptyServer, whyNoPull } from "./empty-server.ts";
import { notRun, whyNotRun } from "./real-server.ts";

const reason = whyNoPull() ?? (await whyNotRun());
if (reason !== undefined) notRun("a real pull", reason, "ollama-pull");

describe.skipIf(reason !== undefined)("a real pull", { timeout: 30_000 }, () => {
  let server: EmptyServer;
  beforeAll(async () => {
    server = await startEmptyServer();
  }, 30_000);
  afterAll(() => server?.[Symbol.asyncDispose]());

  it("stops when it is aborted, goes on where it was, tells its progress, and ends with a model that works", async () => {
    const backend = ollama({ baseUrl: server.url, insecurePulls: true });
    const name = server.name("all-minilm:latest");
    expect(await backend.listModels()).toEqual([]);

    const controller = new AbortController();
    const stopped = new Error("enough for today");
    const aborted = backend.pullModel?.(name, {
      signal: controller.signal,
      onProgress: ({ completed = 0 }) => completed > 0 && controller.abort(stopped),
    });
    await expect(aborted).rejects.toBe(stopped);
    expect(await backend.listModels()).toEqual([]);

    const seen: PullProgress[] = [];
    await backend.pullModel?.(name, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(0)?.status).toBe("pulling manifest");
    expect(seen.at(-1)?.status).toBe("success");
    const layer = seen.filter(({ total = 0, completed = 0 }) => total > 1e6 && completed > 0);
    expect(layer.length).toBeGreaterThan(1);
    expect(layer.every(({ digest }) => digest?.startsWith("sha256:"))).toBe(true);
    expect(layer.some(({ total, completed }) => total === completed)).toBe(true);

    expect((await backend.listModels()).map((model) => model.id)).toEqual([name]);
    const result = await backend.embeddingModel?.(name).doEmbed({ values: ["a cat"] });
    expect(result?.embeddings[0]).toHaveLength(384);
  });

  it("fails with the server's words where the registry has no such model", async () => {
    const backend = ollama({ baseUrl: server.url, insecurePulls: true });
    const pull = backend.pullModel?.(server.name("no-such-model:latest"));
    await expect(pull).rejects.toMatchObject({ code: "model_failed", failure: "bad_request" });
    await expect(pull).rejects.toThrow("could not pull");
  });
});
