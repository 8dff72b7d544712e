import type { PullProgress } from "@catenary/core";
import { createFakeOllama } from "@catenary/testing";
import { describe, expect, it } from "vitest";
import { ollama } from "./ollama.ts";

const registry = [{ name: "fresh:1b", size: 1000 }];

describe("pullModel", () => {
  it("tells its progress and ends when the model is there", async () => {
    const fake = createFakeOllama({ models: [], registry });
    const seen: PullProgress[] = [];
    await ollama({ fetch: fake }).pullModel?.("fresh:1b", { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ status }) => status.replace(/pulling [0-9a-f]+/, "pulling a layer"))).toEqual([
      "pulling manifest",
      ...Array(5).fill("pulling a layer"),
      "verifying sha256 digest",
      "writing manifest",
      "success",
    ]);
    expect(seen.map(({ completed }) => completed).filter((bytes) => bytes !== undefined)).toEqual([
      250, 500, 750, 1000,
    ]);
    expect(seen[1]).toEqual({ status: expect.any(String), digest: expect.stringMatching(/^sha256:/), total: 1000 });
    expect(fake.models()).toEqual(["fresh:1b"]);
  });

  it("asks for an insecure pull only where it was allowed", async () => {
    const fake = createFakeOllama({ registry });
    await ollama({ fetch: fake }).pullModel?.("fresh:1b");
    await ollama({ fetch: fake, insecurePulls: true }).pullModel?.("fresh:1b");
    expect(fake.requests.map((request) => request.body)).toEqual([
      { model: "fresh:1b", stream: true },
      { model: "fresh:1b", stream: true, insecure: true },
    ]);
  });

  it("rejects with the server's words in the middle of the stream", async () => {
    const pull = ollama({ fetch: createFakeOllama() }).pullModel?.("nothing");
    await expect(pull).rejects.toMatchObject({ failure: "bad_request" });
    await expect(pull).rejects.toThrow(
      /could not pull "nothing": .*file does not exist\. Is "nothing" the right name\?/,
    );
  });

  it("rejects a name that the server refuses", async () => {
    const pull = ollama({ fetch: createFakeOllama() }).pullModel?.("http://x");
    await expect(pull).rejects.toMatchObject({ status: 400, failure: "bad_request" });
    await expect(pull).rejects.toThrow("invalid model name");
  });

  it("does not take a stream that just ends for a success", async () => {
    const fetch = async () => new Response('{"status":"pulling manifest"}\n');
    const pull = ollama({ fetch }).pullModel?.("fresh:1b");
    await expect(pull).rejects.toThrow('broke off after "pulling manifest"');
  });

  it("calls a connection that breaks in the middle a failure of the network", async () => {
    const fake = createFakeOllama({ registry });
    fake.faults.next({ kind: "cut", afterBytes: 200 });
    await expect(ollama({ fetch: fake }).pullModel?.("fresh:1b")).rejects.toMatchObject({ failure: "network" });
    expect(fake.models()).not.toContain("fresh:1b");
  });

  it("rejects with the reason when it is aborted before, while it waits, and in the middle", async () => {
    const reason = new Error("enough");
    const fake = createFakeOllama({ registry });
    const backend = ollama({ fetch: fake });
    await expect(backend.pullModel?.("fresh:1b", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(fake.requests).toHaveLength(0);

    for (const fault of [{ kind: "hang" }, { kind: "stall", afterChunks: 3 }] as const) {
      fake.faults.next(fault);
      const controller = new AbortController();
      const pull = backend.pullModel?.("fresh:1b", { signal: controller.signal });
      setTimeout(() => controller.abort(reason), 5);
      await expect(pull).rejects.toBe(reason);
    }
  });

  it("gives up the pull where the listener throws", async () => {
    const fake = createFakeOllama({ registry });
    const failure = new Error("the listener broke");
    const onProgress = () => {
      throw failure;
    };
    await expect(ollama({ fetch: fake }).pullModel?.("fresh:1b", { onProgress })).rejects.toBe(failure);
    expect(fake.models()).not.toContain("fresh:1b");
  });
});
