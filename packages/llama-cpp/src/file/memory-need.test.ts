import type { GgufFileInfo } from "node-llama-cpp";
import { expect, test } from "vitest";
import { memoryNeed, neededBytes } from "./memory-need.ts";

/** What the file of SmolLM2-135M says. Safe: of a header nothing else is read. */
const header = (architecture: string) =>
  ({
    metadata: { general: { architecture }, tokenizer: { ggml: { tokens: Array.from({ length: 49_152 }) } } },
    architectureMetadata: {
      block_count: 30,
      embedding_length: 576,
      feed_forward_length: 1536,
      attention: { head_count: 9, head_count_kv: 3 },
    },
  }) as unknown as GgufFileInfo;
const MIB = 1024 * 1024;
const usual = { contextLength: 4096, sequences: 1, batch: 512 };

test("what is needed is a little more than the buffers that llama.cpp made for the same model: 90 MiB of conversation, 98.25 to compute", () => {
  const need = memoryNeed(header("llama"));
  expect(need.bytesPerToken * 4096).toBe(90 * MIB);
  const computing = neededBytes(need, usual) - 90 * MIB;
  expect(computing).toBeGreaterThan(98.25 * MIB);
  expect(computing).toBeLessThan(1.1 * 98.25 * MIB);
});

test("each further conversation takes a context of its own, and all are computed in one place", () => {
  const need = memoryNeed(header("llama"));
  expect(neededBytes(need, { ...usual, sequences: 4 }) - neededBytes(need, usual)).toBe(3 * 90 * MIB);
});

test("a model that writes no words has none to choose from", () => {
  expect(memoryNeed(header("bert")).bytesPerComputed).toBeLessThan(memoryNeed(header("llama")).bytesPerComputed / 5);
});
