import { expect, test } from "vitest";
import { CatenaryError } from "../../errors/catenary-error.ts";
import { remoteHook } from "../remote-hook.ts";
import { networkError } from "./network-error.ts";

const hook = remoteHook({ url: "https://example.com/hook", headers: { authorization: "Bearer token-abc" } });

test("tells the innermost reason, without what is secret", () => {
  const error = new TypeError("fetch failed", { cause: new Error("cannot send Bearer token-abc") });
  expect(networkError(hook, "hk", error).message).toBe(
    'Hook "hk": the request to https://example.com failed: cannot send …. Check that the server runs and that the address is right.',
  );
});

test("ends where causes go round", () => {
  const error = new Error("outer");
  error.cause = new Error("inner", { cause: error });
  expect(networkError(hook, "hk", error)).toMatchObject({ failure: "network" });
});

test("what the transport refuses is told as that, and is not to be tried again", () => {
  const refusal = new CatenaryError("address_refused", "x.test (10.0.0.1) is a private address, said token-abc");
  expect(networkError(hook, "hk", refusal)).toMatchObject({
    code: "hook_failed",
    failure: "chain",
    message: expect.stringMatching(/^Hook "hk": x\.test \(10\.0\.0\.1\) is a private address, said/),
  });
});
