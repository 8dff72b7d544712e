import { describe, expect, test } from "vitest";
import { customHandler } from "./custom-handler.ts";
import type { Handler, HandlerContext, HandlerResult } from "./handler.ts";

// Safe: the handlers of these tests do not look at their context, and the task has no schema.
const context = { task: {} } as HandlerContext;

function execute(result: HandlerResult | Promise<HandlerResult>): HandlerResult | Promise<HandlerResult> {
  return customHandler("mine", { execute: () => result }).handler.execute(context);
}

const done: HandlerResult = { output: { type: "string", value: "x" }, outcome: "ok" };

describe("what a handler returns", () => {
  test("at once is passed on at once, so that it costs no turn of the event loop", () => {
    expect(execute(done)).toEqual(done);
  });

  test("later is passed on later", async () => {
    const later = execute(Promise.resolve(done));
    expect(later).toBeInstanceOf(Promise);
    expect(await later).toEqual(done);
  });

  test("may have an outcome with all its forms, and no others", () => {
    const outcome = { text: "7.00", transition: "true", number: 7.004 };
    expect(execute({ ...done, outcome: { ...outcome, ...{ other: 1 } } })).toEqual({ ...done, outcome });
  });

  test("is given on as its type says", () => {
    const output = { type: "json" as const, value: { kept: 1 } };
    expect(execute({ ...done, output })).toEqual({ ...done, output });
    expect(execute({ ...done, output: { type: "int", value: "7" } })).toMatchObject({
      output: { type: "int", value: 7 },
    });
  });
});

test("a handler without a description takes any input and gives any output", () => {
  const handler: Handler = { execute: () => done };
  expect(customHandler("mine", handler).spec).toEqual({ name: "mine", fields: [], required: [], output: "any" });
});

test("a handler's own description stands, under the name that chains use", () => {
  const handler: Handler = { spec: { fields: ["print"], required: [], output: "int" }, execute: () => done };
  expect(customHandler("mine", handler).spec).toEqual({ name: "mine", fields: ["print"], required: [], output: "int" });
});

test("a handler keeps its this", () => {
  class Counter implements Handler {
    count = 0;
    execute(): HandlerResult {
      this.count++;
      return { output: { type: "int", value: this.count }, outcome: "ok" };
    }
  }
  expect(customHandler("mine", new Counter()).handler.execute(context)).toMatchObject({ output: { value: 1 } });
});
