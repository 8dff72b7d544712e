import { createRuntime, parseChain } from "@catenary/core";
import { expect, test } from "vitest";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo } from "../fixtures/talk-to.ts";

const task = { id: "n", handler: "noop", transition: { branches: [{ operator: "default", goto: "end" }] } };
const written = {
  id: "c",
  debug: false,
  description: "",
  tasks: [
    {
      id: "n",
      description: "",
      handler: "noop",
      prompt_template: "",
      transition: { on_failure: "", branches: [{ operator: "default", when: "", goto: "end" }] },
    },
  ],
  token_limit: 0,
};

test("a chain is kept, told with every field, replaced, and removed", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  expect(await talk("POST /taskchains", { ID: "c", Tasks: [task] })).toMatchObject({ status: 201, body: written });
  expect((await talk("GET /taskchains/c")).body).toEqual(written);
  expect((await talk("PUT /taskchains/c", { tasks: [task], description: "new" })).body).toMatchObject({
    description: "new",
  });
  expect((await talk("GET /taskchains")).body).toEqual([{ ...written, description: "new" }]);
  expect(await talk("DELETE /taskchains/c")).toMatchObject({ status: 200, body: "task chain c deleted" });
  for (const request of ["GET /taskchains/c", "DELETE /taskchains/c"]) expect((await talk(request)).status).toBe(404);
  expect((await talk("PUT /taskchains/c", { tasks: [task] })).status).toBe(404);
});

test("a chain may be written in YAML", async () => {
  await using served = await serveRuntime();
  const text =
    "id: c\ntasks:\n  - id: n\n    handler: noop\n    transition: { branches: [{ operator: default, goto: end }] }\n";
  const answered = await talkTo(served.url)("POST /taskchains", text, { "content-type": "application/yaml" });
  expect(answered).toMatchObject({ status: 201, body: written });
});

test("a chain that cannot run is kept, says what is wrong with it, and is not run", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const broken = {
    id: "b",
    tasks: [{ ...task, transition: { branches: [{ operator: "default", goto: "nowhere" }] } }],
  };
  const created = await talk("POST /taskchains", broken);
  expect(created).toMatchObject({
    status: 201,
    body: {
      tasks: [{ transition: { branches: [{ goto: "nowhere" }] } }],
      findings: [{ severity: "error", code: "unknown_target", path: "$.tasks[0].transition.branches[0].goto" }],
    },
  });
  expect((await talk("GET /taskchains/b")).body).toEqual(created.body);
  const asked = await talk("POST /openai/b/v1/chat/completions", { messages: [{ role: "user", content: "x" }] });
  expect(asked.status).toBeGreaterThanOrEqual(400);
  expect(asked.status).toBeLessThan(500);
});

test("a chain that is broken or mended by a change is no longer, or again, one that runs", async () => {
  const runtime = createRuntime();
  await using served = await serveHttp(createHttpHandler(runtime), { port: 0 });
  const talk = talkTo(served.url);
  await talk("POST /taskchains", { id: "c", tasks: [task] });
  expect(runtime.chains.get("c")).toBeDefined();
  await talk("PUT /taskchains/c", { id: "c", tasks: [{ ...task, handler: "" }] });
  expect(runtime.chains.get("c")).toBeUndefined();
  await talk("POST /taskchains", { id: "c", tasks: [task] });
  expect((await runtime.run("c", "hi")).output).toBe("hi");
});

test("what was said of a chain is not taken for a part of it", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const { body } = await talk("POST /taskchains", { id: "c", tasks: [task], Findings: [{ severity: "error" }] });
  expect(body).toEqual(written);
});

test("neither a change nor a replacement moves a chain in the list", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  for (const id of ["a", "b", "c"]) await talk("POST /taskchains", { id, tasks: [task] });
  await talk("PUT /taskchains/a", { tasks: [task] });
  await talk("POST /taskchains", { id: "b", tasks: [task] });
  expect((await talk("GET /taskchains")).body).toMatchObject([{ id: "c" }, { id: "b" }, { id: "a" }]);
  const page = await talk("GET /taskchains?limit=2");
  const cursor = encodeURIComponent(page.headers.get("x-next-cursor") ?? "");
  expect((await talk(`GET /taskchains?cursor=${cursor}`)).body).toMatchObject([{ id: "a" }]);
});

test.for([
  { tasks: [task] },
  { id: "", tasks: [task] },
  { id: "c" },
  { id: "c", tasks: [] },
  { id: "c", tasks: null },
  { id: "c", tasks: {} },
  { id: 5, tasks: [task] },
  { id: "c", token_limit: 1.5, tasks: [task] },
  { id: "c", tasks: [{ ...task, retry_on_failure: "2" }] },
])("%j is not kept", async (body) => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  expect((await talk("POST /taskchains", body)).status).toBe(422);
  expect((await talk("GET /taskchains")).body).toEqual([]);
});

test("a chain is only replaced under its own id, and keeps at least one task", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  await talk("POST /taskchains", { id: "c", tasks: [task] });
  expect((await talk("PUT /taskchains/c", { id: "d", tasks: [task] })).status).toBe(422);
  expect((await talk("PUT /taskchains/c", { id: "c" })).status).toBe(422);
  expect((await talk("GET /taskchains?limit=0")).status).toBe(422);
});

test("a chain of the program is told, and read-only", async () => {
  const { chain } = parseChain({ id: "own", tasks: [task] });
  await using served = await serveRuntime({ runtime: { chains: chain === undefined ? [] : [chain] } });
  const talk = talkTo(served.url);
  expect((await talk("GET /taskchains/own")).body).toMatchObject({ id: "own" });
  expect((await talk("POST /taskchains", { id: "own", tasks: [task] })).status).toBe(409);
  expect((await talk("PUT /taskchains/own", { tasks: [task] })).status).toBe(409);
  expect((await talk("DELETE /taskchains/own")).status).toBe(409);
});
