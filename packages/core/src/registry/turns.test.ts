import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

test("each change begins after the one before has ended, however it ended", async () => {
  const turns = new Turns();
  const heard: string[] = [];
  const change = (name: string, isBroken: boolean) =>
    turns.take(async () => {
      heard.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      heard.push(`${name} ends`);
      if (isBroken) throw new Error(name);
      return name;
    });
  const ends = await Promise.allSettled([change("a", false), change("b", true), change("c", false)]);
  expect(ends).toMatchObject([{ value: "a" }, { reason: { message: "b" } }, { value: "c" }]);
  expect(heard).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
});
