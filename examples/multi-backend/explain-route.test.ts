import { expect, test } from "vitest";
import { explainRoute } from "./explain-route.ts";

test("a call that went where it was sent is told in three words", () => {
  const tried = [{ backend: "gpu-1", model: "m" }];
  expect(explainRoute({ policy: "auto", tried, dropped: [] })).toBe("auto chose");
});

test("who failed, who was left out, what was ignored, the wait, the policy and the group are told, each once", () => {
  const error = { code: "model_failed", failure: "timeout" };
  const route = {
    policy: "ordered",
    group: "house",
    failOpen: true,
    queuedMs: 12.4,
    tried: [
      { backend: "gpu-1", model: "m", status: 503, error: { code: "model_failed", failure: "server_error" } },
      { backend: "gpu-2", model: "m", error: { ...error, reason: "first_token" } },
      { backend: "gpu-3", model: "m", error },
      { backend: "gpu-4", model: "m" },
    ],
    dropped: [
      { backend: "gpu-2", model: "m", stage: "available", why: "all its places are taken (2)" },
      { backend: "hosted", model: "a", stage: "tier", why: "a nearer tier takes the call" },
      { backend: "hosted", model: "b", stage: "tier", why: "a nearer tier takes the call" },
    ],
  };
  expect(explainRoute(route)).toBe(
    "gpu-1 failed (503); gpu-2 failed (first_token); gpu-3 failed (timeout); hosted left out: a nearer tier takes the call; " +
      "nobody was well, so all were asked; waited 12 ms for a place; ordered chose in house",
  );
});
