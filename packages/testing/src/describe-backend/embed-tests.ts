import { expect } from "vitest";
import { rejection } from "./calls.ts";
import type { BackendTest, Subject, SubjectOptions } from "./subject.ts";

const lacks = ({ embeddingModel }: SubjectOptions) =>
  embeddingModel === undefined ? "the backend has no model that embeds" : undefined;

async function embed(subject: Subject, values: string[], abortSignal?: AbortSignal): Promise<number[][]> {
  const model = subject.backend.embeddingModel?.(subject.embeddingModel ?? "");
  if (model === undefined) throw new Error("the backend makes no embedding model, but the subject names one");
  const { embeddings } = await model.doEmbed({ values, ...(abortSignal && { abortSignal }) });
  return embeddings;
}

export const embedTests = {
  "turns each text into a vector, all of one length": {
    lacks,
    run: async (subject) => {
      const vectors = await embed(subject, ["a cat", "a cathedral", "seven"]);
      expect(vectors).toHaveLength(3);
      expect(new Set(vectors.map((vector) => vector.length)).size).toBe(1);
      for (const vector of vectors) {
        expect(vector.length).toBeGreaterThan(0);
        expect(vector.every(Number.isFinite)).toBe(true);
      }
    },
  },
  "gives the same text the same vector, and another text another": {
    lacks,
    run: async (subject) => {
      const [first, other] = await embed(subject, ["a cat", "a cathedral"]);
      const [again] = await embed(subject, ["a cat"]);
      expect(again?.map(rounded)).toEqual(first?.map(rounded));
      expect(other).not.toEqual(first);
    },
  },
  "rejects with the reason when embedding is aborted": {
    lacks,
    run: async (subject) => {
      const reason = new DOMException("no longer wanted", "AbortError");
      expect(await rejection(embed(subject, ["a cat"], AbortSignal.abort(reason)))).toBe(reason);
    },
  },
} satisfies Record<string, BackendTest>;

/** A text embedded in another batch may differ in the last bits. */
const rounded = (value: number) => Math.round(value * 1000) / 1000 + 0;
