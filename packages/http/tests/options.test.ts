import { createRuntime } from "@catenary/core";
import { expect, test } from "vitest";
import { createHttpHandler } from "../src/index.ts";
import { serveHttp } from "../src/node.ts";

test.each<readonly [object, RegExp]>([
  [{ mont: "/ai" }, /no option `mont`. Did you mean mount\?/],
  [{ mount: "ai" }, /mount to be a path such as "\/ai".*got a string/],
  [{ mount: "/ai/" }, /mount to be a path/],
  [{ keys: "canary-key" }, /keys to be an array of texts; got a string/],
  [{ keys: [5] }, /keys\[0\] to be a text.*got 5/],
  [{ keys: [""] }, /keys\[0\] expects .* an empty one/],
  [{ hosts: "evil.example" }, /hosts to be an array of names.*or "any"; got a string/],
  [{ hosts: [1] }, /hosts to be an array of names/],
  [{ origins: "https://app.example.com" }, /origins to be an array of origins; got a string/],
  [{ origins: ["https://app.example.com/path"] }, /origins\[0\] to be an origin.*without a path/],
  [{ routes: "openai" }, /routes to be an array of what is served; got a string/],
  [{ routes: ["opnai"] }, /routes\[0\] to be one of system, execution, runs, openai/],
  [{ limits: 5 }, /limits of createHttpHandler\(\) expects an object of limits; got 5/],
  [{ limits: { bodyByte: 5 } }, /no option `bodyByte`. Did you mean bodyBytes\?/],
  [{ limits: { depth: 0 } }, /depth to be a whole number above 0; got 0/],
  [{ limits: { bodyBytes: "5" } }, /bodyBytes to be a whole number above 0; got a string/],
  [{ records: {} }, /records to be a record store/],
  [{ logger: { info() {} } }, /logger to be a logger/],
  [{ ids: "x" }, /ids to be a function; got a string/],
])("createHttpHandler refuses %j", (options, words) => {
  // Safe for this test: what is wrong with it is what is tested.
  const create = () => createHttpHandler(createRuntime(), options as never);
  expect(create).toThrow(words);
  expect(create).toThrow(expect.objectContaining({ code: "http_options_invalid" }));
  expect(create).not.toThrow(/canary/);
});

test.each<readonly [object, RegExp]>([
  [{ prot: 1 }, /no option `prot`. Did you mean port\?/],
  [{ port: "x" }, /port to be a whole number between 0 and 65535; got a string/],
  [{ port: -4 }, /got -4/],
  [{ port: 70_000 }, /got 70000/],
  [{ port: 1.5 }, /got 1.5/],
  [{ host: 5 }, /host to be an address; got 5/],
  [{ host: "" }, /host to be an address; got an empty text/],
  [{ insecure: "no" }, /insecure to be true or false/],
  [{ graceMs: -1 }, /graceMs to be a number of milliseconds, 0 or above; got -1/],
  [{ maxConnections: "x" }, /maxConnections to be a whole number above 0/],
])("serveHttp refuses %j and opens nothing", async (options, words) => {
  const served = serveHttp(createHttpHandler(createRuntime(), { keys: ["k"] }), options as never);
  await expect(served).rejects.toThrow(words);
  await expect(served).rejects.toMatchObject({ code: "http_options_invalid" });
});
