import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createRuntime } from "../create-runtime.ts";
import type { LogLevel } from "../surroundings/logger.ts";

test("what a backend answers after the end is told nobody", async () => {
  const list = Promise.withResolvers<readonly string[]>();
  const lines: string[] = [];
  const log = (_level: LogLevel, message: string) => void lines.push(message);
  const runtime = createRuntime({ backends: [scriptedBackend({ models: () => list.promise })], logger: { log } });
  const states = runtime.sync();
  await runtime.close();
  list.reject(new Error("the socket was closed"));
  expect((await states)[0]?.error).toBeDefined();
  expect(lines).toEqual([]);
});
