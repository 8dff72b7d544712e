import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { ModelError } from "../errors/model-error.ts";
import { RegistryError } from "../errors/registry-error.ts";
import type { Backend, PullProgress } from "../model/backend.ts";
import { Downloads } from "./downloads.ts";
import type { DownloadEvent } from "./fleet-event.ts";

interface Pull {
  readonly backend: string;
  readonly model: string;
  readonly signal: AbortSignal | undefined;
  progress(progress: PullProgress): void;
  succeed(): void;
  fail(error: unknown): void;
}

/** Downloads over backends whose pulls a test ends by hand. */
function setUp(...ids: readonly string[]) {
  const clock = createVirtualClock();
  const pulls: Pull[] = [];
  const events: DownloadEvent[] = [];
  const backends = (ids.length === 0 ? ["a"] : ids).map(
    (id): Backend => ({
      ...scriptedBackend({ id }),
      pullModel: (model, options = {}) =>
        new Promise<void>((succeed, fail) => {
          const progress = options.onProgress ?? (() => {});
          pulls.push({ backend: id, model, signal: options.signal, progress, succeed, fail });
        }),
    }),
  );
  const askAnew = vi.fn(async () => {});
  const downloads = new Downloads({
    backendOf: (id) => {
      const found = backends.find((backend) => backend.id === id);
      if (found === undefined) throw new RegistryError("not_found", `no backend ${id}`, { noun: "backend", id });
      return found;
    },
    askAnew,
    clock,
    random: () => 1,
    onEvent: (event) => events.push(event),
    isDeclared: () => true,
  });
  const pull = (at: number): Pull => {
    const found = pulls[at];
    if (found === undefined) throw new Error(`there was no pull ${at}`);
    return found;
  };
  const settle = () => clock.advance(0);
  return {
    clock,
    pulls,
    pull,
    events,
    kinds: () => events.map(({ kind }) => kind),
    askAnew,
    downloads,
    settle,
    backends,
  };
}

const cut = new ModelError("cut off", { failure: "network", backend: "a" });

describe("a download", () => {
  test("is queued, runs, tells how far it is, and is completed once its backend was asked again", async () => {
    const { downloads, pull, kinds, askAnew, settle } = setUp();
    const { id, state } = downloads.create({ backend: "a", model: "llama3" });
    expect([id, state]).toEqual(["a/llama3", "running"]);
    pull(0).progress({ status: "pulling x", digest: "x", total: 200, completed: 50 });
    expect(downloads.get(id)).toMatchObject({
      status: "pulling x",
      digest: "x",
      completedBytes: 50,
      totalBytes: 200,
      tries: 1,
    });
    pull(0).progress({ status: "verifying" });
    expect(downloads.get(id)).not.toHaveProperty("digest");
    expect(askAnew).not.toHaveBeenCalled();
    pull(0).succeed();
    await settle();
    expect(askAnew).toHaveBeenCalledTimes(1);
    expect(downloads.get(id)).toMatchObject({ state: "completed", endedAt: 0 });
    expect(kinds()).toEqual([
      "download_queued",
      "download_started",
      "download_progress",
      "download_progress",
      "download_completed",
    ]);
  });

  test("is one for each backend and model, whether the tag is written out or not", async () => {
    const { downloads, pulls } = setUp("a", "b");
    downloads.create({ backend: "a", model: "x" });
    expect(downloads.create({ backend: "a", model: "x:latest" }).id).toBe("a/x");
    downloads.create({ backend: "b", model: "x" });
    expect(pulls.map(({ backend, model }) => `${backend}/${model}`)).toEqual(["a/x", "b/x"]);
    expect(downloads.list()).toHaveLength(2);
  });

  test("waits for the one before it on its backend, and not for those of others", async () => {
    const { downloads, pulls, pull, settle } = setUp("a", "b");
    for (const backend of ["a", "b"]) for (const model of ["x", "y"]) downloads.create({ backend, model });
    expect(pulls.map(({ backend, model }) => `${backend}/${model}`)).toEqual(["a/x", "b/x"]);
    expect(downloads.get("a/y")?.state).toBe("queued");
    pull(0).fail(new ModelError("no such model", { failure: "bad_request", backend: "a" }));
    await settle();
    expect(pulls.map(({ backend, model }) => `${backend}/${model}`)).toEqual(["a/x", "b/x", "a/y"]);
  });

  test("tells at most four times a second how far it is, and each new step at once", async () => {
    const { downloads, clock, pull, kinds } = setUp();
    downloads.create({ backend: "a", model: "x" });
    const progress = (completed: number, status = "pulling") => pull(0).progress({ status, total: 100, completed });
    progress(1);
    progress(2);
    await clock.advance(249);
    progress(3);
    await clock.advance(1);
    progress(4);
    progress(100, "verifying");
    expect(kinds().filter((kind) => kind === "download_progress")).toHaveLength(3);
    expect(downloads.get("a/x")?.completedBytes).toBe(100);
  });
});

describe("a download that fails", () => {
  test("of what can pass is tried again after a while, longer each time in vain", async () => {
    const { downloads, clock, pulls, pull, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    pull(0).fail(cut);
    await clock.advance(999);
    expect(pulls).toHaveLength(1);
    expect(downloads.get("a/x")).toMatchObject({ state: "running", tries: 2, error: { failure: "network" } });
    await clock.advance(1);
    expect(pulls).toHaveLength(2);
    pull(1).fail(cut);
    await clock.advance(1_999);
    expect(pulls).toHaveLength(2);
    await clock.advance(1);
    pull(2).succeed();
    await settle();
    expect(downloads.get("a/x")).toMatchObject({ state: "completed", tries: 3 });
    expect(downloads.get("a/x")).not.toHaveProperty("error");
    expect(clock.pending).toBe(0);
  });

  test("and is tried again tells so, with what it failed of and when it goes on", async () => {
    const { downloads, clock, pull, events } = setUp();
    downloads.create({ backend: "a", model: "x" });
    pull(0).fail(cut);
    await clock.advance(0);
    expect(events.slice(2)).toMatchObject([
      { kind: "download_progress", download: { tries: 2, retryAt: 1_000, error: { message: "cut off" } } },
    ]);
    await clock.advance(1_000);
    expect(downloads.get("a/x")).not.toHaveProperty("retryAt");
    pull(1).fail(cut);
    await clock.advance(0);
    expect(events.at(-1)).toMatchObject({ kind: "download_progress", download: { tries: 3, retryAt: 3_000 } });
    downloads.cancel("a/x");
    expect(downloads.get("a/x")).not.toHaveProperty("retryAt");
  });

  test("in vain too often is given up, and its error is kept", async () => {
    const { downloads, clock, pulls, events } = setUp();
    downloads.create({ backend: "a", model: "x" });
    for (let at = 0; at < 6; at++) {
      pulls[at]?.fail(cut);
      await clock.advance(60_000);
    }
    expect(pulls).toHaveLength(6);
    expect(downloads.get("a/x")).toMatchObject({
      state: "failed",
      error: { code: "model_failed", message: "cut off" },
    });
    expect(events.at(-1)).toMatchObject({ kind: "download_failed", download: { state: "failed" } });
  });

  test("is not given up while it comes further each time", async () => {
    const { downloads, clock, pulls } = setUp();
    downloads.create({ backend: "a", model: "x" });
    for (let at = 0; at < 20; at++) {
      pulls[at]?.progress({ status: "pulling", digest: "d", total: 1000, completed: 10 * (at + 1) });
      pulls[at]?.fail(cut);
      await clock.advance(1_000);
    }
    expect(pulls).toHaveLength(21);
    expect(downloads.get("a/x")?.state).toBe("running");
  });

  test("of what does not pass is not tried again", async () => {
    const { downloads, pulls, pull, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    pull(0).fail(new ModelError("no such model", { failure: "bad_request", backend: "a" }));
    await settle();
    expect(downloads.get("a/x")?.state).toBe("failed");
    expect(pulls).toHaveLength(1);
  });

  test("because its server says nothing for five minutes is tried again", async () => {
    const { downloads, clock, pull, pulls } = setUp();
    downloads.create({ backend: "a", model: "x" });
    await clock.advance(200_000);
    pull(0).progress({ status: "pulling" });
    await clock.advance(299_999);
    expect(pulls).toHaveLength(1);
    await clock.advance(1);
    expect(pull(0).signal?.aborted).toBe(true);
    await clock.advance(1_000);
    expect(pulls).toHaveLength(2);
  });

  test("can be asked for again, by retry or by create", async () => {
    const { downloads, pulls, pull, settle } = setUp();
    const refused = new ModelError("no such model", { failure: "bad_request", backend: "a" });
    downloads.create({ backend: "a", model: "x" });
    pull(0).fail(refused);
    await settle();
    expect(downloads.retry("a/x")).toMatchObject({ state: "running", tries: 1 });
    pull(1).fail(refused);
    await settle();
    downloads.create({ backend: "a", model: "x" });
    expect(pulls).toHaveLength(3);
    expect(downloads.list()).toHaveLength(1);
  });
});

describe("a download that is cancelled", () => {
  test("stops at once, whether its backend listens or not, and the next one begins", async () => {
    const { downloads, pulls, pull, kinds, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    downloads.create({ backend: "a", model: "y" });
    expect(downloads.cancel("a/x")).toBe(true);
    expect(downloads.get("a/x")?.state).toBe("cancelled");
    expect(pull(0).signal?.aborted).toBe(true);
    await settle();
    expect(pulls.map(({ model }) => model)).toEqual(["x", "y"]);
    pull(0).progress({ status: "late" });
    pull(0).succeed();
    await settle();
    expect(downloads.get("a/x")).toMatchObject({ state: "cancelled" });
    expect(kinds().filter((kind) => kind === "download_cancelled")).toHaveLength(1);
  });

  test("while it waits for its turn never begins; cancelling it again does nothing", async () => {
    const { downloads, pulls, pull, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    downloads.create({ backend: "a", model: "y" });
    expect([downloads.cancel("a/y"), downloads.cancel("a/y"), downloads.cancel("a/none")]).toEqual([
      true,
      false,
      false,
    ]);
    pull(0).succeed();
    await settle();
    expect(pulls).toHaveLength(1);
  });

  test("while it waits before another try is over too, and leaves no timer", async () => {
    const { downloads, clock, pull, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    pull(0).fail(cut);
    await settle();
    downloads.cancel("a/x");
    await settle();
    expect(clock.pending).toBe(0);
  });

  test("can be asked for again, and forgotten", async () => {
    const { downloads, pulls, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    downloads.cancel("a/x");
    expect(downloads.retry("a/x").state).toBe("running");
    downloads.delete("a/x");
    await settle();
    expect(pulls[1]?.signal?.aborted).toBe(true);
    expect(downloads.list()).toEqual([]);
  });
});

describe("waiting for a download", () => {
  test("ends when the model can be used, or with what it failed of", async () => {
    const { downloads, pull, settle } = setUp();
    downloads.create({ backend: "a", model: "x" });
    downloads.create({ backend: "a", model: "y" });
    const [x, y] = [downloads.wait("a/x"), downloads.wait("a/y")];
    pull(0).succeed();
    await expect(x).resolves.toMatchObject({ state: "completed" });
    await settle();
    pull(1).fail(new ModelError("no such model", { failure: "bad_request", backend: "a" }));
    await expect(y).rejects.toMatchObject({ code: "model_failed", message: "no such model" });
  });

  test("rejects where it is cancelled, and says how to ask again", async () => {
    const { downloads } = setUp();
    downloads.create({ backend: "a", model: "x" });
    const waited = downloads.wait("a/x");
    downloads.cancel("a/x");
    await expect(waited).rejects.toMatchObject({
      code: "download_cancelled",
      message: 'the download a/x was cancelled: ask for it again with runtime.downloads.retry("a/x")',
    });
  });

  test("can be given up without stopping the download", async () => {
    const { downloads } = setUp();
    downloads.create({ backend: "a", model: "x" });
    const controller = new AbortController();
    const waited = downloads.wait("a/x", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(waited).rejects.toThrow("enough");
    expect(downloads.get("a/x")?.state).toBe("running");
  });
});

describe("what is refused", () => {
  test("is a backend that is not there, or that cannot fetch", () => {
    const { downloads, backends } = setUp();
    expect(() => downloads.create({ backend: "b", model: "x" })).toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
    backends.push(scriptedBackend({ id: "hosted", type: "openai" }));
    expect(() => downloads.create({ backend: "hosted", model: "x" })).toThrow(
      "the backend hosted (openai) cannot fetch models: put the model onto its server with the server's own means",
    );
    expect(downloads.list()).toEqual([]);
  });

  test("is an id that no download has, with the one that was meant", () => {
    const { downloads } = setUp();
    expect(() => downloads.retry("a/x")).toThrow("there is no download at all");
    downloads.create({ backend: "a", model: "llama3" });
    expect(() => downloads.delete("a/lama3")).toThrow("Did you mean a/llama3?");
  });

  test.each([undefined, null, "a/x", {}, { backend: "a" }, { backend: "a", model: "" }, { backend: 1, model: "x" }])(
    "is %j instead of two names",
    (given) => {
      // Not every program is written in TypeScript.
      expect(() => setUp().downloads.create(given as never)).toThrow(
        expect.objectContaining({ code: "input_invalid" }),
      );
    },
  );
});

test("a hundred downloads that have ended are remembered", async () => {
  const { downloads, pulls, settle } = setUp();
  for (let at = 0; at < 120; at++) {
    downloads.create({ backend: "a", model: `m${at}` });
    pulls[at]?.succeed();
    await settle();
  }
  downloads.create({ backend: "a", model: "last" });
  expect(downloads.list()).toHaveLength(101);
  expect(downloads.get("a/m0")).toBeUndefined();
  expect(downloads.get("a/m119")?.state).toBe("completed");
});

test("no two downloads have one id, whatever slashes the backends' ids and the models' names have", async () => {
  const { downloads } = setUp("a", "a/b", "a%2Fb");
  const places = [
    { backend: "a", model: "b/c" },
    { backend: "a/b", model: "c" },
    { backend: "a%2Fb", model: "c" },
  ];
  const ids = places.map((place) => downloads.create(place).id);
  expect(ids).toEqual(["a/b/c", "a%2Fb/c", "a%252Fb/c"]);
  expect(ids.map((id) => downloads.get(id))).toMatchObject(places);
});
