import { afterEach, expect, test, vi } from "vitest";
import { systemFetch } from "./fetch.ts";
import { systemIds } from "./ids.ts";
import { silentLogger } from "./logger.ts";
import { systemRandom } from "./random.ts";
import { yieldToHost } from "./yield-to-host.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("ids are unique texts", () => {
  const ids = Array.from({ length: 1000 }, systemIds);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every((id) => typeof id === "string" && id.length > 16)).toBe(true);
});

test("random numbers are at least 0 and below 1", () => {
  for (let draw = 0; draw < 1000; draw++) {
    const number = systemRandom();
    expect(number >= 0 && number < 1).toBe(true);
  }
});

test("the global fetch is looked up at each call, so that one that replaces it is used", async () => {
  const replaced = vi.fn(async () => new Response("replaced"));
  vi.stubGlobal("fetch", replaced);
  const response = await systemFetch("http://example.test/", { method: "POST" });
  expect(await response.text()).toBe("replaced");
  expect(replaced).toHaveBeenCalledWith("http://example.test/", { method: "POST" });
});

test("the silent logger takes everything and says nothing", () => {
  expect(silentLogger.log("error", "message", { field: 1 })).toBeUndefined();
});

test("yielding lets a timer of the host have its turn", async () => {
  let hadTurn = false;
  setTimeout(() => {
    hadTurn = true;
  }, 0);
  await yieldToHost();
  expect(hadTurn).toBe(true);
});
