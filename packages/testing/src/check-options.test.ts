import { CatenaryError } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { scriptedBackend } from "./scripted/scripted-backend.ts";
import { standIn } from "./stand-in/stand-in.ts";
import { createVirtualClock } from "./virtual-clock.ts";

describe("settings that there are not are refused, with the one that was meant,", () => {
  test.each<[string, () => unknown, string]>([
    // @ts-expect-error There is no such setting.
    ["by scriptedBackend()", () => scriptedBackend({ replys: [] }), 'scriptedBackend() has no option "replys"'],
    // @ts-expect-error As above.
    ["by standIn()", () => standIn({ wordDelay: 5 }), 'standIn() has no option "wordDelay"'],
    // @ts-expect-error As above.
    ["by createVirtualClock()", () => createVirtualClock({ noww: 5 }), 'createVirtualClock() has no option "noww"'],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(CatenaryError);
    expect(make).toThrow(message);
    expect(make).toThrow("Did you mean");
  });

  test("and so is what is no object", () => {
    // @ts-expect-error A program in JavaScript may give it.
    expect(() => createVirtualClock(5)).toThrow("the options of createVirtualClock() are an object; got 5");
  });
});
