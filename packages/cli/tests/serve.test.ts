import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { partOf } from "./part-of.ts";
import { scratchFolder, serving, startCatenary } from "./start-catenary.ts";

const SECONDS = 1_000;

describe("catenary serve", { timeout: 60 * SECONDS }, () => {
  test("answers, and ends well when it is asked to", async () => {
    const server = await serving(["--no-data"]);
    expect(await server.ask("GET", "/health")).toEqual({ status: 200, body: "" });
    expect((await server.ask("GET", "/version")).body).toMatchObject({ version: expect.stringContaining("dev") });
    server.child.kill("SIGTERM");
    const { code, errors } = await server.ended;
    expect({ code, errors, last: server.lines().at(-1)?.event }).toEqual({ code: 0, errors: "", last: "stopped" });
  });

  test("ends as well when its terminal is closed, however often it is told", async () => {
    const server = await serving(["--no-data"]);
    server.child.kill("SIGHUP");
    server.child.kill("SIGHUP");
    const { code } = await server.ended;
    expect({ code, reason: (await server.line("stopping")).reason, last: server.lines().at(-1)?.event }).toEqual({
      code: 0,
      reason: "SIGHUP",
      last: "stopped",
    });
  });

  test("has everything that was acknowledged after it was killed", async () => {
    const folder = scratchFolder();
    const first = await serving(["--data", folder]);
    const backend = { name: "far", baseUrl: "http://host.docker.internal:11434", type: "ollama" };
    const created = await first.ask("POST", "/backends", backend);
    expect(created.status).toBe(201);
    const chain = { id: "kept", tasks: [{ id: "say", handler: "noop" }] };
    expect((await first.ask("POST", "/taskchains", chain)).status).toBe(201);
    first.child.kill("SIGKILL");
    await first.ended;

    const second = await serving(["--data", folder]);
    expect((await second.ask("GET", `/backends/${partOf(created.body, "id")}`)).body).toMatchObject(backend);
    expect((await second.ask("GET", "/taskchains/kept")).body).toMatchObject(chain);
  });

  test("finds what was registered for a container's host on this machine, where there is no container", async () => {
    const ollama = await serve(createFakeOllama({ models: ["phi3:3.8b"] }));
    const hook = await serve(async () => Response.json({ output: "hooked" }));
    onTestFinished(() => Promise.all([ollama.close(), hook.close()]).then(() => {}));
    const onHost = (url: string) => url.replace("127.0.0.1", "host.docker.internal");
    const server = await serving(["--no-data"], { environment: { OLLAMA_BACKEND_URL: onHost(ollama.url) } });
    expect((await server.ask("POST", "/execute", { prompt: "Say hi" })).status).toBe(200);
    const remote = {
      name: "h",
      endpointUrl: onHost(hook.url),
      method: "POST",
      timeoutMs: 5000,
      protocolType: "langserve",
    };
    expect((await server.ask("POST", "/hooks/remote", remote)).status).toBe(201);
    const chain = { id: "c", tasks: [{ id: "a", handler: "hook", hook: { name: "h", args: {} } }] };
    const { status, body } = await server.ask("POST", "/tasks", { input: "x", inputType: "string", chain });
    expect({ status, output: partOf(body, "output") }).toEqual({ status: 200, output: { output: "hooked" } });
  });

  test("is alone in its folder, and says who has it", async () => {
    const folder = scratchFolder();
    const first = await serving(["--data", folder]);
    const { code, errors } = await startCatenary(["serve", "--port", "0", "--data", folder]).ended;
    expect(code).not.toBe(0);
    expect(errors).toContain(`the process ${first.child.pid} has had it for itself`);
    expect(errors).toContain("--data");
    expect((await first.ask("GET", "/health")).status).toBe(200);
    await serving(["--no-data"]);
  });

  test("keeps nothing where it is told so", async () => {
    const folder = scratchFolder();
    const server = await serving(["--no-data"], { folder });
    const chain = { id: "lost", tasks: [{ id: "say", handler: "noop" }] };
    expect((await server.ask("POST", "/taskchains", chain)).status).toBe(201);
    server.child.kill("SIGTERM");
    await server.ended;
    const other = await serving([], { folder });
    expect((await other.ask("GET", "/taskchains/lost")).status).toBe(404);
  });

  test("takes a configuration in code, whose parts are read-only over REST", async () => {
    const ollama = await serve(createFakeOllama({ models: ["tiny"] }));
    onTestFinished(() => ollama.close());
    const config = new URL("fixtures/catenary.config.ts", import.meta.url).pathname;
    const server = await serving(["--no-data", "--config", config], { environment: { FAKE_OLLAMA: ollama.url } });
    expect((await server.ask("GET", "/supported")).body).toEqual(["shout"]);
    const { body } = await server.ask("POST", "/tasks", {
      input: "hello",
      inputType: "string",
      chain: {
        id: "loud",
        tasks: [{ id: "shout", handler: "hook", hook: { name: "shout", args: { text: "{{.input}}" } } }],
      },
    });
    expect(partOf(body, "output")).toEqual({ loud: "HELLO" });
    expect((await server.ask("DELETE", "/taskchains/from-code")).status).toBe(409);
    const { body: executed } = await server.ask("POST", "/execute", { prompt: "Say hi" });
    expect(executed).toMatchObject({ response: expect.stringContaining("Say hi") });
  });

  test("counts tokens with the tokenizer service of the environment, and estimates them when it is gone", async () => {
    const tokenizer = await serve(async () => Response.json({ tokens: [1, 2, 3, 4, 5, 6, 7], count: 7 }));
    const ollama = await serve(createFakeOllama({ models: ["phi3:3.8b"] }));
    onTestFinished(() => Promise.all([tokenizer.close(), ollama.close()]).then(() => {}));
    const environment = {
      CHAT_MODEL: "phi3:3.8b",
      OLLAMA_BACKEND_URL: ollama.url,
      TOKENIZER_SERVICE_URL: tokenizer.url,
    };
    const server = await serving(["--no-data"], { environment });
    const input = { messages: [{ role: "user", content: "one two" }] };
    const task = { id: "chat", handler: "model_execution", execute_config: { model: "phi3:3.8b" } };
    const run = () =>
      server.ask("POST", "/tasks", { input, inputType: "chat_history", chain: { id: "c", tasks: [task] } });
    expect(await run()).toMatchObject({ body: { output: { inputTokens: 7, outputTokens: 7 } } });
    await tokenizer.close();
    expect(await run()).toMatchObject({ body: { output: { inputTokens: 2 } } });
    expect(await server.line("tokenizer_failed")).toMatchObject({ level: "warn" });
  });
});

describe("what catenary serve refuses", { timeout: 60 * SECONDS }, () => {
  test("a port that is taken is named, and it ends with 1", async () => {
    const taken = await serve(async () => new Response());
    onTestFinished(() => taken.close());
    const { port } = new URL(taken.url);
    const { code, errors } = await startCatenary(["serve", "--no-data", "--port", port]).ended;
    expect(code).toBe(1);
    expect(errors).toContain("something else listens there");
  });
});

describe("who may ask a server with a TOKEN", { timeout: 60 * SECONDS }, () => {
  test("only who gives it, except for its health; the services that are not needed are named once", async () => {
    const environment = {
      token: "s3cret-key",
      ADDR: "0.0.0.0",
      DATABASE_URL: "postgres://u:hidden@db/x",
      NATS_URL: "nats://n",
    };
    const server = await serving(["--no-data"], { environment });
    const { port } = new URL(server.url);
    const at = (path: string, headers: Record<string, string> = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers }).then(({ status }) => status);
    expect(await at("/health")).toBe(200);
    expect(await at("/version")).toBe(401);
    expect(await at("/version", { "x-api-key": "other" })).toBe(401);
    expect(await at("/version", { "x-api-key": "s3cret-key" })).toBe(200);
    expect(await at("/version", { authorization: "Bearer s3cret-key" })).toBe(200);
    server.child.kill("SIGTERM");
    const { output } = await server.ended;
    expect(server.lines().filter(({ event }) => event === "environment_unused")).toMatchObject([
      { names: ["DATABASE_URL", "NATS_URL"] },
    ]);
    expect(output).not.toMatch(/s3cret|hidden/);
  });
});
