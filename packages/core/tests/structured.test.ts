import { type ScriptedBackendSettings, type ScriptedReply, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { RunEvent } from "../src/engine/run-event.ts";
import type { StepRecord } from "../src/engine/step-record.ts";
import type { Capabilities } from "../src/model/capabilities.ts";
import { RunFailedError } from "../src/run/run-failed-error.ts";
import type { JsonObject } from "../src/value/json.ts";
import { chainOf, type TaskJson } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const TICKET: JsonObject = {
  type: "object",
  properties: { subject: { type: "string" }, level: { enum: ["low", "high"] } },
  required: ["subject", "level"],
  additionalProperties: false,
};
const GOOD = { subject: "door", level: "high" };
const BAD = JSON.stringify({ subject: "secret-words" });
const ALL: Capabilities = { structuredOutput: true, tools: true };
const TOOLS: Capabilities = { tools: true };
const PLAIN: Capabilities = { tools: false };

const json = (value: unknown) => JSON.stringify(value);
const calling = (args: unknown): ScriptedReply => ({
  toolCalls: [{ name: "answer", args: typeof args === "string" ? args : json(args) }],
});

function setUp(capabilities: Capabilities, replies: NonNullable<ScriptedBackendSettings["replies"]>) {
  const backend = scriptedBackend({ models: [{ id: "m", capabilities: { chat: true, ...capabilities } }], replies });
  return { backend, runtime: createRuntime({ backends: [backend] }) };
}

function ask(capabilities: Capabilities, replies: NonNullable<ScriptedBackendSettings["replies"]>, task = {}) {
  const { backend, runtime } = setUp(capabilities, replies);
  const chain = chainOf({ handler: "raw_string", output: TICKET, ...task });
  return { backend, run: runtime.run(chain, "The door is stuck.") };
}

const rungs = (step: StepRecord | undefined) => step?.structured?.map(({ rung, result }) => `${rung} ${result}`);

/** What of the calls tells how the shape was asked for. */
const asked = (backend: ReturnType<typeof scriptedBackend>) =>
  backend.calls.map((call) => {
    if (call.kind === "embed") return "embed";
    if (call.responseFormat?.type === "json") return "native";
    if (call.tools !== undefined) return `tool ${call.toolChoice?.type}`;
    return /JSON Schema/.test(call.text) ? "prompt" : "nothing";
  });

describe("a task with an output schema", () => {
  test("holds a model to it that can be held to one", async () => {
    const { backend, run } = ask(ALL, [json(GOOD)]);
    const { output, outputType, steps } = await run;
    expect([output, outputType]).toEqual([GOOD, "json"]);
    expect(steps[0]).toMatchObject({ outcome: "ok", outputType: "json" });
    expect(rungs(steps[0])).toEqual(["native accepted"]);
    expect(backend.calls).toMatchObject([{ responseFormat: { type: "json", name: "answer", schema: TICKET } }]);
    expect(backend.calls[0]?.text).toBe("The door is stuck.");
  });

  test("asks a model that takes tools to call one with such arguments", async () => {
    const { backend, run } = ask(TOOLS, [calling(GOOD)]);
    const { output, steps } = await run;
    expect(output).toEqual(GOOD);
    expect(rungs(steps[0])).toEqual(["native unavailable", "tool accepted"]);
    expect(backend.calls).toMatchObject([
      { toolChoice: { type: "tool", toolName: "answer" }, tools: [{ name: "answer", inputSchema: TICKET }] },
    ]);
  });

  test("takes the answer of a model that writes it instead of calling the tool", async () => {
    const { run } = ask(TOOLS, [`Here you are:\n\`\`\`json\n${json(GOOD)}\n\`\`\``]);
    expect((await run).output).toEqual(GOOD);
  });

  test("tells any other model the schema in the prompt, and mends what it writes", async () => {
    const { backend, run } = ask(PLAIN, [
      "Sure!\n```json\n{subject: 'door', level: 'high',} // done\n```\nAnything else?",
    ]);
    const { output, steps } = await run;
    expect(output).toEqual(GOOD);
    expect(rungs(steps[0])).toEqual(["native unavailable", "tool unavailable", "prompt accepted"]);
    expect(asked(backend)).toEqual(["prompt"]);
    expect(backend.calls[0]?.text).toContain(json(TICKET));
  });

  test("shows a model once what was wrong with its answer", async () => {
    const { backend, run } = ask(PLAIN, [BAD, json(GOOD)]);
    const { output, steps } = await run;
    expect(output).toEqual(GOOD);
    expect(rungs(steps[0])?.slice(2)).toEqual(["prompt refused", "re-ask accepted"]);
    const last = backend.calls[1];
    expect(last?.text).toContain('- $: expected the property "level", which is missing');
    const roles = last?.kind === "embed" ? [] : last?.prompt.map(({ role }) => role);
    expect(roles).toEqual(["user", "assistant", "user"]);
  });

  test("goes down every way, and fails the attempt where none leads to such an answer", async () => {
    const { backend, run } = ask(ALL, [BAD, calling(BAD), "I would rather not.", BAD]);
    const error = await errorOf(run);
    if (!(error instanceof RunFailedError)) throw error;
    expect(asked(backend)).toEqual(["native", "tool tool", "prompt", "prompt"]);
    const [step] = error.run.steps;
    expect(rungs(step)).toEqual(["native refused", "tool refused", "prompt refused", "re-ask refused"]);
    expect(step).toMatchObject({ outputType: "json", error: { code: "reply_invalid", failure: "reply" } });
    expect(error.cause).toMatchObject({
      details: { problems: [{ path: "$", message: 'expected the property "level", which is missing' }] },
    });
    expect(json([error.toJSON(), error.run])).not.toContain("secret-words");
  });

  test("tries the whole way again where the task says so", async () => {
    const { backend, run } = ask(PLAIN, [BAD, BAD, json(GOOD)], { retry_on_failure: 1 });
    const { steps } = await run;
    expect(backend.calls).toHaveLength(3);
    expect(steps.map((step) => rungs(step)?.at(-1))).toEqual(["re-ask refused", "prompt accepted"]);
  });

  test("makes no more calls than the step may make", async () => {
    const { backend, run } = ask(ALL, [BAD, BAD, BAD, BAD], { execute_config: { routing: { attempts: 2 } } });
    await errorOf(run);
    expect(asked(backend)).toEqual(["native", "tool tool"]);
  });

  test.each([400, 500])("goes down where the server answers a way with %d", async (status) => {
    const { run } = ask(ALL, [{ error: { status } }, { error: { status } }, json(GOOD)]);
    const { output, steps } = await run;
    expect(output).toEqual(GOOD);
    expect(rungs(steps[0])).toEqual(["native failed", "tool failed", "prompt accepted"]);
  });

  test("does not go down where that cannot help", async () => {
    const { backend, run } = ask(ALL, [{ error: { status: 401 } }, json(GOOD)]);
    const error = await errorOf(run);
    expect(error).toMatchObject({ cause: { failure: "auth" } });
    expect(backend.calls).toHaveLength(1);
  });

  test("takes no answer that was cut for whole", async () => {
    const { run, backend } = ask(ALL, [{ text: '{"subject": "door", "level": "high"', finishReason: "length" }]);
    expect(await errorOf(run)).toMatchObject({ cause: { details: { finishReason: "length" } } });
    expect(backend.calls).toHaveLength(1);
  });

  test("asks each model in the way that it can be asked in when one fails", async () => {
    const down = scriptedBackend({
      id: "down",
      models: [{ id: "m", capabilities: ALL }],
      replies: () => ({ error: { status: 503 } }),
    });
    const up = scriptedBackend({ id: "up", models: [{ id: "m", capabilities: PLAIN }], replies: [json(GOOD)] });
    const policy = { name: "first", choose: <T>([first]: readonly [T, ...T[]]) => first };
    const runtime = createRuntime({ backends: [down, up], policies: [policy], defaults: { model: "m" } });
    const chain = chainOf({
      handler: "raw_string",
      output: TICKET,
      execute_config: { routing: { policy: "first" } },
    });
    const { output, steps } = await runtime.run(chain, "x");
    expect(output).toEqual(GOOD);
    expect([asked(down), asked(up)]).toEqual([["native"], ["prompt"]]);
    expect(steps[0]?.backend).toBe("up");
  });

  test("says that there is no backend, and asks for none in another way", async () => {
    const chain = chainOf({ handler: "raw_string", output: TICKET });
    expect(await errorOf(createRuntime().run(chain, "x"))).toMatchObject({ cause: { code: "no_candidate" } });
  });

  test.each([
    [{ type: "string", enum: ["low", "high"] }, "high", "high", "high"],
    [{ type: "string", enum: ["low", "high"] }, '"low"', "low", "low"],
    [{ type: "integer" }, "7", 7, "7"],
    [{ type: "boolean" }, "true", true, "true"],
    [{ type: "array", items: { type: "number" } }, "The list: [1, 2.5]", [1, 2.5], "ok"],
    [{ type: ["string", "null"] }, "null", null, "ok"],
  ])("may be for any value: %j", async (output, reply, value, outcome) => {
    const { run } = ask(PLAIN, [reply], { output });
    const result = await run;
    expect(result.output).toEqual(value);
    expect(result.steps[0]?.outcome).toBe(outcome);
  });

  test("wraps what is no object for servers and tools, definitions included", async () => {
    const output = { $ref: "#/$defs/level", $defs: { level: { enum: ["low", "high"] } } };
    const wrapper = {
      type: "object",
      properties: { answer: { $ref: "#/$defs/level" } },
      required: ["answer"],
      additionalProperties: false,
      $defs: output.$defs,
    };
    const native = ask(ALL, [json({ answer: "low" })], { output });
    expect((await native.run).output).toBe("low");
    expect(native.backend.calls).toMatchObject([{ responseFormat: { schema: wrapper } }]);
    const tool = ask(TOOLS, [calling({ answer: "high" })], { output });
    expect((await tool.run).output).toBe("high");
    expect(tool.backend.calls).toMatchObject([{ tools: [{ inputSchema: wrapper }] }]);
  });

  test("branches on a text, and gives the value to the tasks after it", async () => {
    const tasks: readonly TaskJson[] = [
      {
        id: "sort",
        handler: "raw_string",
        output: { enum: ["low", "high"] },
        transition: { branches: [{ operator: "equals", when: "high", goto: "page" }] },
      },
      { id: "page", handler: "noop", prompt_template: "page: {{.sort}}" },
    ];
    const { runtime } = setUp(ALL, [json({ answer: "high" })]);
    expect((await runtime.run(chainOf(tasks), "x")).output).toBe("page: high");
  });

  test("writes no text for readers of the run's stream", async () => {
    const { runtime, backend } = setUp(ALL, [json(GOOD)]);
    const run = runtime.start(chainOf({ handler: "raw_string", output: TICKET }), "x");
    expect(await readAll(run.textStream)).toEqual([]);
    expect(await run.result()).toMatchObject({ status: "ok", output: GOOD });
    expect(backend.calls).toMatchObject([{ kind: "generate" }]);
  });

  test("shows every way in the events, and no prompt and no answer", async () => {
    const { runtime } = setUp(PLAIN, [BAD, json(GOOD)]);
    const events: RunEvent[] = [];
    runtime.on("step_completed", (event) => events.push(event));
    await runtime.run(chainOf({ handler: "raw_string", output: TICKET }), "secret-words");
    expect(events).toMatchObject([
      {
        step: {
          structured: [
            { rung: "native", result: "unavailable", problems: [] },
            { rung: "tool", result: "unavailable", problems: [] },
            { rung: "prompt", result: "refused", problems: [{ path: "$" }] },
            { rung: "re-ask", result: "accepted", problems: [] },
          ],
        },
      },
    ]);
    expect(json(events)).not.toContain("secret-words");
  });

  test("ends where the run is cancelled between two ways", async () => {
    const stop = new AbortController();
    const { runtime, backend } = setUp(ALL, () => {
      stop.abort(new Error("enough"));
      return BAD;
    });
    const chain = chainOf({ handler: "raw_string", output: TICKET });
    expect(await errorOf(runtime.run(chain, "x", { signal: stop.signal }))).toMatchObject({ code: "run_cancelled" });
    expect(backend.calls).toHaveLength(1);
  });
});
