import { createRuntime } from "@catenary/core";
import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import type { Logger } from "../src/surroundings/logger.ts";
import { chainOf } from "./fixtures/chain-of.ts";

const unhandled = vi.fn();
process.on("unhandledRejection", unhandled);
afterAll(() => void process.off("unhandledRejection", unhandled));

afterEach(() => {
  unhandled.mockClear();
});

function failure(): never {
  throw new Error("the disk is full");
}

/** One that throws, and one that rejects: an `async log` has the type of a logger too. */
const LOGGERS: readonly (readonly [string, () => Logger])[] = [
  ["throws", () => ({ log: vi.fn(failure) })],
  ["rejects", () => ({ log: vi.fn(async () => failure()) })],
];

/** A rejection that nobody handles is told after the turn in which it happened. */
async function expectNothingUnhandled(logger: Logger) {
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(logger.log).toHaveBeenCalled();
  expect(unhandled).not.toHaveBeenCalled();
}

test.each(LOGGERS)("calls and runs are answered although the logger %s", async (_how, make) => {
  const logger = make();
  const backends = [scriptedBackend({ models: ["tiny"], replies: () => "yes" })];
  await using runtime = createRuntime({ backends, logger });
  expect((await runtime.prompt("hello")).text).toBe("yes");
  const chain = chainOf({ handler: "raw_string", prompt_template: "{{.input}}" });
  expect((await runtime.run(chain, "hello")).output).toBe("yes");
  expect((await runtime.sync()).length).toBe(1);
  await expectNothingUnhandled(logger);
});

test.each(LOGGERS)(
  "a backend that does not answer fails the call and nothing else although the logger %s",
  async (_how, make) => {
    const logger = make();
    const silent = { ...scriptedBackend({ id: "silent" }), listModels: async () => failure() };
    await using runtime = createRuntime({ backends: [silent], logger });
    await expect(runtime.prompt("hello")).rejects.toMatchObject({ code: "no_candidate" });
    await expectNothingUnhandled(logger);
  },
);

test.each(LOGGERS)("downloads come to their end although the logger %s", async (_how, make) => {
  const logger = make();
  const models = ["tiny"];
  const backend = {
    ...scriptedBackend({ id: "puller", models: async () => models }),
    pullModel: async (model: string) => {
      models.push(model);
    },
  };
  await using runtime = createRuntime({ backends: [backend], logger });
  const { id } = runtime.downloads.create({ backend: "puller", model: "large" });
  expect((await runtime.downloads.wait(id)).state).toBe("completed");
  await expectNothingUnhandled(logger);
});

test.each(LOGGERS)("a policy that fails is replaced although the logger %s", async (_how, make) => {
  const logger = make();
  const backends = ["a", "b"].map((id) => scriptedBackend({ id, models: ["tiny"], replies: () => "yes" }));
  const policies = [{ name: "broken", choose: failure }];
  await using runtime = createRuntime({ backends, policies, logger, defaults: { policy: "broken" } });
  expect((await runtime.prompt("hello")).text).toBe("yes");
  expect((await runtime.prompt("hello")).text).toBe("yes");
  await expectNothingUnhandled(logger);
});

test.each(LOGGERS)("the runtime goes on synchronising although the logger %s", async (_how, make) => {
  const logger = make();
  const clock = createVirtualClock();
  let asked = 0;
  const models = async () => {
    asked++;
    return failure();
  };
  await using _runtime = createRuntime({ backends: [scriptedBackend({ models })], logger, clock, syncEveryMs: 1_000 });
  await clock.advance(3_500);
  expect(asked).toBeGreaterThanOrEqual(3);
  await expectNothingUnhandled(logger);
});
