import { CatenaryError, InputError, RegistryError } from "@catenary/core";
import { describe, expect, test } from "vitest";
import type { Operation } from "../route.ts";
import { errorReply } from "./error-reply.ts";
import { HttpError } from "./http-error.ts";

const OPERATIONS: readonly Operation[] = ["create", "update", "get", "list", "delete", "server"];

describe("the status of an error", () => {
  test("is the one that it says by itself", () => {
    for (const operation of OPERATIONS) {
      const statusOf = (error: unknown) => errorReply(error, operation).status;
      const ofRegistry = (code: ConstructorParameters<typeof RegistryError>[0]) =>
        statusOf(new RegistryError(code, "x", { noun: "backend", id: "a" }));
      expect(statusOf(new HttpError(413, "x"))).toBe(413);
      expect(ofRegistry("not_found")).toBe(404);
      expect(ofRegistry("already_exists")).toBe(409);
      expect(ofRegistry("invalid_entry")).toBe(422);
      expect(ofRegistry("internal_entry")).toBe(403);
      expect(statusOf(new TypeError("x"))).toBe(500);
      expect(statusOf(undefined)).toBe(500);
    }
  });

  test("is that of what was asked for where it says none", () => {
    const statuses = OPERATIONS.map((operation) => errorReply(new CatenaryError("odd", "x"), operation).status);
    expect(statuses).toEqual([422, 422, 404, 404, 404, 500]);
  });

  test("is that of a body where an input is none", () => {
    expect(errorReply(new InputError("x"), "create").status).toBe(422);
    expect(errorReply(new InputError("x"), "server").status).toBe(400);
  });
});

test("the body says what goes with the status, and what the error adds", () => {
  expect(errorReply(new HttpError(404, "no chain a"), "get")).toEqual({
    status: 404,
    json: { error: { message: "no chain a", type: "invalid_request_error", code: "not_found" } },
    headers: {},
  });
  expect(errorReply(new HttpError(404, "x", { param: "model", code: "model_not_found" }), "get").json).toEqual({
    error: { message: "x", type: "invalid_request_error", param: "model", code: "model_not_found" },
  });
  expect(errorReply(new HttpError(502, "x"), "server").json).toMatchObject({
    error: { type: "api_error", code: "unknown_error" },
  });
});

test("what looks like a key is not told, and what nobody meant to throw neither", () => {
  const told = [new CatenaryError("odd", "got Bearer sk-abcdef123456"), new Error("hunter2")].map((error) =>
    JSON.stringify(errorReply(error, "server")),
  );
  expect(told.join()).not.toMatch(/sk-abcdef123456|hunter2/);
});

test("where the server keeps what it keeps is told by no error of its store, whichever way it failed", () => {
  const told = [
    ["database_busy", 503],
    ["database_full", 503],
    ["database_readonly", 503],
    ["database_failed", 500],
    ["database_corrupt", 500],
    ["database_closed", 500],
    ["path_refused", 500],
    ["not_catenary", 500],
    ["format_newer", 500],
  ] as const;
  for (const [code, status] of told) {
    const thrown = new CatenaryError(code, "the database /srv/secret/catenary.db: SQLite says no");
    for (const operation of OPERATIONS) {
      const reply = errorReply(thrown, operation);
      expect(reply).toMatchObject({ status, json: { error: { type: "api_error", code } } });
      expect(JSON.stringify(reply)).not.toMatch(/srv|SQLite/);
    }
  }
});
