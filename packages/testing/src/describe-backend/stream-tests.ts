import type { LanguageModelStreamPart } from "@catenary/core";
import { expect } from "vitest";
import { ask, readStream, textOf } from "./calls.ts";
import { type BackendTest, needsServer } from "./subject.ts";

export const streamTests = {
  "streams an answer in order, and ends it with one finish part": {
    run: async (subject) => {
      const { stream } = await subject.model.doStream(ask(subject));
      const { parts, error } = await readStream(stream);
      expect(error).toBeUndefined();
      expect(parts.at(0)?.type).toBe("stream-start");
      expect(parts.filter((part) => part.type === "finish")).toHaveLength(1);
      expect(parts.at(-1)?.type).toBe("finish");
      expectTextInOrder(parts);
    },
  },
  "tells at the end of a stream why it ended, and how many tokens it took": {
    run: async (subject) => {
      const { stream } = await subject.model.doStream(ask(subject));
      const finish = (await readStream(stream)).parts.find((part) => part.type === "finish");
      expect(["stop", "length"]).toContain(finish?.finishReason.unified);
      expect(finish?.usage.inputTokens.total).toBeGreaterThan(0);
      expect(finish?.usage.outputTokens.total).toBeGreaterThan(0);
    },
  },
  "streams the words that it answers without streaming": {
    lacks: ({ supports }) => (supports?.deterministic === false ? "the model varies its words" : undefined),
    run: async (subject) => {
      const whole = textOf(await subject.model.doGenerate(ask(subject)));
      const { stream } = await subject.model.doStream(ask(subject));
      expect((await readStream(stream)).text).toBe(whole);
    },
  },
  "streams the same words however the network cuts them": {
    lacks: needsServer,
    run: async (subject) => {
      const call = ask(subject, { text: "Say grüß Gott, 你好 and 👋." });
      const whole = await readStream((await subject.model.doStream(call)).stream);
      for (const bytes of [1, 3, 50]) {
        subject.server?.faults.next({ kind: "trickle", bytes });
        const { parts, text } = await readStream((await subject.model.doStream(call)).stream);
        expect(text).toBe(whole.text);
        expect(parts.at(-1)?.type).toBe("finish");
      }
    },
  },
  "streams several answers at the same time, each whole": {
    run: async (subject) => {
      const answers = await Promise.all(
        Array.from({ length: 3 }, async () => readStream((await subject.model.doStream(ask(subject))).stream)),
      );
      for (const { parts, text } of answers) {
        expect(text).not.toBe("");
        expect(parts.at(-1)?.type).toBe("finish");
      }
    },
  },
} satisfies Record<string, BackendTest>;

/** Every delta stands between the start and the end of its text, and every text that starts ends. */
function expectTextInOrder(parts: readonly LanguageModelStreamPart[]): void {
  const open = new Set<string>();
  let deltas = 0;
  for (const part of parts) {
    if (part.type === "text-start") open.add(part.id);
    if (part.type === "text-delta") {
      deltas += 1;
      expect(open).toContain(part.id);
    }
    if (part.type === "text-end") expect(open.delete(part.id)).toBe(true);
  }
  expect(deltas).toBeGreaterThan(0);
  expect([...open]).toEqual([]);
}
