import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelError } from "../src/errors/model-error.ts";
import type { Backend } from "../src/model/backend.ts";
import type {
  LanguageModel,
  LanguageModelCallOptions,
  LanguageModelPrompt,
  LanguageModelStreamPart,
} from "../src/model/contract.ts";
import { RoutedLanguageModel } from "../src/routing/router-model/routed-language-model.ts";
import { Selector } from "../src/routing/selection/selector.ts";
import { OpenCalls } from "../src/run/open-calls.ts";
import type { Clock } from "../src/surroundings/clock.ts";
import { routingParts, wanted } from "./fixtures/routing-parts.ts";
import { seededRandom } from "./fixtures/seeded-random.ts";
import { runs, TIMEOUT_MS } from "./property-runs.ts";
import { watchSignals } from "./watch-signals.ts";

/** What a candidate does with one call: it waits, says so many words, and ends in a way. */
interface Act {
  readonly waitMs: number;
  readonly words: number;
  readonly end: "finish" | "error" | "cut" | "break" | "hang" | "refuse";
  readonly isDeaf: boolean;
}

/** What the caller does: when it aborts, when its reader leaves, both in milliseconds from the call's beginning. */
interface Caller {
  readonly startsAt: number;
  readonly abortsAfterMs: number | undefined;
  readonly leavesAfterMs: number | undefined;
  readonly streams: boolean;
}

const act: fc.Arbitrary<Act> = fc.record({
  waitMs: fc.constantFrom(0, 1, 900, 70_000),
  words: fc.nat({ max: 3 }),
  end: fc.constantFrom("finish", "finish", "error", "cut", "break", "hang", "refuse"),
  isDeaf: fc.boolean(),
});
const time = fc.option(fc.constantFrom(0, 1, 2, 899, 1000, 60_000, 200_000), { nil: undefined });
const caller: fc.Arbitrary<Caller> = fc.record({
  startsAt: fc.constantFrom(0, 0, 1, 500, 60_000),
  abortsAfterMs: time,
  leavesAfterMs: time,
  streams: fc.boolean(),
});
const scene = fc.record({
  seed: fc.nat(),
  acts: fc.array(act, { minLength: 1, maxLength: 12 }),
  callers: fc.array(caller, { minLength: 1, maxLength: 5 }),
  places: fc.constantFrom(undefined, 1, 2),
});

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 2, text: 2, reasoning: 0 },
};

class Stage {
  /** Whose call each act was, and when it began. */
  readonly begun: { readonly caller: string; readonly at: number }[] = [];
  readonly #clock: Clock;
  readonly #acts: readonly Act[];
  #next = 0;

  constructor(clock: Clock, acts: readonly Act[]) {
    this.#clock = clock;
    this.#acts = acts;
  }

  backend(id: string, concurrency: number | undefined): Backend {
    const model: LanguageModel = {
      specificationVersion: "v4",
      provider: id,
      modelId: "m",
      supportedUrls: {},
      doGenerate: async (call) => {
        const played = this.#begin(call);
        await this.#wait(played, call);
        if (played.end === "hang") return new Promise<never>(() => {});
        if (played.end !== "finish" || played.words === 0) throw refusal(id);
        return {
          content: [{ type: "text", text: words(id, played).join("") }],
          finishReason: { unified: "stop", raw: "stop" },
          usage,
          warnings: [],
        };
      },
      doStream: async (call) => {
        const played = this.#begin(call);
        if (played.end === "refuse") throw refusal(id);
        return { stream: this.#stream(id, played, call) };
      },
    };
    return {
      id,
      type: "play",
      routing: concurrency === undefined ? {} : { concurrency },
      listModels: async () => [{ id: "m" }],
      languageModel: () => model,
    };
  }

  #begin({ prompt }: LanguageModelCallOptions): Act {
    this.begun.push({ caller: JSON.stringify(prompt), at: this.#clock.now() });
    const played = this.#acts[this.#next++ % this.#acts.length];
    if (played === undefined) throw refusal("nobody");
    return played;
  }

  #wait({ waitMs, isDeaf }: Act, { abortSignal }: LanguageModelCallOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        stop();
        if (!isDeaf) reject(abortSignal?.reason);
      };
      const stop = this.#clock.setTimer(waitMs, () => {
        abortSignal?.removeEventListener("abort", onAbort);
        resolve();
      });
      if (abortSignal?.aborted) onAbort();
      else abortSignal?.addEventListener("abort", onAbort, { once: true });
    });
  }

  #stream(id: string, played: Act, call: LanguageModelCallOptions): ReadableStream<LanguageModelStreamPart> {
    const parts: LanguageModelStreamPart[] = [
      { type: "stream-start", warnings: [] },
      ...words(id, played).map((delta) => ({ type: "text-delta" as const, id: "0", delta })),
    ];
    if (played.end === "finish") parts.push({ type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage });
    if (played.end === "error") parts.push({ type: "error", error: refusal(id) });
    const wait = () => this.#wait(played, call);
    return new ReadableStream<LanguageModelStreamPart>(
      {
        async pull(controller) {
          const part = parts.shift();
          if (part !== undefined) {
            if (part.type !== "stream-start") await wait();
            controller.enqueue(part);
          } else if (played.end === "hang") await new Promise<never>(() => {});
          else if (played.end === "break") controller.error(refusal(id));
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/** A router over three candidates that play what is next, with calls of four minutes at most. */
function play(seed: number, acts: readonly Act[], places: number | undefined) {
  const backends: Backend[] = [];
  const parts = routingParts(backends);
  const stage = new Stage(parts.clock, acts);
  backends.push(...["a", "b", "c"].map((id) => stage.backend(id, places)));
  const model = new RoutedLanguageModel("m", {
    parts: { ...parts, selector: new Selector({ ...parts, random: seededRandom(seed) }) },
    chosen: wanted({ kind: "chat", policy: "auto" }),
    tries: 3,
    deadlineOf: (startedAt) => startedAt + MOST_MS,
    owner: new OpenCalls(),
  });
  return { model, clock: parts.clock, leases: parts.leases, begun: stage.begun };
}

/** What callers hold each call to. */
const MOST_MS = 240_000;

const NOTHING = { timers: 0, leases: 0, listeners: 0 };

const words = (id: string, { words, end }: Act) => Array.from({ length: words }, () => `${id} ${end} `);
const refusal = (id: string) => new ModelError("no", { failure: "server_error", backend: id, status: 500 });

interface Seen {
  readonly ends: readonly string[];
  readonly speakers: ReadonlySet<string>;
  /** How the candidate that was heard was going to end. */
  readonly meant: ReadonlySet<string>;
}

/** Reads to the end and tells how it ended, and who was heard. */
async function follow(
  stream: ReadableStream<LanguageModelStreamPart>,
  leaves: (leave: () => void) => void,
): Promise<Seen> {
  const reader = stream.getReader();
  const ends: string[] = [];
  const speakers = new Set<string>();
  const meant = new Set<string>();
  leaves(() => {
    ends.push("left");
    // A stream that was aborted before rejects with that.
    reader.cancel("left").catch(() => {});
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (value.type === "text-delta") {
        const [speaker = "", end = ""] = value.delta.split(" ");
        speakers.add(speaker);
        meant.add(end);
      }
      if (value.type === "finish" || value.type === "error") ends.push(value.type);
    }
  } catch {
    ends.push("aborted");
  }
  return { ends, speakers, meant };
}

describe("routed calls, whatever candidates, callers and readers do and when", () => {
  test(
    "leave no lease, timer or listener behind, abort all their upstreams, and give each reader one candidate's words and one end",
    async () => {
      const signals = watchSignals();
      try {
        await fc.assert(
          fc.asyncProperty(scene, async ({ seed, acts, callers, places }) => {
            signals.reset();
            const { model, clock, leases, begun } = play(seed, acts, places);
            const calls = callers.map(async ({ startsAt, abortsAfterMs, leavesAfterMs, streams }, at) => {
              await new Promise<void>((resolve) => void clock.setTimer(startsAt, resolve));
              const aborter = new AbortController();
              if (abortsAfterMs !== undefined) clock.setTimer(abortsAfterMs, () => aborter.abort(new Error("enough")));
              const since = clock.now();
              const prompt: LanguageModelPrompt = [{ role: "user", content: [{ type: "text", text: `${at}` }] }];
              const mostMs = Math.min(abortsAfterMs ?? MOST_MS, MOST_MS);
              // Nobody is asked for a caller that is gone, and nobody after the deadline.
              const checkEnd = () => {
                for (const { caller, at } of begun) {
                  if (caller === JSON.stringify(prompt)) expect(at - since).toBeLessThanOrEqual(mostMs);
                }
                expect(clock.now() - since).toBeLessThanOrEqual(mostMs);
              };
              const call: LanguageModelCallOptions = {
                prompt,
                abortSignal: aborter.signal,
              };
              try {
                if (!streams) {
                  await model.doGenerate(call);
                  checkEnd();
                  return;
                }
                const { stream } = await model.doStream(call);
                const seen = await follow(stream, (leave) => {
                  if (leavesAfterMs !== undefined) clock.setTimer(leavesAfterMs, leave);
                });
                expect(seen.speakers.size).toBeLessThanOrEqual(1);
                expect(seen.ends.filter((end) => end !== "left").length).toBeLessThanOrEqual(1);
                expect(seen.ends.length).toBeGreaterThan(0);
                // Only who says that it is done is: one that is cut off is not, however much it said.
                if (seen.ends.includes("finish")) for (const end of seen.meant) expect(end).toBe("finish");
              } catch (error) {
                expect(error).toBeInstanceOf(Error);
                if (error instanceof Error && error.name === "AssertionError") throw error;
              }
              checkEnd();
            });
            await clock.runAll();
            await Promise.all(calls);
            expect({ timers: clock.pending, leases: leases.total, listeners: signals.waiting }).toEqual(NOTHING);
          }),
          runs(1700),
        );
      } finally {
        signals.stop();
      }
    },
    TIMEOUT_MS,
  );
});
