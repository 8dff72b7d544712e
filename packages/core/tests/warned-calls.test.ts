import { type Backend, type CallEvent, createRuntime, type LanguageModel } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { chainOf } from "./fixtures/chain-of.ts";

const WARNINGS = [
  { type: "unsupported" as const, feature: "pattern", details: "its length is not held" },
  { type: "other" as const, message: "topK is left out" },
];
const TOLD = ["pattern is not supported: its length is not held", "topK is left out"];

/** Answers, and says what it could not take as it was asked. */
function warningBackend(): Backend {
  const backend = scriptedBackend({ models: ["m"], replies: () => "yes" });
  return { ...backend, languageModel: (id) => warned(backend.languageModel(id)) };
}

function warned(model: LanguageModel): LanguageModel {
  const { specificationVersion, provider, modelId, supportedUrls } = model;
  return {
    specificationVersion,
    provider,
    modelId,
    supportedUrls,
    doGenerate: async (call) => ({ ...(await model.doGenerate(call)), warnings: WARNINGS }),
    async doStream(call) {
      const { stream, ...rest } = await model.doStream(call);
      const parts = new TransformStream({
        transform: (part, out) => out.enqueue(part.type === "stream-start" ? { ...part, warnings: WARNINGS } : part),
      });
      return { ...rest, stream: stream.pipeThrough(parts) };
    },
  };
}

function setUp() {
  const runtime = createRuntime({ backends: [warningBackend()] });
  const events: CallEvent[] = [];
  runtime.on("call_completed", (event) => events.push(event));
  return { runtime, events };
}

const chain = chainOf({ handler: "raw_string", prompt_template: "{{.input}}" });

test("a step's record has what its model could not take as it was asked, streamed or not", async () => {
  await using runtime = setUp().runtime;
  const { steps } = await runtime.run(chain, "hi");
  expect(steps[0]?.route?.tried[0]?.warnings).toEqual(TOLD);
  const streamed = await runtime.start(chain, "hi", { stream: true }).result();
  expect(streamed.steps[0]?.route?.tried[0]?.warnings).toEqual(TOLD);
});

test("so have the result and the event of a call outside of runs", async () => {
  const { runtime, events } = setUp();
  const { route } = await runtime.prompt("hi");
  expect(route.tried[0]?.warnings).toEqual(TOLD);
  const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
  await runtime.model("m").doGenerate({ prompt });
  const { stream } = await runtime.model("m").doStream({ prompt });
  for await (const _part of stream);
  expect(events.map((event) => event.route.tried[0]?.warnings)).toEqual([TOLD, TOLD, TOLD]);
  await runtime.close();
});

test("nothing is said of calls without any", async () => {
  await using runtime = createRuntime({ backends: [scriptedBackend({ replies: () => "yes" })] });
  expect((await runtime.prompt("hi")).route.tried[0]).not.toHaveProperty("warnings");
});
