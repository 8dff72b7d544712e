import { ollamaType } from "@catenary/ollama";
import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo, textAt } from "../fixtures/talk-to.ts";

const hook = { name: "h", endpointUrl: "http://h.test", method: "POST", timeoutMs: 9, protocolType: "openai" };

test.for([
  ["/backends", { name: "b", baseUrl: "http://b.test", type: "ollama" }],
  ["/groups", { name: "g", purposeType: "p" }],
  ["/models", { model: "m", contextLength: 5, canChat: true }],
  ["/hooks/remote", hook],
] as const)(
  "what %s does not read has to be of its type all the same, and what was told can be sent back",
  async ([path, body]) => {
    await using served = await serveRuntime({ runtime: { backendTypes: [ollamaType] } });
    const talk = talkTo(served.url);
    const created = await talk(`POST ${path}`, { ...body, createdAt: "0001-01-01T00:00:00Z" });
    expect(created.status).toBe(201);
    const place = `${path}/${textAt(created.body, "id")}`;
    expect((await talk(`PUT ${place}`, created.body)).status).toBe(200);
    for (const part of [{ id: 5 }, { createdAt: "bogus" }, { updatedAt: 7 }])
      for (const request of [`POST ${path}`, `PUT ${place}`])
        expect(await talk(request, { ...body, ...part })).toMatchObject({
          status: 422,
          body: { error: { param: Object.keys(part)[0] } },
        });
  },
);
