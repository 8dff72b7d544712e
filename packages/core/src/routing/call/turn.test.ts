import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import type { RoutedCall } from "./journey.ts";
import { tryCandidates } from "./try-candidates.ts";
import type { Turn } from "./turn.ts";

test("what is told of a turn that is over goes nowhere, while another has the call", async () => {
  const slow = { ...scriptedBackend({ id: "slow" }), routing: { answerTimeoutMs: 100 } };
  const parts = routingParts([slow, scriptedBackend({ id: "next" })]);
  const calls: RoutedCall[] = [];
  const turns: Turn[] = [];
  const options = { triesLeft: 2, isCommitted: () => false, onRouted: (call: RoutedCall) => void calls.push(call) };
  const work = tryCandidates(parts, wanted(), options, async (turn) => {
    turns.push(turn);
    if (turns.length === 1) await new Promise(() => {});
    await new Promise<void>((resolve) => void parts.clock.setTimer(50, () => resolve()));
    return "answer";
  });
  await parts.clock.advance(120);
  const [late] = turns;
  expect([turns.length, late?.isOver, turns[1]?.isOver]).toEqual([2, true, false]);
  late?.used({ inputTokens: 999, outputTokens: 999 });
  late?.expectPieces();
  late?.content();
  late?.committed();
  late?.keep();
  late?.answered();
  late?.failed(new Error("too late"));
  late?.givenUp();
  await parts.clock.advance(30);
  expect(await work).toBe("answer");
  expect([late?.isKept, parts.leases.total]).toEqual([false, 0]);
  expect(calls.map(({ route, usage }) => [route.tried, usage])).toEqual([
    [
      [
        {
          backend: "slow",
          model: "scripted",
          startedAt: 0,
          durationMs: 100,
          error: { code: "model_failed", failure: "timeout", reason: "first_token" },
        },
        { backend: "next", model: "scripted", startedAt: 100, durationMs: 50 },
      ],
      undefined,
    ],
  ]);
});
