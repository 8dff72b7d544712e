import { expect, test } from "vitest";
import { isThisMachine } from "./is-this-machine.ts";

test.each(["localhost", "127.0.0.1", "127.8.9.255", "::1", "::ffff:127.0.0.1"])(
  "only this machine reaches %s",
  (host) => {
    expect(isThisMachine(host)).toBe(true);
  },
);

test.each(["0.0.0.0", "::", "", "10.0.0.1", "128.0.0.1", "127.0.0.256", "example.com", "localhost.example.com"])(
  "others may reach %j",
  (host) => {
    expect(isThisMachine(host)).toBe(false);
  },
);
