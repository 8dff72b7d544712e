import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createFakeOllama } from "./fake-ollama.ts";
import { toMswHandlers } from "./to-msw-handlers.ts";

const fake = createFakeOllama();
const server = setupServer(...toMswHandlers(fake, "http://models.example/"));
beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());

it("lets the platform's fetch meet a fake server at an address of its own", async () => {
  expect(await (await fetch("http://models.example")).text()).toBe("Ollama is running");
  const response = await fetch("http://models.example/api/chat", {
    method: "POST",
    body: JSON.stringify({ model: "llama3.2", messages: [{ role: "user", content: "one two" }] }),
  });
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  expect((await response.text()).trim().split("\n")).toHaveLength(8);
  expect(fake.requests.map((request) => request.path)).toEqual(["/", "/api/chat"]);
});

it("does not meet anything else", async () => {
  // msw says on the console what it refused.
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  await expect(fetch("http://other.example/")).rejects.toThrow();
  expect(said).toHaveBeenCalledOnce();
});
