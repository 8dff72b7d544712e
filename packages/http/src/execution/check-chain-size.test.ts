import { expect, test } from "vitest";
import { checkChainSize } from "./check-chain-size.ts";

const tooLarge = expect.objectContaining({ status: 413 });

test("everything counts: the chain, its tasks, their branches, every field and item", () => {
  // The chain, its id, the list, two tasks, and in each its id.
  const chain = { id: "c", tasks: [{ id: "a" }, { id: "b" }] };
  expect(() => checkChainSize(chain, 7)).not.toThrow();
  expect(() => checkChainSize(chain, 6)).toThrow(tooLarge);
  expect(() => checkChainSize({ id: "c", tasks: [{ ...chain.tasks[0], more: { deep: [null] } }] }, 7)).toThrow(
    tooLarge,
  );
});

test("no more is looked at than what decides", () => {
  let seen = 0;
  const items = new Proxy(
    Array.from({ length: 1_000 }, () => 0),
    {
      get(target, key, receiver) {
        if (/^\d+$/.test(String(key))) seen++;
        return Reflect.get(target, key, receiver);
      },
    },
  );
  expect(() => checkChainSize([[1, 2, 3], items], 4)).toThrow(tooLarge);
  expect(seen).toBe(0);
});
