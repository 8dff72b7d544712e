import { expect, test } from "vitest";
import { below, leadsDown, passedOver } from "./ladder.ts";

test("the ways lead from native over a tool to the prompt", () => {
  expect([below("native"), below("tool"), below("prompt")]).toEqual(["tool", "prompt", undefined]);
});

test("the ways between what was wanted and what was taken were passed over", () => {
  expect(passedOver("native", "prompt")).toEqual(["native", "tool"]);
  expect(passedOver("tool", "tool")).toEqual([]);
});

test("a refusal may be because of the way, and of the plainest way it is not", () => {
  expect(leadsDown("native", "bad_request")).toBe(true);
  expect(leadsDown("tool", "server_error")).toBe(true);
  expect(leadsDown("prompt", "bad_request")).toBe(false);
  expect(leadsDown("native", "auth")).toBe(false);
  expect(leadsDown("native", "unavailable")).toBe(false);
});
