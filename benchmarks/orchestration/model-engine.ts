import { createRuntime, type LanguageModel, parseChain } from "@catenary/core";
import { answerOf } from "../model/mock.ts";
import type { Engine, Step } from "./engine.ts";

/** Chains whose tasks ask a model, which answers when the given step has. Only rows of steps: that is where runs wait. */
export function createModelEngine(): Engine {
  return {
    linear: (count, step) => {
      const runtime = createRuntime({ backends: [backendOf(step)] });
      runtime.on("*", () => {});
      const tasks = Array.from({ length: count }, (_, i) => ({
        id: `s${i}`,
        handler: "raw_string",
        transition: { branches: [{ operator: "default", goto: i + 1 < count ? `s${i + 1}` : "end" }] },
      }));
      const { chain, findings } = parseChain({ id: "benchmark", tasks });
      if (chain === undefined) throw new Error(`expected a chain without errors, got ${JSON.stringify(findings)}`);
      return async (n) => Number((await runtime.run(chain, String(n))).output);
    },
    loop: () => {
      throw new Error("expected a row of steps, got a loop");
    },
    branch: () => {
      throw new Error("expected a row of steps, got forks");
    },
  };
}

function backendOf(step: Step) {
  const model: LanguageModel = {
    specificationVersion: "v4",
    provider: "mock",
    modelId: "mock",
    supportedUrls: {},
    doGenerate: ({ prompt }) => {
      const content = prompt.at(-1)?.content[0];
      const text = typeof content === "object" && content.type === "text" ? content.text : "";
      return step(Number(text)).then((n) => answerOf(String(n)));
    },
    doStream: () => Promise.reject(new Error("expected that nobody reads the text while it is written")),
  };
  return {
    id: "mock",
    type: "mock",
    listModels: async () => [{ id: "mock" }],
    languageModel: () => model,
  };
}
