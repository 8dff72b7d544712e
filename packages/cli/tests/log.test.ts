import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { partOf } from "./part-of.ts";
import { type Line, serving } from "./start-catenary.ts";

const CHAIN = {
  id: "followed",
  tasks: [
    { id: "ask", handler: "raw_string", transition: { branches: [{ operator: "default", goto: "shout" }] } },
    { id: "shout", handler: "hook", hook: { name: "shout", args: { text: "{{.previous_output}}" } } },
  ],
};

describe("the log of a server", { timeout: 60_000 }, () => {
  const started = async (...args: readonly string[]) => {
    const ollama = await serve(createFakeOllama({ models: ["tiny"], answer: () => "a-private-answer" }));
    onTestFinished(() => ollama.close());
    const config = new URL("fixtures/catenary.config.ts", import.meta.url).pathname;
    return serving(["--no-data", "--config", config, ...args], { environment: { FAKE_OLLAMA: ollama.url } });
  };

  test("tells one chain from its request to its end, each line with its run, and quotes neither prompt nor answer", async () => {
    const server = await started("--log-level", "debug");
    const body = { input: "a-private-question", inputType: "string", chain: CHAIN };
    const answer = await server.ask("POST", "/tasks", body);
    expect(answer).toMatchObject({ status: 200, body: { output: { loud: "A-PRIVATE-ANSWER" } } });
    await server.line("request");
    const runId = partOf(answer.body, "runId");
    const lines = server.lines().filter((line) => line.runId === runId);
    const told = lines.map(({ event, taskId }) => [event, taskId].filter(Boolean).join(" "));
    expect(told).toEqual([
      "run_started",
      "step_started ask",
      "step_completed ask",
      "route ask",
      "model_call ask",
      "transition ask",
      "step_started shout",
      "step_completed shout",
      "hook_call shout",
      "transition shout",
      "run_completed",
      "request",
    ]);
    const find = (event: string): Line | undefined => lines.find((line) => line.event === event);
    expect(find("model_call")).toMatchObject({
      backend: "ollama",
      model: "tiny:latest",
      durationMs: expect.any(Number),
    });
    expect(find("route")).toMatchObject({ policy: expect.any(String), tried: 1 });
    expect(find("transition")).toMatchObject({ goto: "shout", key: expect.any(String), level: "info" });
    expect(await server.line("request")).toMatchObject({ method: "POST", path: "/tasks", status: 200, runId });
    expect(JSON.stringify(server.lines()).toLowerCase()).not.toContain("private");
  });

  test("tells who answered a prompt outside of any run, and for which request", async () => {
    const server = await started();
    expect((await server.ask("POST", "/execute", { prompt: "a-private-prompt" })).status).toBe(200);
    const request = await server.line("request");
    const called = await server.line("model_call");
    expect(called).toMatchObject({ backend: "ollama", model: "tiny:latest", requestId: request.requestId, failed: [] });
    expect(JSON.stringify(server.lines())).not.toContain("private");
  });

  test("tells what failed, and says what was said only where it is asked to", async () => {
    const server = await started("--log-text");
    const task = { id: "stop", handler: "raise_error", prompt_template: "a-private-reason" };
    await server.ask("POST", "/tasks", { input: "", inputType: "string", chain: { id: "f", tasks: [task] } });
    expect(await server.line("run_failed")).toMatchObject({ level: "error", code: expect.any(String) });
    expect(JSON.stringify(server.lines())).toContain("a-private-reason");
  });
});
