import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("changes follow each other, whether those before them succeed or fail", async () => {
  const inTurn = createTurns();
  const log: string[] = [];
  const change = (name: string, fails = false) =>
    inTurn(async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([change("a"), change("b", true), change("c")]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});
