import { createVirtualClock } from "@catenary/testing";
import { expect, test } from "vitest";
import { CatenaryError } from "../../errors/catenary-error.ts";
import { CallWatch } from "./call-watch.ts";
import type { Interruption } from "./interruption.ts";

test("what is thrown when the time is over ends the call, and does not escape from the timer", async () => {
  const clock = createVirtualClock();
  const interruptions: Interruption[] = [];
  const mistake = new Error("nobody knows");
  const watch = new CallWatch({
    clock,
    signal: undefined,
    owner: undefined,
    deadlineAt: Number.POSITIVE_INFINITY,
    call: {
      hasOthers() {
        throw mistake;
      },
      toError: () => new CatenaryError("late", "too late"),
      interrupted: (interruption) => void interruptions.push(interruption),
    },
  });
  watch.begin({ firstTokenMs: 0, idleMs: 0, progressMs: 0, answerMs: 100 });
  const guarded = watch.guard(new Promise(() => {}));
  const failed = expect(guarded).rejects.toBe(mistake);
  await clock.advance(100);
  await failed;
  expect(interruptions).toEqual([{ by: "caller", reason: mistake }]);
  expect([watch.isOver, clock.pending]).toEqual([true, 0]);
});
