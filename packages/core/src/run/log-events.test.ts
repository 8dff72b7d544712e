import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { chainOf, to } from "../../tests/fixtures/chain-of.ts";
import { createRuntime } from "../create-runtime.ts";
import { remoteHook } from "../hook/remote-hook.ts";

interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

test("writes names, numbers and codes at a level that fits, and no word of what was said", async () => {
  const lines: Line[] = [];
  const logger = {
    log: (level: string, message: string, fields: Line["fields"]) => lines.push({ level, message, fields }),
  };
  const backend = scriptedBackend({
    replies: [{ error: { status: 500 } }, "CANARY reply", { error: { status: 500 } }],
  });
  await using runtime = createRuntime({ backends: [backend], logger });
  runtime.on("step_delta", () => {});
  const chain = chainOf([
    {
      id: "a",
      handler: "raw_string",
      prompt_template: "CANARY {{.input}}",
      print: "CANARY",
      retry_on_failure: 1,
      transition: to("b"),
    },
    { id: "b", handler: "raw_string" },
  ]);
  const { id, result } = runtime.start(chain, "CANARY input");
  await result();
  const ofRun = lines.filter(({ message }) => message !== "backend_reachable");
  expect(ofRun.map(({ level, message }) => `${level} ${message}`)).toEqual([
    "info run_started",
    "debug step_started",
    "warn step_retrying",
    "info step_completed",
    "debug text_printed",
    "debug step_started",
    "warn step_failed",
    "error run_failed",
  ]);
  for (const { fields } of ofRun) expect(fields).toMatchObject({ runId: id, chainId: "story" });
  expect(ofRun[2]?.fields).toMatchObject({
    taskId: "a",
    attempt: 1,
    backend: "scripted",
    model: "scripted",
    code: "model_failed",
    failure: "server_error",
    delayMs: 0,
  });
  expect(ofRun[3]?.fields).toMatchObject({ goto: "b", usage: { inputTokens: 3, outputTokens: 2 } });
  expect(ofRun[7]?.fields).toMatchObject({ code: "task_failed", failure: "server_error", cause: "model_failed" });
  expect(JSON.stringify(lines)).not.toContain("CANARY");
});

function collector() {
  const lines: Line[] = [];
  const log = (level: string, message: string, fields: Line["fields"]) => lines.push({ level, message, fields });
  return { lines, logger: { log } };
}

test("says why a run failed where that quotes nobody: the task, the model that nobody serves, the hook with its address and status", async () => {
  const { lines, logger } = collector();
  const fetch = async () => new Response("CANARY", { status: 500 });
  const hooks = { crm: remoteHook({ url: "https://crm.example.com/secret-path" }) };
  await using runtime = createRuntime({ backends: [scriptedBackend()], hooks, fetch, logger });
  const failuresOf = async (task: Parameters<typeof chainOf>[0]) => {
    lines.length = 0;
    await runtime.start(chainOf(task), "CANARY").result();
    return lines.filter(({ message }) => message.endsWith("_failed")).map(({ fields }) => fields);
  };
  const misspelt = { handler: "raw_string", execute_config: { model: "scriptde" } };
  const noModel = { taskId: "a", message: expect.stringContaining("scriptde") };
  expect(await failuresOf([{ id: "a", ...misspelt }])).toMatchObject([noModel, { ...noModel, cause: "no_candidate" }]);
  const hook = { hook: "crm", address: "https://crm.example.com", status: 500, taskId: "b" };
  const failed = await failuresOf([{ id: "b", handler: "hook", hook: { name: "crm", args: {} } }]);
  expect(failed).toMatchObject([hook, { ...hook, cause: "hook_failed" }]);
  expect(JSON.stringify(lines)).not.toMatch(/CANARY|secret-path/);
});

test("writes what was said where that is asked for", async () => {
  const { lines, logger } = collector();
  const backend = scriptedBackend({ replies: ["an answer"] });
  await using runtime = createRuntime({ backends: [backend], logger, logText: true });
  const chain = chainOf([
    { id: "a", handler: "raw_string", print: "said {{.a}}", transition: to("b") },
    { id: "b", handler: "raise_error" },
  ]);
  await runtime.start(chain, "Hi").result();
  const fieldsOf = (kind: string) => lines.find(({ message }) => message === kind)?.fields;
  expect(fieldsOf("step_completed")).toMatchObject({ taskId: "a", outcome: "an answer" });
  expect(fieldsOf("text_printed")).toMatchObject({ text: "said an answer", characters: 14 });
  expect(fieldsOf("step_failed")).toMatchObject({ code: "raised", message: "an answer" });
  expect(fieldsOf("run_failed")).toMatchObject({ code: "task_failed", message: "task b failed: an answer" });
});

test.each([
  [true, "CANARY reason"],
  [undefined, undefined],
])("with logText %j the reason of a cancellation is %j", async (logText, reason) => {
  const { lines, logger } = collector();
  const backend = scriptedBackend({ replies: [{ text: "late", delayMs: 60_000 }] });
  await using runtime = createRuntime({ backends: [backend], logger, ...(logText !== undefined && { logText }) });
  const run = runtime.start(chainOf({ handler: "raw_string" }), "Hi");
  run.cancel("CANARY reason");
  await run.result();
  expect(lines.at(-1)).toMatchObject({ level: "info", message: "run_cancelled" });
  expect(lines.at(-1)?.fields.reason).toBe(reason);
});

test("a logger that throws breaks no run", async () => {
  const logger = {
    log() {
      throw new RangeError("disk full");
    },
  };
  await using runtime = createRuntime({ backends: [scriptedBackend()], logger });
  expect((await runtime.run(chainOf({ handler: "noop" }), "Hi")).output).toBe("Hi");
});
