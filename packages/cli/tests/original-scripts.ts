import { expect } from "vitest";
import { partOf } from "./part-of.ts";
import type { Serving } from "./start-catenary.ts";

const GROUPS = ["internal_tasks_group", "internal_embed_group", "internal_chat_group"];

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly error?: string;
  readonly pulledModels?: readonly { readonly model: string }[];
}

/** What contenox/runtime's set-up script asks, in its order, and what it goes on with. Resolves to the backend's id. */
export async function setUp(server: Serving, ollamaUrl: string, models: readonly string[]): Promise<string> {
  expect((await server.ask("GET", "/health")).status).toBe(200);
  expect((await server.ask("GET", "/version")).body).toMatchObject({ version: expect.any(String) });
  const id = await localOllama(server, ollamaUrl);
  for (const group of GROUPS) {
    const listed = await list(server, `/backend-affinity/${group}/backends`);
    if (listed.some((backend) => backend.id === id)) continue;
    const { status } = await server.ask("POST", `/backend-affinity/${group}/backends/${id}`);
    expect([200, 201]).toContain(status);
  }
  await waitForModels(server, id, models);
  return id;
}

async function localOllama(server: Serving, ollamaUrl: string): Promise<string> {
  const known = (await list(server, "/backends")).find(({ name }) => name === "local-ollama");
  if (known !== undefined) return known.id;
  const created = await server.ask("POST", "/backends", { name: "local-ollama", baseURL: ollamaUrl, type: "ollama" });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ id: expect.any(String) });
  return String(partOf(created.body, "id"));
}

/** A list, which is nothing where it is empty. */
async function list(server: Serving, path: string): Promise<readonly Listed[]> {
  const { status, body } = await server.ask("GET", path);
  expect(status).toBe(200);
  // Safe here: what one of it lacks is looked for by what the script does next, and missed there.
  return (body ?? []) as readonly Listed[];
}

/** The script looks again whenever something comes over `/queue/inProgress`; what comes there is another test's matter. */
async function waitForModels(server: Serving, id: string, models: readonly string[]): Promise<void> {
  await expect
    .poll(
      async () => {
        const state = (await list(server, "/state")).find((one) => one.id === id);
        expect(state?.error ?? "").toBe("");
        return (state?.pulledModels ?? []).map(({ model }) => model);
      },
      { timeout: 20_000, interval: 100 },
    )
    .toEqual(expect.arrayContaining([...models]));
}
