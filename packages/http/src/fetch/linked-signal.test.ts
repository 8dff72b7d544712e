import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { linkSignal } from "./linked-signal.ts";

test("a caller is heard who leaves after the memory of its request was cleaned up", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const caller = new AbortController();
  const link = linkSignal(new Request("http://127.0.0.1/", { signal: caller.signal }));
  for (let times = 0; times < 3; times += 1) {
    await sleep(1);
    collect();
  }
  caller.abort();
  expect(link.signal.aborted).toBe(true);
  link.unlink();
});
