import { expect, test } from "vitest";
import { linkSignals } from "./link-signals.ts";

test("is aborted with the reason of the first signal that is, and of none after it was unlinked", () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const linked = linkSignals(one.signal, undefined, other.signal);
  other.abort("gone");
  one.abort("later");
  expect(linked.signal.reason).toBe("gone");
  const late = new AbortController();
  const unlinked = linkSignals(late.signal);
  unlinked.unlink();
  late.abort();
  expect(unlinked.signal.aborted).toBe(false);
});

test("is aborted from the start where one of them is", () => {
  expect(linkSignals(undefined, AbortSignal.abort("before")).signal.reason).toBe("before");
});
