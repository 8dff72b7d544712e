import { expect, test } from "vitest";
import { bodyFormOf } from "./media-type.ts";

test.each([
  [undefined, "json"],
  ["", "json"],
  ["application/json", "json"],
  [' Application/JSON ; charset="utf-8" ;', "json"],
  ["application/yaml", "yaml"],
  ["application/yaml; encoding=BASE64", "yaml-base64"],
  ["application/x-yaml-base64", "yaml-base64"],
  ["application/json; encoding=base64", "json"],
  ["application/json; charset=US-ASCII", "json"],
  ["application/json; charset=utf-16", undefined],
  ["application/yaml; charset=latin1", undefined],
  ["text/plain", undefined],
  ["json", undefined],
  ["application/json, text/plain", undefined],
  ["application/json; =", undefined],
])("%j is a body as %s", (contentType, form) => {
  expect(bodyFormOf(contentType)).toBe(form);
});

test("a type that is long and none costs no more than its length", () => {
  for (const odd of [
    "application/json;".repeat(2_000),
    `application/json; a="${"\\".repeat(15_000)}`,
    "a".repeat(15_000),
  ])
    expect(["json", undefined]).toContain(bodyFormOf(odd));
});
