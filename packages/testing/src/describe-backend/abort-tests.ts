import { expect } from "vitest";
import { ask, readStream, rejection } from "./calls.ts";
import type { BackendTest, Subject } from "./subject.ts";
import { watchedSignal } from "./watched-signal.ts";

const reason = new DOMException("the user left", "AbortError");
const aborted = () => AbortSignal.abort(reason);

export const abortTests = {
  "rejects with the reason when a call is aborted before it starts": {
    run: async (subject) => {
      const call = subject.model.doGenerate(ask(subject, { abortSignal: aborted() }));
      expect(await rejection(call)).toBe(reason);
    },
  },
  "rejects with the reason when a stream is aborted before it starts": {
    run: async (subject) => {
      const call = subject.model.doStream(ask(subject, { abortSignal: aborted() }));
      expect(await rejection(call)).toBe(reason);
    },
  },
  "rejects with the reason when a call is aborted while the model answers": {
    run: async (subject) => {
      subject.server?.faults.next({ kind: "hang" });
      const { controller, options } = longCall(subject);
      const call = rejection(subject.model.doGenerate(options));
      setTimeout(() => controller.abort(reason), 30);
      expect(await call).toBe(reason);
    },
  },
  "ends a stream with the reason when it is aborted after its first words": {
    run: async (subject) => {
      subject.server?.faults.next({ kind: "stall", afterChunks: 2 });
      const { controller, options } = longCall(subject);
      const { stream } = await subject.model.doStream(options);
      const { parts, error } = await readStream(stream, (part) => {
        if (part.type === "text-delta") controller.abort(reason);
      });
      expect(error).toBe(reason);
      expect(parts.map((part) => part.type)).not.toContain("finish");
    },
  },
  "lets a reader cancel a stream": {
    run: async (subject) => {
      subject.server?.faults.next({ kind: "stall", afterChunks: 2 });
      const { stream } = await subject.model.doStream(longCall(subject).options);
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel("enough");
      expect(await reader.read()).toEqual({ done: true, value: undefined });
    },
  },
  "leaves no listener of its own on the signal": {
    run: async (subject) => {
      const platform = watchedSignal();
      new Request("http://127.0.0.1/", { signal: platform.signal });
      const watched = watchedSignal();
      await subject.model.doGenerate(ask(subject, { abortSignal: watched.signal }));
      // The platform's own `fetch` leaves its listener to the garbage collector; an adapter can do nothing about that one.
      expect(watched.listeners()).toBeLessThanOrEqual(platform.listeners());

      const streamed = watchedSignal();
      const { stream } = await subject.model.doStream(ask(subject, { abortSignal: streamed.signal }));
      await readStream(stream);
      // What a server still sends behind the end of its answer may be read away first.
      await expect.poll(() => streamed.listeners(), { timeout: 3_000 }).toBeLessThanOrEqual(platform.listeners());
    },
  },
} satisfies Record<string, BackendTest>;

/** A call that a real model would need long for. */
function longCall(subject: Subject) {
  const controller = new AbortController();
  const options = ask(subject, {
    text: "Tell a very long story about a lighthouse.",
    maxOutputTokens: 400,
    abortSignal: controller.signal,
  });
  return { controller, options };
}
