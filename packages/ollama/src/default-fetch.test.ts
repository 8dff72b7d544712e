import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { expect, it } from "vitest";
import { ollama } from "./ollama.ts";

it("sends through the transport of @catenary/node under Node, unless it is given another fetch", async () => {
  const agents: (string | null)[] = [];
  const fake = createFakeOllama({ models: [] });
  await using server = await serve((request) => {
    agents.push(request.headers.get("user-agent"));
    return fake(request);
  });
  await ollama({ baseUrl: server.url }).listModels();
  await ollama({ baseUrl: server.url, fetch: globalThis.fetch }).listModels();
  expect(agents).toEqual(["catenary", "node"]);
});

it("goes to no link-local address, such as that of a cloud's metadata", async () => {
  await expect(ollama({ baseUrl: "http://169.254.169.254" }).listModels()).rejects.toMatchObject({
    code: "address_refused",
  });
});
