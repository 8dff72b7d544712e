import { expect, test } from "vitest";
import { rememberFailure } from "./remember-failure.ts";
import { WeightsError } from "./weights-error.ts";

test("a failed fetch is told again for fifteen seconds, then tried again; an abort is not remembered", async () => {
  let [calls, time] = [0, 0];
  let error: Error | undefined = new Error("the user left");
  const fetch = rememberFailure(
    async () => {
      calls += 1;
      if (error !== undefined) throw error;
      return "path";
    },
    () => time,
  );
  await expect(fetch({})).rejects.toBe(error);
  error = new WeightsError("weights_unavailable", "no network");
  await expect(fetch({})).rejects.toBe(error);
  expect(calls).toBe(2);
  time = 14_999;
  await expect(fetch({})).rejects.toBe(error);
  expect(calls).toBe(2);
  time = 15_000;
  error = undefined;
  expect(await fetch({})).toBe("path");
  expect(await fetch({})).toBe("path");
  expect(calls).toBe(4);
});
