import { expect } from "vitest";
import type { Serving } from "./start-catenary.ts";

const GROUPS = ["internal_tasks_group", "internal_embed_group", "internal_chat_group"];

interface Listed {
  readonly id: string;
  readonly name: string;
}

/** What contenox/runtime's set-up script asks, in its order, and what it goes on with. Resolves to the backend's id. */
export async function setUp(server: Serving, ollamaUrl: string, models: readonly string[]): Promise<string> {
  expect((await server.ask("GET", "/health")).status).toBe(200);
  expect(typeof (await server.ask("GET", "/version")).body.version).toBe("string");
  const id = await localOllama(server, ollamaUrl);
  for (const group of GROUPS) {
    const listed = await server.ask("GET", `/backend-affinity/${group}/backends`);
    expect(listed.status).toBe(200);
    if (listed.body.some((backend: Listed) => backend.id === id)) continue;
    const { status } = await server.ask("POST", `/backend-affinity/${group}/backends/${id}`);
    expect([200, 201]).toContain(status);
  }
  await waitForModels(server, id, models);
  return id;
}

async function localOllama(server: Serving, ollamaUrl: string): Promise<string> {
  const listed = await server.ask("GET", "/backends");
  expect(listed.status).toBe(200);
  const known = (listed.body ?? []).find(({ name }: Listed) => name === "local-ollama");
  if (known !== undefined) return known.id;
  const created = await server.ask("POST", "/backends", { name: "local-ollama", baseURL: ollamaUrl, type: "ollama" });
  expect(created.status).toBe(201);
  expect(created.body.id).toEqual(expect.any(String));
  return created.body.id;
}

/** The script looks again whenever something comes over `/queue/inProgress`; what comes there is another test's matter. */
async function waitForModels(server: Serving, id: string, models: readonly string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const { body } = await server.ask("GET", "/state");
        const state = body.find((one: Listed) => one.id === id);
        expect(state?.error ?? "").toBe("");
        return (state?.pulledModels ?? []).map(({ model }: { readonly model: string }) => model);
      },
      { timeout: 20_000, interval: 100 },
    )
    .toEqual(expect.arrayContaining([...models]));
}
