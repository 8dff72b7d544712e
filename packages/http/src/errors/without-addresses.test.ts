import { createRuntime } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { withoutAddresses } from "./without-addresses.ts";

test.each([
  ["10.0.0.1/v1 answered with status 500: sulking", "near answered with status 500: sulking"],
  ["nothing answers on 10.0.0.1:8080: is it running?", "nothing answers on far: is it running?"],
  ["Ollama at http://10.0.0.1:8080 has no model m", "Ollama at far has no model m"],
  ["check http://10.0.0.1/v1/models.", "check near/models."],
  ["10.0.0.1:80800 and 110.0.0.1 are others", "10.0.0.1:80800 and 110.0.0.1 are others"],
  ["nobody", "nobody"],
])("%s becomes %s", async (message, told) => {
  const near = { ...scriptedBackend({ id: "1" }), name: "near", baseUrl: "http://10.0.0.1:80/v1/" };
  const far = { ...scriptedBackend({ id: "far" }), baseUrl: "http://10.0.0.1:8080" };
  await using runtime = createRuntime({ backends: [near, far] });
  expect(withoutAddresses(runtime, message)).toBe(told);
});
