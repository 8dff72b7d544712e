import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { systemClock } from "@catenary/core";
import { expect, test } from "vitest";
import { createFakeServer } from "./create-fake-server.ts";

test("a caller that leaves is heard, also where the memory was cleaned up while it waited", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const answer = async () => new Response("never");
  const server = createFakeServer({ route: answer, shape: () => new Response(), clock: systemClock });
  server.faults.next({ kind: "hang" });
  const left = new Error("the user left");
  const controller = new AbortController();
  const outcome = server("http://x.test/", { signal: controller.signal }).then(
    () => "answered",
    (error: unknown) => error,
  );
  await expect.poll(() => server.requests.length).toBe(1);
  for (let times = 0; times < 3; times++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  controller.abort(left);
  expect(await outcome).toBe(left);
});
