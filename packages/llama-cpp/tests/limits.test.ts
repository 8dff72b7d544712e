import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "./fixtures/ask.ts";
import { openBackend } from "./fixtures/open-backends.ts";
import { realWeights } from "./fixtures/real-weights.ts";
import { whyNotRun } from "./fixtures/why-not-run.ts";
import { unless } from "./weights/needs.ts";

/** A real model computes for a minute in these, and they measure: beside other work they say little. */
const isLong = Boolean(process.env.CATENARY_LONG);
const weights = isLong ? realWeights() : { reason: "a real model computes for a minute; CATENARY_LONG=1 asks for it" };
const whyNot = "reason" in weights ? weights.reason : await whyNotRun();
const path = "path" in weights ? weights.path : "";
const within = { timeout: 300_000 };
const left = new DOMException("the user left", "AbortError");

/** Bytes: far less than the memory of one more conversation. */
const MOST_GROWTH = 48 * 2 ** 20;

test.skipIf(whyNot !== undefined)(
  `a hundred prompts at once take no more memory than one${unless(whyNot)}`,
  within,
  async () => {
    const model = openBackend({ m: path }).languageModel("m");
    const prompt = "The lighthouse stood on the rock. ".repeat(8);
    await model.doGenerate(ask(prompt, { maxOutputTokens: 4 }));
    const before = process.memoryUsage.rss();
    let most = before;
    const answers = Array.from({ length: 100 }, async (_, number) => {
      const answer = await model.doGenerate(ask(`${number} ${prompt}`, { maxOutputTokens: 4 }));
      most = Math.max(most, process.memoryUsage.rss());
      return answer;
    });
    expect(await Promise.all(answers)).toHaveLength(100);
    expect(most - before).toBeLessThan(MOST_GROWTH);
  },
);

const TIMES = 15;
/** The middle one of all: a machine with other work makes some of them wait. */
const MOST_MS = 100;

test.skipIf(whyNot !== undefined).each([
  ["between two tokens", "Write a long story.", 400],
  ["while a prompt is read", "The lighthouse stood on the rock. ".repeat(400), 100],
])(
  `an abort %s gives the place to who waits within a tenth of a second${unless(whyNot)}`,
  within,
  async (_, prompt, pauseMs) => {
    const model = openBackend({ m: path }).languageModel("m");
    await model.doGenerate(ask("Hello.", { maxOutputTokens: 1 }));
    const waitedMs: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      const controller = new AbortController();
      const call = { maxOutputTokens: 1000, abortSignal: controller.signal };
      const aborted = rejection(model.doGenerate(ask(`${time} ${prompt}`, call)));
      // A stream is there when its call has its place.
      const next = model.doStream(ask("And me?", { maxOutputTokens: 1 })).then(({ stream }) => {
        waitedMs.push(performance.now() - abortedMs);
        return stream.pipeTo(new WritableStream());
      });
      // Not always at the same point of a piece.
      await new Promise((resolve) => setTimeout(resolve, pauseMs + time * 7));
      const abortedMs = performance.now();
      controller.abort(left);
      expect(await aborted).toBe(left);
      await next;
    }
    waitedMs.sort((one, other) => one - other);
    console.log(`freed after ${waitedMs.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    expect(waitedMs[TIMES >> 1]).toBeLessThan(MOST_MS);
  },
);

const whyNoGrowth = whyNot ?? (process.platform === "linux" ? undefined : "only Linux tells whose memory it is");

test.skipIf(whyNoGrowth !== undefined)(
  `a model takes about what is held against free memory before it is loaded${unless(whyNoGrowth)}`,
  within,
  () => {
    const program = fileURLToPath(new URL("./memory-in-process.ts", import.meta.url));
    const env = { ...process.env, NODE_OPTIONS: "" };
    const told = execFileSync(process.execPath, ["--conditions=@catenary/source", program, path], { env });
    const { estimated, own, files } = JSON.parse(told.toString());
    // The file's pages can be taken back where llama.cpp has made a copy for this processor.
    expect(estimated).toBeGreaterThan(0.95 * own);
    expect(estimated).toBeLessThan(1.1 * (own + files));
  },
);
