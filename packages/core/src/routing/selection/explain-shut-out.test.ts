import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { routingParts } from "../../../tests/fixtures/routing-parts.ts";
import { noPlaceError } from "./explain-shut-out.ts";

test("where no call may wait, none is said to wait already", () => {
  const backend = { ...scriptedBackend({ id: "b" }), routing: { concurrency: 1, queueLength: 0 } };
  const { health } = routingParts([backend]);
  const { message } = noPlaceError([health.of(backend, "m").backend], []);
  expect(message).toContain("all places on b are taken, and no call may wait: make fewer calls at once");
});
