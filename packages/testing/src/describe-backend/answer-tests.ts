import type { LanguageModelTool } from "@catenary/core";
import { expect } from "vitest";
import { ask, textOf } from "./calls.ts";
import { type BackendTest, lastSent, needsServer } from "./subject.ts";

const yesOrNo: LanguageModelTool["inputSchema"] = {
  type: "object",
  properties: { verdict: { type: "string", enum: ["yes", "no"] } },
  required: ["verdict"],
  additionalProperties: false,
};

export const answerTests = {
  "answers a conversation in words": {
    run: async (subject) => {
      const result = await subject.model.doGenerate(ask(subject));
      expect(textOf(result)).not.toBe("");
      expect(["stop", "length"]).toContain(result.finishReason.unified);
    },
  },
  "tells how many tokens an answer took": {
    run: async (subject) => {
      const { usage } = await subject.model.doGenerate(ask(subject));
      expect(usage.inputTokens.total).toBeGreaterThan(0);
      expect(usage.outputTokens.total).toBeGreaterThan(0);
    },
  },
  "sends the system text": {
    lacks: needsServer,
    run: async (subject) => {
      await subject.model.doGenerate(ask(subject, { system: "Answer like an owl, number 4711." }));
      expect(lastSent(subject.server ?? { requests: [] })).toContain("Answer like an owl, number 4711.");
    },
  },
  "accepts sampling options": {
    run: async (subject) => {
      const sampling = { temperature: 0.25, topP: 0.75, maxOutputTokens: 7, seed: 4243 };
      const topK = subject.supports?.topK === false ? {} : { topK: 31 };
      const { usage, warnings } = await subject.model.doGenerate(ask(subject, { ...sampling, ...topK }));
      expect(warnings).toEqual([]);
      if (subject.server === undefined) expect(usage.outputTokens.total).toBeLessThanOrEqual(7);
    },
  },
  "sends sampling options": {
    lacks: needsServer,
    run: async (subject) => {
      await subject.model.doGenerate(
        ask(subject, { temperature: 0.25, topP: 0.75, maxOutputTokens: 1717, seed: 4243 }),
      );
      const sent = lastSent(subject.server ?? { requests: [] });
      for (const value of ["0.25", "0.75", "1717", "4243"]) expect(sent).toContain(value);
    },
  },
  "takes stop sequences": {
    run: async (subject) => {
      const stop = subject.server === undefined ? "e" : "|halt|";
      const result = await subject.model.doGenerate(ask(subject, { stopSequences: [stop] }));
      expect(textOf(result)).not.toContain(stop);
      if (subject.server !== undefined) expect(lastSent(subject.server)).toContain(stop);
    },
  },
  "answers in the JSON that a schema asks for": {
    lacks: ({ supports }) => (supports?.structuredOutput ? undefined : "the backend has no constrained output"),
    run: async (subject) => {
      const options = ask(subject, { text: "Is water wet?", responseFormat: { type: "json", schema: yesOrNo } });
      const answer: unknown = JSON.parse(textOf(await subject.model.doGenerate({ ...options, maxOutputTokens: 64 })));
      expect([{ verdict: "yes" }, { verdict: "no" }]).toContainEqual(answer);
    },
  },
  "answers calls that run at the same time": {
    run: async (subject) => {
      const calls = Array.from({ length: 3 }, () => subject.model.doGenerate(ask(subject)));
      for (const result of await Promise.all(calls)) expect(textOf(result)).not.toBe("");
    },
  },
} satisfies Record<string, BackendTest>;
