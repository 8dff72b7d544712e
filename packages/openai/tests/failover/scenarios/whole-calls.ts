import { defineChain } from "@catenary/core";
import { expect } from "vitest";
import { isRead } from "../ask.ts";
import { expectAnswer, expectTried, type Scenario } from "../scenario.ts";

/** A model that gets an answer of its own to go on with refuses. Nobody is to send it one. */
export const prefillRejected: Scenario = {
  name: "a fallback that rejects assistant prefill",
  async play(arena) {
    const { primary, fallback } = arena;
    primary.next({ kind: "interrupt", afterWords: 2, by: "break" });
    const outcome = await arena.ask("Name four colours.");
    if (isRead(arena.way)) {
      expect(outcome.read).toBe("red green");
      expect(outcome.error?.failure).toBe("network");
      expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
      // The next run asks anew, whatever was read of this one.
      primary.next({ kind: "interrupt", afterWords: 0, by: "break" });
      expectAnswer(await arena.ask("Name four colours."), arena, fallback);
    } else expectAnswer(outcome, arena, fallback);
    expect(fallback.asked.map(messagesOf)).toEqual([[{ role: "user", content: "Name four colours." }]]);
  },
};

/** Where a task allows it, another model begins anew, and whoever reads is told so. It is not sent what the first one wrote. */
export const restarted: Scenario = {
  name: "a fallback that rejects assistant prefill, and begins anew",
  ways: ["streamed"],
  async play(arena) {
    const { primary, fallback, runtime } = arena;
    primary.next({ kind: "interrupt", afterWords: 2, by: "break" });
    const seen: string[] = [];
    const run = runtime.start(RESTARTING, "Name four colours.");
    for await (const event of run.events()) {
      if (event.kind === "step_delta") seen.push(event.text);
      if (event.kind === "step_reset") seen.push("reset");
      arena.hasRead(seen.join(""));
    }
    expect(seen.join("")).toBe(`red greenreset${fallback.words}`);
    expect(await run.result()).toMatchObject({ status: "ok", output: fallback.words });
    expect(fallback.asked.map(messagesOf)).toEqual([[{ role: "user", content: "Name four colours." }]]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

const RESTARTING = defineChain({
  id: "restarting",
  input: "string",
  tasks: { say: { handler: "raw_string", promptTemplate: "{{.input}}", restart: true } },
});

export const flapping: Scenario = {
  name: "a flapping backend and 20 requests",
  async play(arena) {
    const { primary, fallback } = arena;
    for (let turn = 0; turn < 20; turn += 1) primary.next({ kind: "status", status: 500 }, undefined);
    const answers = new Set<string | undefined>();
    for (let turn = 0; turn < 20; turn += 1) {
      const { text, read } = await arena.ask();
      if (isRead(arena.way)) expect(read).toBe(text);
      answers.add(text);
    }
    expect([...answers].sort()).toEqual([fallback.words, primary.words].sort());
    const counts = arena.counts();
    // Half of ten calls failed, and the breaker opened. It may let one through since, where the machine is slow.
    expect(counts.primary).toBeGreaterThanOrEqual(10);
    expect(counts.primary).toBeLessThanOrEqual(12);
    expect(counts.primary + counts.fallback).toBeLessThanOrEqual(26);
  },
};

export const accounting: Scenario = {
  name: "accounting after a fallback",
  async play(arena) {
    const { primary, fallback } = arena;
    // For a model of the AI SDK an answer of nothing is one too.
    const isAnswer = arena.way === "router";
    if (isAnswer) primary.next({ kind: "status", status: 500 });
    else primary.reply({ content: "", promptTokens: 100, answerTokens: 50 });
    fallback.reply({ content: fallback.words, promptTokens: 7, answerTokens: 4 });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, fallback);
    expect(outcome.usage).toMatchObject({ inputTokens: 7, outputTokens: 4 });
    expectTried(outcome, arena, ["primary", isAnswer ? "server_error" : "reply"], ["fallback"]);
    expect(outcome.route?.tried.map(({ usage }) => usage ?? {})).toMatchObject([
      isAnswer ? {} : { inputTokens: 100, outputTokens: 50 },
      { inputTokens: 7, outputTokens: 4 },
    ]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

function messagesOf({ body }: { readonly body?: unknown }): unknown {
  return typeof body === "object" && body !== null && "messages" in body ? body.messages : undefined;
}
