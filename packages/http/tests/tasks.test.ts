import type { JsonObject } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { postJson } from "./fixtures/post-json.ts";
import { type Setting, serveRuntime } from "./fixtures/serve-runtime.ts";

const noop = { id: "n", handler: "noop", transition: { branches: [{ operator: "default", goto: "end" }] } };

async function post(url: string, body: unknown): Promise<{ status: number; body: JsonObject }> {
  const response = await postJson(url, body);
  return { status: response.status, body: await response.json() };
}

async function runTask(request: JsonObject, setting: Setting = {}) {
  await using served = await serveRuntime(setting);
  return await post(`${served.url}/tasks`, request);
}

test("a chain runs to its end, and the answer has the original's fields and ours", async () => {
  const { status, body } = await runTask({ input: "hi", inputType: "string", chain: { id: "c", tasks: [noop] } });
  expect(status).toBe(200);
  expect(body).toEqual({
    output: "hi",
    outputType: "string",
    runId: expect.stringMatching(/^[\w-]+$/),
    usage: expect.any(Object),
    state: [
      {
        taskID: "n",
        taskHandler: "noop",
        inputType: "string",
        outputType: "string",
        transition: "noop",
        duration: expect.any(Number),
        error: { error: "" },
        input: "",
        output: "",
        inputVar: "n",
        outcome: "noop",
        attempt: 1,
        startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ],
  });
});

test("a condition's record has the original's true and our key, and who answered", async () => {
  const { body } = await runTask(
    {
      input: "q",
      inputType: "string",
      chain: {
        id: "c",
        debug: true,
        tasks: [{ ...noop, handler: "condition_key", valid_conditions: { yes: true, no: false } }],
      },
    },
    { runtime: { backends: [scriptedBackend({ id: "s", replies: ["Yes."], models: [{ id: "m" }] })] } },
  );
  expect(body.state).toMatchObject([
    { transition: "true", outcome: "yes", input: "q", output: "true", model: "m", backend: "s" },
  ]);
});

test("a failed attempt's record names its task, and the recovery's is beside it", async () => {
  const fails = { id: "f", handler: "raise_error", prompt_template: "no luck", transition: { on_failure: "n" } };
  const { status, body } = await runTask({
    input: "x",
    inputType: "string",
    chain: { id: "c", debug: true, tasks: [fails, noop] },
  });
  expect(status).toBe(200);
  expect(body.state).toMatchObject([
    { taskID: "f", error: { error: "task f: no luck" }, transition: "" },
    { taskID: "n", error: { error: "" }, output: '"no luck"' },
  ]);
});

test.each([
  ["without a chain", { input: "x", inputType: "string" }, "a chain is expected"],
  ["with no chain", { input: "x", inputType: "string", chain: null }, "a chain is expected"],
  ["with the id of a chain", { input: "x", inputType: "string", chain: "stored" }, "POST /runs takes the id"],
  ["with a chain that cannot run", { chain: { id: "c", tasks: [] }, inputType: "string" }, "cannot be run"],
  [
    "with a whole number that was rounded",
    { chain: { id: "c", tasks: [noop] }, input: 2 ** 53, inputType: "int" },
    "input expects",
  ],
  ["with a negative one", { chain: { id: "c", tasks: [noop], input: "int" }, input: -(2 ** 53) }, "input expects"],
  ["with an unknown type", { chain: { id: "c", tasks: [noop] }, inputType: "sting" }, "Did you mean string?"],
  ["without a type", { chain: { id: "c", tasks: [noop] }, input: "x" }, "inputType expects one of"],
  [
    "with input that is no such thing",
    { chain: { id: "c", tasks: [noop] }, input: "abc", inputType: "int" },
    "whole number",
  ],
])("a request %s is refused with 400, and says why", async (_, request, why) => {
  const { status, body } = await runTask(request);
  expect(status).toBe(400);
  expect(body).toMatchObject({ error: { type: "invalid_request_error", message: expect.stringContaining(why) } });
});

test("a chain that fails is a 500 that names the task, with what was done until then", async () => {
  const first = { ...noop, transition: { branches: [{ operator: "default", goto: "f" }] } };
  const fails = { id: "f", handler: "raise_error" };
  const { status, body } = await runTask({
    input: "boom",
    inputType: "string",
    chain: { id: "c", tasks: [first, fails] },
  });
  expect(status).toBe(500);
  expect(body).toMatchObject({
    error: { type: "api_error", code: "internal_error", message: expect.stringContaining("boom") },
    runId: expect.any(String),
    state: [
      { taskID: "n", error: { error: "" } },
      { taskID: "f", error: { error: "task f: boom" } },
    ],
  });
});

test("a client that leaves ends its run", async () => {
  const backend = scriptedBackend({ replies: [{ text: "late", delayMs: 60_000 }] });
  await using served = await serveRuntime({ runtime: { backends: [backend] } });
  const leave = new AbortController();
  const chain = { id: "c", tasks: [{ ...noop, handler: "raw_string" }] };
  const request = { input: "x", inputType: "string", chain };
  const left = postJson(`${served.url}/tasks`, request, { signal: leave.signal });
  await expect.poll(() => backend.calls.length).toBe(1);
  leave.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(async () => (await (await fetch(`${served.url}/runs`)).json())[0]?.status).toBe("cancelled");
});

test("a chain of too many parts is refused wherever one is sent, before it is checked", async () => {
  await using served = await serveRuntime({ http: { limits: { chainValues: 100 } } });
  const tasks = Array.from({ length: 20 }, (_, index) => ({ ...noop, id: `t${index}` }));
  for (const [path, body] of [
    ["/tasks", { chain: { id: "c", tasks } }],
    ["/runs", { chain: { id: "c", tasks } }],
    ["/taskchains", { id: "c", tasks }],
  ] as const) {
    const answered = await post(`${served.url}${path}`, body);
    expect(answered).toMatchObject({ status: 413, body: { error: { code: "request_too_large" } } });
  }
  expect((await post(`${served.url}/tasks`, { inputType: "string", chain: { id: "c", tasks: [noop] } })).status).toBe(
    200,
  );
});
