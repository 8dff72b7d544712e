import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { Leases } from "./leases.ts";

test("counts the calls on each backend, and over all", () => {
  const [a, b] = [scriptedBackend({ id: "a" }), scriptedBackend({ id: "b" })];
  const leases = new Leases();
  const [first, second, third] = [leases.take(a), leases.take(a), leases.take(b)];
  expect([leases.held(a), leases.held(b), leases.total]).toEqual([2, 1, 3]);
  first.release({ is: "cancelled" });
  third.release({ is: "cancelled" });
  expect([leases.held(a), leases.held(b), leases.total]).toEqual([1, 0, 1]);
  second.release({ is: "cancelled" });
  expect(leases.total).toBe(0);
});

test("gives a lease back once, however often it is released", () => {
  const backend = scriptedBackend();
  const leases = new Leases();
  const lease = leases.take(backend);
  leases.take(backend);
  lease.release({ is: "cancelled" });
  lease.release({ is: "cancelled" });
  expect(leases.held(backend)).toBe(1);
});
