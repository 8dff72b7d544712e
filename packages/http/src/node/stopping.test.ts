import { expect, test } from "vitest";
import { Stopping } from "./stopping.ts";

test("whoever is on the list when it stops is told why, once", () => {
  const stopping = new Stopping();
  const told: unknown[] = [];
  const listener = (reason: unknown) => void told.push(reason);
  stopping.add(listener);
  stopping.stop("enough");
  stopping.stop("again");
  expect(told).toEqual(["enough"]);
});

test("whoever has left hears nothing", () => {
  const stopping = new Stopping();
  const listener = () => expect.unreachable();
  stopping.add(listener);
  stopping.remove(listener);
  stopping.stop("enough");
});

test("whoever comes later is told at once", () => {
  const stopping = new Stopping();
  stopping.stop("enough");
  const told: unknown[] = [];
  stopping.add((reason) => void told.push(reason));
  expect(told).toEqual(["enough"]);
});
