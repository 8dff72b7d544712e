import { expect, test } from "vitest";
import { checkRoomOrder } from "./room-order.ts";

const check = (path: string, specifier: string) =>
  checkRoomOrder(new Map([[path, [{ specifier, typeOnly: true, line: 3 }]]])).map(({ message }) => message);

test("lets a room import from itself and from those before it", () => {
  expect(check("packages/core/src/hook/call-hook.ts", "./hook.ts")).toEqual([]);
  expect(check("packages/core/src/hook/remote/send.ts", "../../errors/hook-error.ts")).toEqual([]);
  expect(check("packages/core/src/create-runtime.ts", "./run/drive.ts")).toEqual([]);
});

test("refuses an import from a later room, of types too", () => {
  expect(check("packages/core/src/hook/hook.ts", "../run/drive.ts")).toEqual([
    "imports from run, which comes after hook",
  ]);
});

test("refuses clocks, models and packages in the engine", () => {
  expect(check("packages/core/src/engine/transition.ts", "../surroundings/clock.ts")).toHaveLength(1);
  expect(check("packages/core/src/engine/transition.ts", "p-retry")).toHaveLength(1);
  expect(check("packages/core/src/engine/transition.ts", "../chain/chain.ts")).toEqual([]);
});

test("refuses the modules of Node in all of core", () => {
  expect(check("packages/core/src/store/memory.ts", "node:fs")).toHaveLength(1);
});

test("refuses a file that lies in no room", () => {
  expect(check("packages/core/src/utils/things.ts", "../value/json.ts")).toHaveLength(1);
});

test("leaves other packages alone", () => {
  expect(check("packages/cli/src/main.ts", "node:fs")).toEqual([]);
});
