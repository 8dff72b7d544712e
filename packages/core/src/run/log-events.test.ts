import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { chainOf, to } from "../../tests/fixtures/chain-of.ts";
import { createRuntime } from "../create-runtime.ts";

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
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    "info run_started",
    "debug step_started",
    "warn step_retrying",
    "info step_completed",
    "debug text_printed",
    "debug step_started",
    "warn step_failed",
    "error run_failed",
  ]);
  for (const { fields } of lines) expect(fields).toMatchObject({ runId: id, chainId: "story" });
  expect(lines[2]?.fields).toMatchObject({
    taskId: "a",
    attempt: 1,
    backend: "scripted",
    model: "scripted",
    code: "model_failed",
    failure: "server_error",
    delayMs: 0,
  });
  expect(lines[3]?.fields).toMatchObject({ goto: "b", usage: { inputTokens: 3, outputTokens: 2 } });
  expect(lines[7]?.fields).toMatchObject({ code: "task_failed", failure: "server_error", cause: "model_failed" });
  expect(JSON.stringify(lines)).not.toContain("CANARY");
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
