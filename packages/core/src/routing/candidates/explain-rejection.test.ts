import { type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { errorOf } from "../../../tests/fixtures/error-of.ts";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import { CatenaryError } from "../../errors/catenary-error.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { Download } from "../../fleet/download.ts";
import type { Backend } from "../../model/backend.ts";
import type { Wanted } from "../call/model-request.ts";
import { resolve } from "../selection/resolve.ts";
import { explainRejection } from "./explain-rejection.ts";

const live = new AbortController().signal;
const rejection = async (
  backends: readonly Backend[],
  parts: Partial<Wanted> = {},
  more: Parameters<typeof routingParts>[1] = {},
) => errorOf(resolve(routingParts(backends, more), wanted(parts), { tried: [], signal: live }));
const messageOf = async (...given: Parameters<typeof rejection>) => (await rejection(...given)).message;

function silent(settings: ScriptedBackendSettings, baseUrl: string): Backend {
  const models = () => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  return { ...scriptedBackend({ ...settings, models }), baseUrl };
}

/** One that refuses the key as soon as it is asked what it serves. */
function locked(id: string): Backend {
  const models = () => {
    throw Object.assign(new Error("no such key"), { statusCode: 401 });
  };
  return scriptedBackend({ id, models });
}

/** One that was never given a key. */
function keyless(id: string): Backend {
  const models = () => {
    throw new CatenaryError("api_key_missing", `The backend "${id}" has no key`, { failure: "auth" });
  };
  return scriptedBackend({ id, models });
}

test("without any backend, says what to write", async () => {
  expect(await rejection([])).toMatchObject({
    code: "no_candidate",
    failure: "unavailable",
    message: "no backend is registered: give one to createRuntime, such as createRuntime({ backends: [ollama()] })",
  });
});

test("names the types that there are, where none of the wanted type is registered", async () => {
  const backends = [scriptedBackend({ type: "openai" }), scriptedBackend({ id: "b", type: "openai" })];
  expect(await messageOf(backends, { providers: ["ollama", "vllm"] })).toBe(
    'no backend of type "ollama" or "vllm" is registered; there are backends of type "openai"',
  );
});

test("says that nothing answers, and where, for every backend that is silent", async () => {
  const backends = [silent({ id: "one" }, "http://127.0.0.1:11434"), silent({ id: "two" }, "http://gpu:8000/v1")];
  expect(await messageOf(backends, { models: ["tiny"] })).toBe(
    "one: nothing answers on 127.0.0.1:11434, where the backend one should be; two: nothing answers on gpu:8000, where the backend two should be",
  );
});

describe("a model that nobody serves", () => {
  test("is compared with those that are there", async () => {
    const backends = [scriptedBackend({ models: ["smollm2:135m", "llama3:8b"] })];
    expect(await messageOf(backends, { models: ["smolm2:135m"] })).toBe(
      'no backend serves the model "smolm2:135m"; there are: smollm2:135m, llama3:8b; did you mean smollm2:135m?',
    );
  });

  test("is told each name of those that are there once, though several backends serve it", async () => {
    const backends = [
      scriptedBackend({ id: "a", models: ["x", "y"] }),
      scriptedBackend({ id: "b", models: ["y", "x"] }),
    ];
    expect(await messageOf(backends, { models: ["none"] })).toBe('no backend serves the model "none"; there are: x, y');
  });

  test("comes with what its backend knows to do about it", async () => {
    const backend: Backend = { ...scriptedBackend(), missingModelHint: (id) => `run: ollama pull ${id}` };
    expect(await messageOf([backend], { models: ["phi4"] })).toBe(
      'no backend serves the model "phi4"; there are: scripted; run: ollama pull phi4',
    );
  });

  test("may be on a backend that does not answer", async () => {
    const backends = [scriptedBackend(), silent({ id: "down" }, "http://gpu:8000")];
    expect(await messageOf(backends, { models: ["phi4", "phi3"] })).toBe(
      'no backend serves the model "phi4" or "phi3"; there are: scripted; down: nothing answers on gpu:8000, where the backend down should be',
    );
  });

  test("is not looked for on backends of other types", async () => {
    const backends = [
      scriptedBackend({ type: "openai", models: ["phi4"] }),
      scriptedBackend({ id: "b", type: "ollama" }),
    ];
    expect(await messageOf(backends, { models: ["phi4"], providers: ["ollama"] })).toBe(
      'no backend serves the model "phi4"; there are: scripted',
    );
  });

  test("is told with twenty of the models that there are, not with all", async () => {
    const models = Array.from({ length: 30 }, (_, at) => `family${String.fromCharCode(97 + at)}q`);
    const message = await messageOf([scriptedBackend({ models })], { models: ["zzzzzzzz"] });
    expect(message.match(/family/g)).toHaveLength(20);
    expect(message).toContain(", …");
  });

  test("is said otherwise where no model is there at all", async () => {
    expect(await messageOf([scriptedBackend({ models: [] })])).toBe("no backend serves any model");
    expect(await messageOf([scriptedBackend({ models: [] })], { models: ["phi4"] })).toBe(
      'no backend serves the model "phi4"',
    );
  });
});

test("names what the model cannot do, where it is there", async () => {
  const model = { id: "tiny", contextLength: 10, capabilities: { chat: false, embed: false } };
  const backend = scriptedBackend({ models: [model] });
  expect(await messageOf([backend], { kind: "chat", models: ["tiny"] })).toBe(
    "no model can take this call: tiny on scripted: it does not answer conversations, as was declared or its server says; if it does, declare it with capabilities: { chat: true }",
  );
  const vectors = scriptedBackend({ models: [{ ...model, capabilities: { chat: false, embed: true } }] });
  expect(await messageOf([vectors], { kind: "chat" })).toMatch(/it does not answer conversations$/);
  expect(await messageOf([backend], { kind: "embed" })).toContain("declare it with capabilities: { embed: true }");
});

test("asks again for lists that may be outdated before it gives up", async () => {
  let models = ["old"];
  const backend = scriptedBackend({ models: () => models });
  const parts = routingParts([backend]);
  await resolve(parts, wanted(), { tried: [], signal: live });
  models = ["old", "pulled"];
  await parts.clock.advance(1_000);
  const resolved = await resolve(parts, wanted({ models: ["pulled"] }), { tried: [], signal: live });
  expect(resolved).toMatchObject({ candidate: { model: { id: "pulled" } } });
});

describe("the nearest miss", () => {
  const small = { id: "llama3", contextLength: 8192 };
  const tiny = { id: "phi", contextLength: 2048 };

  test("is the largest context, where the call is too long for all", async () => {
    const backends = [scriptedBackend({ id: "gpu-1", models: [tiny, small] })];
    expect(await messageOf(backends, { kind: "chat", contextLength: 9000 })).toBe(
      "the call needs 9,000 tokens; the largest context is llama3 on gpu-1 with 8,192",
    );
    expect(await messageOf(backends, { kind: "chat", contextLength: 8000, outputTokens: 1000 })).toBe(
      "the call needs 9,000 tokens (8,000 asked, 1,000 for the answer); the largest context is llama3 on gpu-1 with 8,192",
    );
  });

  test("leaves out those that fail of something that is looked at before", async () => {
    const embeds = { id: "all-minilm", capabilities: { embed: true, chat: false } };
    const backends = [scriptedBackend({ id: "gpu-1", models: [embeds, small] })];
    const message = await messageOf(backends, { kind: "chat", contextLength: 9000 });
    expect(message).toContain("llama3 on gpu-1");
    expect(message).not.toContain("all-minilm");
  });

  test("is a sentence of its own where the conversation has an image that nobody can see", async () => {
    const blind = { id: "llama3", capabilities: { vision: false } };
    const backends = [scriptedBackend({ id: "gpu-1", models: [blind] })];
    expect(await messageOf(backends, { kind: "chat", vision: true })).toBe(
      "the conversation has an image, and no model that could answer it takes images (llama3 on gpu-1): add one that does, or declare it with capabilities: { vision: true }",
    );
  });
});

describe("a call that is held to a group", () => {
  const a = scriptedBackend({ id: "a", models: ["x", "y"] });
  const b = scriptedBackend({ id: "b", models: ["z"] });

  test("is told what the group lacks, and where the model is instead", async () => {
    const groups = [{ id: "legal", backends: ["a"], models: ["x"] }];
    expect(await messageOf([a, b], { group: "legal", models: ["z"] }, { groups })).toBe(
      'no backend in the group legal serves the model "z"; there are: x; outside of the group there is z on b, and the call may not leave it: add it to the group, or declare an overflow',
    );
  });

  test("names the overflows that were looked at too", async () => {
    const groups = [
      { id: "legal", backends: ["a"], overflow: "any" },
      { id: "any", backends: ["b"] },
    ];
    expect(await messageOf([a, b], { group: "legal", models: ["none"] }, { groups })).toContain(
      'no backend in the group legal (with its overflow any) serves the model "none"; there are: x, y, z',
    );
  });

  test("is told what to do where the group has no backend, or only some that are not there", async () => {
    const empty = [{ id: "legal", backends: [] }];
    expect(await messageOf([a, b], { group: "legal" }, { groups: empty })).toBe(
      "the group legal names no backend: add some of a, b to its backends, or give it an overflow",
    );
    const gone = [{ id: "legal", backends: ["old"] }];
    expect(await messageOf([a, b], { group: "legal" }, { groups: gone })).toContain(
      "names only backends that are not registered (old)",
    );
  });

  test("is told of the types in its group, not of those elsewhere", async () => {
    const groups = [{ id: "legal", backends: ["a"] }];
    const backends = [a, scriptedBackend({ id: "c", type: "openai" })];
    expect(await messageOf(backends, { group: "legal", providers: ["openai"] }, { groups })).toBe(
      'no backend of type "openai" is in the group legal; there are backends of type "scripted"',
    );
  });
});

test("a model of another group is not to be fetched onto a server that lacks it", async () => {
  const local: Backend = { ...scriptedBackend({ id: "a", models: ["x"] }), missingModelHint: (id) => `pull ${id}` };
  const groups = [{ id: "inside", backends: ["a"] }];
  const backends = [local, scriptedBackend({ id: "b", models: ["large"] })];
  const held = (model: string) => messageOf(backends, { models: [model], group: "inside" }, { groups });
  expect(await held("large")).not.toContain("pull large");
  expect(await held("phi4")).toContain("pull phi4");
});

describe("a model that its backend could fetch", () => {
  const backend: Backend = { ...scriptedBackend(), pullModel: async () => {} };
  const download = { id: "scripted/phi4", backend: "scripted", model: "phi4", tries: 1, queuedAt: 0 };

  test("comes with how to have it fetched", async () => {
    expect(await messageOf([backend], { models: ["phi4"] })).toBe(
      'no backend serves the model "phi4"; there are: scripted; fetch it with runtime.downloads.create({ backend: "scripted", model: "phi4" }), or declare it and give createRuntime({ pull: "missing" })',
    );
  });

  test("is told with what became of it, where it could not be fetched", () => {
    const states = [{ backend, models: [], error: undefined, at: 0 }];
    const told = (ended: Partial<Download>) =>
      explainRejection(wanted({ models: ["phi4"] }), states, [], [], [{ ...download, state: "failed", ...ended }])
        .message;
    const error = { code: "model_failed", message: "no such manifest" };
    // Safe: only the message is read.
    expect(told({ error: error as NonNullable<Download["error"]> })).toBe(
      'no backend serves the model "phi4"; the download of phi4 onto scripted failed: no such manifest; runtime.downloads.retry("scripted/phi4") begins it again',
    );
    expect(told({ state: "cancelled" })).toContain(
      "the download of phi4 onto scripted was cancelled; runtime.downloads",
    );
  });

  test("is told with how far it is, where it is on its way", () => {
    const states = [{ backend, models: [], error: undefined, at: 0 }];
    const told = (parts: Partial<Download>) =>
      explainRejection(wanted({ models: ["phi4"] }), states, [], [], [{ ...download, state: "running", ...parts }])
        .message;
    expect(told({ completedBytes: 43, totalBytes: 100 })).toContain(
      'phi4 is being fetched onto scripted (43 % so far): try again when it is there; runtime.downloads.wait("scripted/phi4") tells when',
    );
    const error = { code: "model_failed", message: "no such manifest", failure: "network" } as const;
    expect(told({ completedBytes: 43, totalBytes: 100, tries: 3, error })).toContain(
      "onto scripted (43 % so far); try 2 failed: no such manifest: try again when it is there",
    );
    expect(told({ state: "queued" })).toContain("phi4 is to be fetched onto scripted: try again");
    expect(told({ state: "completed" })).toContain("fetch it with runtime.downloads.create");
  });
});

describe("the reason in an error's details", () => {
  const small = { id: "small", contextLength: 100, capabilities: { chat: true, tools: false } };
  const reasonOf = async (...given: Parameters<typeof rejection>) => (await rejection(...given)).details.reason;
  const download: Download = {
    id: "d",
    backend: "scripted",
    model: "phi4",
    state: "running",
    tries: 1,
    queuedAt: 0,
  };

  test.each([
    ["no_backend", [], {}],
    ["no_backend", [scriptedBackend()], { providers: ["ollama"] }],
    ["model_not_found", [scriptedBackend()], { models: ["phi4"] }],
    ["unreachable", [scriptedBackend(), silent({ id: "b" }, "http://gpu")], { models: ["phi4"] }],
    ["credentials", [scriptedBackend(), locked("b"), locked("c")], { models: ["phi4"] }],
    ["unreachable", [locked("b"), silent({ id: "c" }, "http://gpu")], { models: ["phi4"] }],
    ["model_not_found", [scriptedBackend(), keyless("b")], { models: ["phi4"] }],
    ["credentials", [keyless("b")], { models: ["phi4"] }],
    ["context_length", [scriptedBackend({ models: [small] })], { contextLength: 101 }],
    ["incapable", [scriptedBackend({ models: [small] })], { tools: true }],
  ] as const)("is %s where that is in the way", async (reason, backends, parts) => {
    expect(await reasonOf(backends, parts)).toBe(reason);
  });

  test("is of a name that nobody has ever heard of, or of one that may come back with a backend that is silent", () => {
    const error = new ModelError("no", { failure: "network" });
    const live = { backend: scriptedBackend(), models: [{ id: "tiny" }], error: undefined, at: 0 };
    const down = { backend: scriptedBackend({ id: "b" }), models: [], lastModels: [{ id: "once:1b" }], error, at: 0 };
    const isUnknown = (model: string, states = [live, down]) =>
      explainRejection(wanted({ models: [model] }), states, [], [], [], ["declared:1b"]).details.isUnknown;
    expect(isUnknown("phi4")).toBe(true);
    for (const model of ["once", "declared:1b"]) expect(isUnknown(model)).toBe(false);
    expect(isUnknown("phi4", [down, down])).toBe(false);
  });

  test("is fetching where the model is on its way", async () => {
    const error = { code: "model_failed", message: "no such manifest", failure: "network" } as const;
    const { details } = explainRejection(
      wanted({ models: ["phi4"] }),
      [{ backend: scriptedBackend(), models: [], error: undefined, at: 0 }],
      [],
      [],
      [{ ...download, tries: 2, totalBytes: 5, error, retryAt: 9 }],
    );
    expect(details).toMatchObject({
      reason: "fetching",
      download: { id: download.id, state: download.state, tries: 2, totalBytes: 5, error, retryAt: 9 },
    });
  });

  test("is of the class `auth` where only credentials are in the way, so that nobody tries again", async () => {
    expect(await rejection([locked("a")], { models: ["phi4"] })).toMatchObject({ failure: "auth", isRetryable: false });
    expect(await rejection([locked("a"), silent({ id: "b" }, "http://gpu")])).toMatchObject({ failure: "unavailable" });
  });

  test("is no matter of credentials where the model is on its way", () => {
    const error = new ModelError("no", { failure: "auth" });
    const states = [
      { backend: scriptedBackend(), models: [], error: undefined, at: 0 },
      { backend: scriptedBackend({ id: "b" }), models: [], error, at: 0 },
    ];
    const rejected = explainRejection(wanted({ models: ["phi4"] }), states, [], [], [download]);
    expect(rejected).toMatchObject({ failure: "unavailable", details: { reason: "unreachable" } });
  });
});
