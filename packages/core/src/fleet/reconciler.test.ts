import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../create-runtime.ts";
import { ModelError } from "../errors/model-error.ts";
import type { Backend } from "../model/backend.ts";
import type { RuntimeOptions } from "../run/runtime-options.ts";
import { createMemoryRecordStore } from "../store/memory-record-store.ts";

/** A backend that lists what it has, and has at once what it is told to fetch. */
function stocked(id: string, models: readonly string[], more: Partial<Backend> = {}) {
  const has = new Set(models);
  const listModels = vi.fn(async () => [...has].map((name) => ({ id: name })));
  const pullModel = vi.fn(async (name: string) => {
    has.add(name);
  });
  const deleteModel = vi.fn(async (name: string) => {
    has.delete(name);
  });
  const backend: Backend = { ...scriptedBackend({ id, type: "ollama" }), listModels, pullModel, deleteModel, ...more };
  return { backend, has, listModels, pullModel, deleteModel };
}

function setUp(options: RuntimeOptions) {
  const clock = createVirtualClock();
  return { clock, runtime: createRuntime({ clock, random: () => 0, ...options }) };
}

describe("in the background", () => {
  test("nothing happens unless somebody says so", async () => {
    const { backend, listModels } = stocked("a", []);
    const { clock } = setUp({ backends: [backend], models: [{ name: "x" }] });
    await clock.advance(3_600_000);
    expect(listModels).not.toHaveBeenCalled();
    expect(clock.pending).toBe(0);
  });

  test("every backend is asked at once, and then again and again", async () => {
    const { backend, listModels } = stocked("a", []);
    const { clock } = setUp({ backends: [backend], syncEveryMs: 5_000 });
    await clock.advance(0);
    expect(listModels).toHaveBeenCalledTimes(1);
    await clock.advance(4_999);
    expect(listModels).toHaveBeenCalledTimes(1);
    await clock.advance(1);
    expect(listModels).toHaveBeenCalledTimes(2);
  });

  test("models that are pulled make it happen every half minute", async () => {
    const { backend, listModels } = stocked("a", []);
    const { clock } = setUp({ backends: [backend], pull: "missing" });
    await clock.advance(0);
    expect(listModels).toHaveBeenCalledTimes(1);
    await clock.advance(30_000);
    expect(listModels).toHaveBeenCalledTimes(2);
  });

  test("a change makes it happen at once, also one that comes while it is happening", async () => {
    const { clock, runtime } = setUp({ syncEveryMs: 60_000 });
    await clock.advance(0);
    const held = Promise.withResolvers<void>();
    const slow = stocked("slow", []);
    slow.listModels.mockImplementationOnce(async () => {
      await held.promise;
      return [];
    });
    await runtime.backends.create(slow.backend);
    await clock.advance(0);
    expect(slow.listModels).toHaveBeenCalledTimes(1);
    const late = stocked("late", []);
    await runtime.backends.create(late.backend);
    expect(late.listModels).not.toHaveBeenCalled();
    held.resolve();
    await clock.advance(0);
    expect(late.listModels).toHaveBeenCalledTimes(1);
  });

  test("a record store that fails is told to the logger, and it goes on", async () => {
    const records = createMemoryRecordStore();
    const list = vi.spyOn(records, "list").mockRejectedValueOnce(new Error("the disk is gone"));
    const log = vi.fn();
    const { clock } = setUp({ records, syncEveryMs: 1_000, logger: { log } });
    await clock.advance(0);
    expect(log).toHaveBeenCalledWith("error", "sync_failed", { error: "the disk is gone" });
    await clock.advance(1_000);
    expect(list.mock.calls.length).toBeGreaterThan(1);
  });

  test("it ends when the runtime is closed, and leaves no timer", async () => {
    const { backend, listModels } = stocked("a", []);
    const { clock, runtime } = setUp({ backends: [backend], syncEveryMs: 1_000 });
    await clock.advance(0);
    await runtime.close();
    expect(clock.pending).toBe(0);
    await clock.advance(10_000);
    expect(listModels).toHaveBeenCalledTimes(1);
  });
});

describe("a missing model", () => {
  test("is fetched where that is wanted, and can be used as soon as it is there", async () => {
    const { backend, pullModel } = stocked("a", []);
    const { clock, runtime } = setUp({ backends: [backend], models: [{ name: "tiny" }], pull: "missing" });
    await clock.advance(0);
    expect(pullModel.mock.calls.map(([name]) => name)).toEqual(["tiny"]);
    const { model, backend: by } = await runtime.prompt("Hi", { model: "tiny" });
    expect([model, by]).toEqual(["tiny", "a"]);
  });

  test("is only told where it is not wanted", async () => {
    const { backend, pullModel } = stocked("a", ["other"]);
    const { runtime } = setUp({ backends: [backend], defaults: { model: "tiny" } });
    await expect(runtime.prompt("Hi")).rejects.toThrow(
      'fetch it with runtime.downloads.create({ backend: "a", model: "tiny" }), or declare it and give createRuntime({ pull: "missing" })',
    );
    expect(pullModel).not.toHaveBeenCalled();
  });

  test("is also one that is used by default, or that a group lists", async () => {
    const [a, b] = [stocked("a", []), stocked("b", [])];
    const groups = [{ id: "g", backends: ["b"], models: ["grouped"] }];
    const { clock } = setUp({
      backends: [a.backend, b.backend],
      groups,
      defaults: { model: "small", embedding: { model: "embeds", provider: "vllm" } },
      pull: "missing",
    });
    await clock.advance(0);
    expect([[...a.has], [...b.has]]).toEqual([["small"], ["grouped"]]);
  });

  test("is fetched after a model was declared, a backend was added or a group was changed while it runs", async () => {
    const a = stocked("a", []);
    const { clock, runtime } = setUp({ backends: [a.backend], pull: "missing" });
    await clock.advance(0);
    await runtime.models.create({ name: "x" });
    await clock.advance(0);
    expect([...a.has]).toEqual(["x"]);
    const b = stocked("b", []);
    await runtime.backends.create(b.backend);
    await clock.advance(0);
    expect([...b.has]).toEqual(["x"]);
    await runtime.groups.update("internal_chat_group", {
      id: "internal_chat_group",
      backends: ["a"],
      models: ["chat"],
    });
    await clock.advance(0);
    expect([...a.has]).toEqual(["x", "chat"]);
  });

  test("is not waited for by the backends that answer late", async () => {
    const [quick, slow] = [stocked("quick", []), stocked("slow", [])];
    slow.listModels.mockImplementation(() => new Promise<never>(() => {}));
    const { clock } = setUp({ backends: [slow.backend, quick.backend], models: [{ name: "x" }], pull: "missing" });
    await clock.advance(0);
    expect([...quick.has]).toEqual(["x"]);
  });

  test("is not fetched elsewhere because the server that has it is down, and somebody is told", async () => {
    const log = vi.fn();
    const ollama = stocked("ollama", []);
    const models = vi.fn(async (): Promise<string[]> => ["big:70b"]);
    const vllm = scriptedBackend({ id: "vllm", models });
    const { clock } = setUp({
      backends: [vllm, ollama.backend],
      models: [{ name: "big:70b" }],
      pull: "missing",
      logger: { log },
    });
    await clock.advance(0);
    models.mockRejectedValue(Object.assign(new Error("down"), { statusCode: 503 }));
    await clock.advance(10 * 60_000);
    expect(ollama.pullModel).not.toHaveBeenCalled();
    const waits = ["warn", "download_waits", { backend: "ollama", model: "big:70b", waitsFor: "vllm" }];
    expect(log.mock.calls.filter(([, kind]) => kind === "download_waits")).toEqual([waits]);
    models.mockResolvedValue([]);
    await clock.advance(30_000);
    expect(ollama.pullModel.mock.calls.map(([name]) => name)).toEqual(["big:70b"]);
  });

  test("that somebody cancelled is not fetched again until somebody asks for it", async () => {
    const a = stocked("a", []);
    a.pullModel.mockImplementation(() => new Promise<never>(() => {}));
    const { clock, runtime } = setUp({ backends: [a.backend], models: [{ name: "x" }], pull: "missing" });
    await clock.advance(0);
    expect(runtime.downloads.list()).toMatchObject([{ id: "a/x", state: "running" }]);
    runtime.downloads.cancel("a/x");
    await clock.advance(3_600_000);
    await runtime.sync();
    expect(a.pullModel).toHaveBeenCalledTimes(1);
    expect(runtime.downloads.retry("a/x").state).toBe("running");
    expect(a.pullModel).toHaveBeenCalledTimes(2);
  });

  test("whose download somebody deleted is not fetched again until it is declared anew, or asked for", async () => {
    const a = stocked("a", []);
    a.pullModel.mockImplementation(() => new Promise<never>(() => {}));
    const { clock, runtime } = setUp({ backends: [a.backend], pull: "missing" });
    const pulls = () => a.pullModel.mock.calls.length;
    await runtime.models.create({ name: "x" });
    await clock.advance(0);
    runtime.downloads.delete("a/x");
    await clock.advance(3_600_000);
    expect([pulls(), runtime.downloads.list()]).toEqual([1, []]);
    await runtime.models.create({ name: "y" });
    await runtime.sync();
    expect(a.pullModel.mock.calls.map(([name]) => name)).toEqual(["x", "y"]);
    runtime.downloads.delete("a/y");
    await runtime.models.delete("x");
    await runtime.models.create({ name: "x" });
    await clock.advance(0);
    expect(runtime.downloads.list()).toMatchObject([{ id: "a/x", state: "running" }]);
    runtime.downloads.delete("a/x");
    runtime.downloads.create({ backend: "a", model: "x" });
    expect(pulls()).toBe(4);
    runtime.downloads.cancel("a/x");
    runtime.downloads.delete("a/x");
    await clock.advance(30_000);
    expect(pulls()).toBe(5);
    await runtime.close();
  });

  test("that nobody has is asked for once; one that failed of what can pass, again after ten minutes", async () => {
    const [never, later] = [stocked("never", []), stocked("later", [])];
    never.pullModel.mockRejectedValue(new ModelError("no such model", { failure: "bad_request", backend: "a" }));
    later.pullModel.mockRejectedValue(new ModelError("down", { failure: "network", backend: "a" }));
    const { clock } = setUp({ backends: [never.backend, later.backend], models: [{ name: "x" }], pull: "missing" });
    await clock.advance(5 * 60_000);
    expect(never.pullModel).toHaveBeenCalledTimes(1);
    expect(later.pullModel).toHaveBeenCalledTimes(6);
    await clock.advance(10 * 60_000);
    expect(never.pullModel).toHaveBeenCalledTimes(1);
    expect(later.pullModel.mock.calls.length).toBeGreaterThan(6);
  });

  test("that a server lists under a name of its own is not fetched without end", async () => {
    const a = stocked("a", []);
    a.pullModel.mockImplementation(async () => {
      a.has.add("library/x:Q4");
    });
    const { clock } = setUp({ backends: [a.backend], models: [{ name: "x" }], pull: "missing" });
    await clock.advance(5 * 60_000);
    expect(a.pullModel).toHaveBeenCalledTimes(1);
  });

  test("on a backend that is removed is not fetched any longer", async () => {
    const a = stocked("a", []);
    a.pullModel.mockImplementation(() => new Promise<never>(() => {}));
    const { clock, runtime } = setUp({ backends: [a.backend], models: [{ name: "x" }], pull: "missing" });
    await clock.advance(0);
    await runtime.backends.delete("a");
    expect(runtime.downloads.get("a/x")?.state).toBe("cancelled");
  });
});

describe("models that nobody declared", () => {
  test("stay, whatever is synchronised, unless their backend says that they may be deleted", async () => {
    const a = stocked("a", ["x", "mine"]);
    const { runtime } = setUp({ backends: [a.backend], models: [{ name: "x" }] });
    await runtime.sync();
    expect([...a.has]).toEqual(["x", "mine"]);
  });

  test("are deleted from such a backend by a sync, and by nothing else", async () => {
    const a = stocked("a", ["x:latest", "mine", "default"], { prune: true });
    const { runtime } = setUp({ backends: [a.backend], models: [{ name: "x" }], defaults: { model: "default" } });
    await runtime.prompt("Hi");
    expect(a.deleteModel).not.toHaveBeenCalled();
    const changed = vi.fn();
    runtime.on("models_changed", changed);
    await runtime.sync();
    expect([...a.has]).toEqual(["x:latest", "default"]);
    expect(changed).toHaveBeenCalledWith(expect.objectContaining({ backend: "a", removed: ["mine"] }));
  });

  test("stay where nothing was declared at all", async () => {
    const a = stocked("a", ["mine"], { prune: true });
    await setUp({ backends: [a.backend] }).runtime.sync();
    expect([...a.has]).toEqual(["mine"]);
  });

  test("that cannot be deleted are told to the logger, and break nothing", async () => {
    const a = stocked("a", ["x", "mine"], { prune: true });
    a.deleteModel.mockRejectedValue(new ModelError("in use", { failure: "server_error", backend: "a" }));
    const log = vi.fn();
    const { runtime } = setUp({ backends: [a.backend], models: [{ name: "x" }], logger: { log } });
    expect(await runtime.sync()).toHaveLength(1);
    expect(log).toHaveBeenCalledWith("warn", "model_not_deleted", { backend: "a", model: "mine", error: "in use" });
  });
});

describe("a runtime tells", () => {
  test("which backends answer, which do not, and what they serve otherwise than before", async () => {
    const a = stocked("a", ["x"]);
    const { runtime } = setUp({ backends: [a.backend] });
    const heard: unknown[] = [];
    for (const kind of ["backend_reachable", "backend_unreachable", "models_changed"] as const) {
      runtime.on(kind, ({ kind: told, backend }) => heard.push(`${told} ${backend}`));
    }
    await runtime.sync();
    a.has.add("y");
    await runtime.sync();
    a.listModels.mockRejectedValueOnce(new ModelError("down", { failure: "network", backend: "a" }));
    await runtime.sync();
    await runtime.sync();
    expect(heard).toEqual(["backend_reachable a", "models_changed a", "backend_unreachable a", "backend_reachable a"]);
  });

  test("what becomes of downloads, and none of it under the name of all run events", async () => {
    const a = stocked("a", []);
    const { clock, runtime } = setUp({ backends: [a.backend] });
    const heard: string[] = [];
    runtime.on("*", ({ kind }) => heard.push(`* ${kind}`));
    runtime.on("download_queued", ({ kind, download }) => heard.push(`${kind} ${download.id}`));
    runtime.on("download_completed", ({ kind, download }) => heard.push(`${kind} ${download.id}`));
    runtime.downloads.create({ backend: "a", model: "x" });
    await clock.advance(0);
    expect(heard).toEqual(["download_queued a/x", "download_completed a/x"]);
  });

  test("its logger with a warning where a download failed and is tried again", async () => {
    const log = vi.fn();
    const a = stocked("a", []);
    a.pullModel.mockRejectedValueOnce(new ModelError("cut off", { failure: "network", backend: "a" }));
    const { clock, runtime } = setUp({ backends: [a.backend], logger: { log } });
    runtime.downloads.create({ backend: "a", model: "x" });
    await clock.advance(0);
    const told = expect.objectContaining({ tries: 2, error: "cut off", retryAt: 500 });
    expect(log).toHaveBeenCalledWith("warn", "download_progress", told);
    await runtime.close();
  });

  test("its logger the same, without anything secret of the backend", async () => {
    const log = vi.fn();
    const a = stocked("a", []);
    const leaking = "401 for Bearer sk-canary-0123456789";
    a.listModels.mockRejectedValueOnce(new Error(leaking));
    a.pullModel.mockRejectedValueOnce(new ModelError(leaking, { failure: "bad_request" }));
    const { clock, runtime } = setUp({ backends: [a.backend], logger: { log } });
    await runtime.sync();
    runtime.downloads.create({ backend: "a", model: "x" });
    await clock.advance(0);
    expect(log.mock.calls.map(([, kind]) => kind)).toEqual([
      "backend_unreachable",
      "download_queued",
      "download_started",
      "download_failed",
    ]);
    expect(JSON.stringify([log.mock.calls, runtime.downloads.list()])).not.toContain("canary");
  });
});

test("a runtime that was closed has stopped its downloads, and begins none", async () => {
  const a = stocked("a", []);
  a.pullModel.mockImplementation(() => new Promise<never>(() => {}));
  const { runtime } = setUp({ backends: [a.backend] });
  runtime.downloads.create({ backend: "a", model: "x" });
  await runtime.close();
  expect(runtime.downloads.list()).toMatchObject([{ state: "cancelled" }]);
  const closed = expect.objectContaining({ code: "runtime_closed" });
  expect(() => runtime.downloads.create({ backend: "a", model: "x" })).toThrow(closed);
  expect(() => runtime.downloads.retry("a/x")).toThrow(closed);
  await expect(runtime.sync()).rejects.toEqual(closed);
});
