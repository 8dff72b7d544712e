import { inspect } from "node:util";
import { createRuntime, defineChain, type Logger } from "@catenary/core";
import { createFakeGemini, scriptedBackend } from "@catenary/testing";
import { describe, expect, it } from "vitest";
import { gemini, geminiType } from "../src/index.ts";
import { KEY } from "./calls.ts";

const sort = defineChain({
  id: "sort",
  tasks: {
    read: {
      handler: "raw_string",
      promptTemplate: "Which mood is this? {{.input}}",
      output: { type: "string", enum: ["good", "bad"] },
    },
  },
});
const ask = defineChain({ id: "ask", tasks: { ask: { handler: "raw_string", promptTemplate: "{{.input}}" } } });

describe("Gemini in a runtime", () => {
  it("prompts, embeds, and is found by what its list says it can do", async () => {
    const server = createFakeGemini({ pageSize: 1 });
    await using runtime = createRuntime({
      backends: [gemini({ apiKey: KEY, fetch: server })],
      defaults: { model: "gemini-2.5-flash", embedding: { model: "gemini-embedding-001" } },
    });
    expect(await runtime.prompt("hi")).toMatchObject({
      text: "This is gemini-2.5-flash. You said: hi",
      backend: "gemini",
    });
    expect((await runtime.embed("hi")).vector).toHaveLength(3072);
    await expect(runtime.embed("hi", { model: "gemini-2.5-flash" })).rejects.toThrow(/gemini-2\.5-flash/);
  });

  it("gives all texts of an answer, however Gemini divides it, and none of its thoughts", async () => {
    const parts = [{ text: "hm", thought: true }, { text: "Hel" }, { text: "lo" }];
    const fetch = async () => Response.json({ candidates: [{ content: { parts }, finishReason: "STOP" }] });
    await using runtime = createRuntime({ backends: [gemini({ apiKey: KEY, models: ["m"], fetch })] });
    expect((await runtime.prompt("hi", { model: "m" })).text).toBe("Hello");
  });

  it("is held to the schema of a task's output", async () => {
    const server = createFakeGemini();
    await using runtime = createRuntime({
      backends: [gemini({ apiKey: KEY, fetch: server })],
      defaults: { model: "gemini-2.5-flash" },
    });
    const { output, steps } = await runtime.run(sort, "We won!");
    expect(["good", "bad"]).toContain(output);
    expect(steps[0]?.structured).toEqual([{ rung: "native", result: "accepted", problems: [] }]);
    expect(server.requests.at(-1)?.text).toContain("responseJsonSchema");
  });

  it("ends a call that the safety filter blocked: what one provider refuses is not tried on the others behind its caller's back", async () => {
    const server = createFakeGemini({ answer: () => ({ blockReason: "SAFETY" }) });
    const other = scriptedBackend({ models: ["other"] });
    await using runtime = createRuntime({ backends: [gemini({ apiKey: KEY, fetch: server }), other] });
    const chain = defineChain({
      id: "both",
      executeConfig: { models: ["gemini-2.5-flash", "other"] },
      tasks: { ask: { handler: "raw_string", promptTemplate: "{{.input}}" } },
    });
    await expect(runtime.run(chain, "hi")).rejects.toThrow("content filter");
    expect(server.requests.at(-1)?.path).toContain("gemini-2.5-flash:generateContent");
    other.expectCalls(0);
  });

  it("tells its key in no event, no step, no log and no error, though its server repeats it", async () => {
    const server = createFakeGemini({ apiKey: KEY });
    const told: unknown[] = [];
    const logger: Logger = { log: (...line) => void told.push(line) };
    await using runtime = createRuntime({ backendTypes: [geminiType], logger, fetch: server });
    await runtime.backends.create(runtime.openBackend({ type: "gemini", id: "stored", apiKey: KEY }), {
      origin: "record",
    });
    told.push(await runtime.sync());
    for (const status of [400, 429, 500]) server.faults.next({ kind: "status", status, message: `no: ${KEY}` });
    for (const _ of Array.from({ length: 4 })) {
      const handle = runtime.start(ask, "hi");
      for await (const event of handle.events()) told.push(event);
      told.push(await handle.result());
    }
    told.push(runtime.backends.list());
    const failed = told.filter((one) => JSON.stringify(one)?.includes("no: …"));
    expect(failed.length).toBeGreaterThan(2);
    expect(JSON.stringify(told) + inspect(told, { depth: 12, showHidden: true })).not.toContain(KEY);
  });
});
