import { createRuntime } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { afterEach, expect, test, vi } from "vitest";
import { openaiCompatible } from "./openai-compatible.ts";
import { vllmType } from "./vllm.ts";

afterEach(() => void vi.unstubAllGlobals());

test("under Node the models are asked for through the transport of @catenary/node", async () => {
  const agents: (string | null)[] = [];
  const fake = createFakeOpenAI();
  await using server = await serve((request) => {
    agents.push(request.headers.get("user-agent"));
    return fake(request);
  });
  const backend = openaiCompatible({ id: "x", baseUrl: `${server.url}/v1` });
  await backend.listModels();
  await openaiCompatible({ id: "x", baseUrl: `${server.url}/v1`, fetch: globalThis.fetch }).listModels();
  expect(agents).toEqual(["catenary", "node"]);
});

test("a global fetch that was replaced is used, because it wants to see every request", async () => {
  vi.stubGlobal("fetch", createFakeOpenAI({ models: ["of-the-replaced-one"] }));
  const models = await openaiCompatible({ id: "x", baseUrl: "http://127.0.0.1:1/v1" }).listModels();
  expect(models).toMatchObject([{ id: "of-the-replaced-one" }]);
});

test("a backend from a record is asked the same way, unless its runtime has a fetch of its own", async () => {
  const agents: (string | null)[] = [];
  const fake = createFakeOpenAI();
  await using server = await serve((request) => {
    agents.push(request.headers.get("user-agent"));
    return fake(request);
  });
  const record = { type: "vllm", id: "stored", baseUrl: server.url };
  await createRuntime({ backendTypes: [vllmType] })
    .openBackend(record)
    .listModels();
  await createRuntime({ backendTypes: [vllmType], fetch: globalThis.fetch })
    .openBackend(record)
    .listModels();
  expect(agents).toEqual(["catenary", "node"]);
});
