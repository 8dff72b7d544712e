import { expect, test } from "vitest";
import { createShelf, type Heavy } from "./shelf.ts";

/** Tells how often it was made and freed. */
function heavy() {
  const told = { made: 0, freed: 0 };
  const make = async (): Promise<Heavy> => {
    told.made += 1;
    return {
      async dispose() {
        told.freed += 1;
      },
    };
  };
  return { told, make };
}

test("a thing is made once for all who take it, and freed when the last gives it back, however often one does", async () => {
  const shelf = createShelf<Heavy>();
  const { told, make } = heavy();
  const [one, other] = await Promise.all([shelf.take("a", make), shelf.take("a", make)]);
  expect(one.thing).toBe(other.thing);
  await one.release();
  await one.release();
  expect(told).toEqual({ made: 1, freed: 0 });
  expect(shelf.has("a")).toBe(true);
  await other.release();
  expect(told).toEqual({ made: 1, freed: 1 });
  expect(shelf.has("a")).toBe(false);
});

test("who comes while it is being freed waits, and it is made anew", async () => {
  const shelf = createShelf<Heavy>();
  const { told, make } = heavy();
  const first = await shelf.take("a", make);
  const freeing = first.release();
  const second = await shelf.take("a", make);
  await freeing;
  expect(told).toEqual({ made: 2, freed: 1 });
  expect(second.thing).not.toBe(first.thing);
});

test("one that cannot be made fails for all who wait for it, and is tried again by the next", async () => {
  const shelf = createShelf<Heavy>();
  const failure = new Error("cut off");
  const failing = () => Promise.reject(failure);
  const takings = [shelf.take("a", failing), shelf.take("a", failing)];
  await Promise.all(takings.map((taking) => expect(taking).rejects.toBe(failure)));
  const { told, make } = heavy();
  await (await shelf.take("a", make)).release();
  expect(told).toEqual({ made: 1, freed: 1 });
});
