import { expect, test } from "vitest";
import { hideSecrets, showAddress } from "./hide-secrets.ts";

const hide = (text: string) =>
  hideSecrets({
    url: "https://ann:p%40ssword@example.com/hook/T0123456789ABCDEF?key=k3y-value&v=1",
    headers: { Authorization: "Bearer token-abc", "Content-Type": "application/json", "X-Tiny": "no" },
  })(text);

test("hides header values, with and without their scheme", () => {
  expect(hide("Bearer token-abc; token-abc")).toBe("…; …");
});

test("hides the password of the address, encoded or not, and its query", () => {
  expect(hide("p%40ssword p@ssword key=k3y-value&v=1 k3y-value")).toBe("… … … …");
});

test("hides the header that is made of the user and the password", () => {
  const basic = btoa("ann:p@ssword");
  expect(hide(`you sent Basic ${basic}, that is ${basic}`)).toBe("you sent …, that is …");
});

test("hides a key in the path, and no ordinary word of it", () => {
  expect(hide("/hook/T0123456789ABCDEF")).toBe("/hook/…");
});

test("leaves harmless and very short values readable", () => {
  expect(hide("expected application/json, no body")).toBe("expected application/json, no body");
});

test("hides what looks like a key and was not configured", () => {
  expect(hide("we know you as sk-0123456789abcdef")).toBe("we know you as …");
});

test("needs no address that can be read", () => {
  expect(hideSecrets({ url: "nowhere", headers: { "x-api-key": "k3y-value" } })("k3y-value at nowhere")).toBe(
    "… at nowhere",
  );
  expect(hideSecrets({ headers: { "x-api-key": "k3y-value" } })("k3y-value")).toBe("…");
});

test("hides what it is told is secret, with and without a scheme before it", () => {
  expect(hideSecrets({ secrets: ["accept-1234", "Bearer token-abc", "", "x"] })("accept-1234 token-abc x")).toBe(
    "… … x",
  );
});

test("takes headers that are no texts", () => {
  // Safe: the point is settings that are not written in TypeScript.
  const headers = { "x-api-key": 123456, "x-none": undefined } as unknown as Record<string, string>;
  expect(hideSecrets({ headers })("sent 123456")).toBe("sent …");
});

test.each([
  ["http://127.0.0.1:11434", "http://127.0.0.1:11434"],
  ["https://gateway.a-long-name.example.com/openai/v1", "https://gateway.a-long-name.example.com/openai/v1"],
  ["https://ann:secret@host/canary0123456789abcdef/v1?key=canary", "https://…@host/…/v1"],
  ["htp://ann:secret@host/canary0123456789abcdef", "htp://…@host/…"],
  ["host without a scheme/canary0123456789abcdef", "host without a scheme/…"],
])("shows of the address %s what is no secret", (address, shown) => {
  expect(showAddress(address)).toBe(shown);
});
