import { expect, test } from "vitest";
import { checkBaseUrl } from "./check-base-url.ts";

const EXAMPLE = "http://127.0.0.1:1234/v1";

test.each([
  ["http://x.test/v1/", "http://x.test/v1"],
  ["https://x.test", "https://x.test"],
])("%s is an address", (given, address) => {
  expect(checkBaseUrl(given, EXAMPLE)).toBe(address);
});

test.each<readonly [string | undefined, string]>([
  [undefined, `such as ${EXAMPLE}, got nothing`],
  ["x.test/v1", 'got "x.test/v1"'],
  ["ftp://ann:s3cret@x.test/canary0123456789abcdef", 'got "ftp://…@x.test/…"'],
  ["http://ann:s3cret@x.test", "must not carry a user name or password"],
  ["http://x.test/v1?key=s3cret", "must end with its path"],
])("%s is refused, and nothing secret of it is told", (given, words) => {
  const check = () => checkBaseUrl(given, EXAMPLE);
  expect(check).toThrow(expect.objectContaining({ code: "settings_invalid" }));
  expect(check).toThrow(words);
  expect(check).not.toThrow(/s3cret|canary/);
});
