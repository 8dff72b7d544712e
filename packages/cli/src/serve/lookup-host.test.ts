import type { LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import { expect, test } from "vitest";
import { lookupHost } from "./lookup-host.ts";

const failing =
  (code: string): LookupFunction =>
  (_name, _options, done) =>
    done(Object.assign(new Error(code), { code }), "");

function found(resolve: LookupFunction, name: string, options: LookupOptions = {}): Promise<unknown> {
  return new Promise((settle) => {
    lookupHost(resolve)(name, options, (error, address, family) => settle(error?.code ?? [address, family]));
  });
}

test("the machine that containers run on is this one where nobody else knows it", async () => {
  for (const code of ["ENOTFOUND", "EAI_AGAIN"])
    expect(await found(failing(code), "Host.Docker.Internal")).toEqual(["127.0.0.1", 4]);
  expect(await found(failing("ENOTFOUND"), "host.docker.internal", { all: true })).toEqual([
    [{ address: "127.0.0.1", family: 4 }],
    undefined,
  ]);
});

test("in a container it is what the container says, and other names are nobody's but their own", async () => {
  const known: LookupFunction = (_name, _options, done) => done(null, "172.17.0.1", 4);
  expect(await found(known, "host.docker.internal")).toEqual(["172.17.0.1", 4]);
  expect(await found(failing("ENOTFOUND"), "ollama")).toBe("ENOTFOUND");
  expect(await found(failing("EPERM"), "host.docker.internal")).toBe("EPERM");
});
