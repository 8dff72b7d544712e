import { expect, test } from "vitest";
import { createTicks } from "./ticks.ts";

test("each tick is later than the one before, while the clock stands, goes back, and goes on", () => {
  let now = 5;
  const tick = createTicks(() => now);
  const ticks = [tick(), tick()];
  now = 4;
  ticks.push(tick());
  now = 6.7;
  ticks.push(tick());
  expect(ticks).toEqual([5000, 5001, 5002, 6000]);
});
