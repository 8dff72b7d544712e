import { expect } from "vitest";
import { rejection } from "./calls.ts";
import type { BackendTest, SubjectOptions } from "./subject.ts";

const lacks = (options: SubjectOptions) =>
  options.supports?.listModels === false ? "the backend does not list its models" : undefined;

export const listTests = {
  "lists the models it serves, each once": {
    lacks,
    run: async ({ backend, chatModel, embeddingModel }) => {
      const names = (await backend.listModels()).map((model) => model.id);
      expect(new Set(names).size).toBe(names.length);
      for (const wanted of [chatModel, embeddingModel]) {
        if (wanted !== undefined) expect([wanted, `${wanted}:latest`].some((name) => names.includes(name))).toBe(true);
      }
    },
  },
  "rejects with the reason when the list is no longer wanted": {
    lacks,
    run: async ({ backend }) => {
      const reason = new DOMException("no longer wanted", "AbortError");
      expect(await rejection(backend.listModels({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    },
  },
  "names its models as it was asked": {
    run: async ({ model, chatModel }) => {
      expect(model.modelId).toBe(chatModel);
      expect(model.specificationVersion).toBe("v4");
    },
  },
} satisfies Record<string, BackendTest>;
