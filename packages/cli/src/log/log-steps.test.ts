import { createRuntime, defineChain } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, onTestFinished, test } from "vitest";
import { logSteps } from "./log-steps.ts";

const CHAIN = defineChain({ id: "c", tasks: [{ id: "ask", handler: "raw_string" }] });

test("a model call in which its run was cut off is told as one that was given up, with who was asked", async () => {
  const backend = scriptedBackend();
  backend.reply({ hang: true });
  const lines: object[] = [];
  const runtime = createRuntime({ backends: [backend] });
  onTestFinished(() => runtime.close());
  logSteps(runtime, { log: (level, event, fields) => void lines.push({ level, event, ...fields }) });
  const run = runtime.start(CHAIN, "Hi");
  while (backend.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  run.cancel("the client left");
  await run.result();
  expect(lines).toMatchObject([
    { event: "route", taskId: "ask", tried: 1 },
    {
      level: "info",
      event: "model_call",
      runId: run.id,
      taskId: "ask",
      backend: "scripted",
      outcome: "aborted",
      durationMs: expect.any(Number),
    },
  ]);
});
