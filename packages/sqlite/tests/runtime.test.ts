import { join } from "node:path";
import { createRuntime, defineChain, type RuntimeOptions } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { expect, test } from "vitest";
import { type SqliteStores, sqliteStores } from "../src/sqlite-stores.ts";
import { BACKEND_TYPES as backendTypes } from "./fixtures/backends.ts";
import { runProgram } from "./fixtures/run-program.ts";
import { temporaryFolder } from "./fixtures/temporary-folder.ts";

const saying = (text: string) => defineChain({ id: "say", tasks: { say: { handler: "noop", promptTemplate: text } } });

/** A runtime on the file as it is now. */
async function started({ records }: SqliteStores, more: RuntimeOptions = {}) {
  const runtime = createRuntime({ records, backendTypes, ...more });
  await runtime.sync();
  return runtime;
}

test("everything that was registered is there after its process was killed", { timeout: 60_000 }, async () => {
  const path = join(temporaryFolder(), "records.db");
  const { errors, signal } = await runProgram("register-all.ts", [path]).ended;
  expect({ errors, signal }).toEqual({ errors: "", signal: "SIGKILL" });

  using stores = sqliteStores({ path });
  const keys = new Map<string, string | null>();
  const runtime = await started(stores, {
    fetch: async (input, init) => {
      const { url, headers } = new Request(input, init);
      keys.set(new URL(url).hostname, headers.get("authorization") ?? headers.get("x-goog-api-key"));
      return Response.json({ paged: true });
    },
  });
  expect(runtime.backends.list().map(({ id, origin, value }) => [id, origin, value.type, value.name])).toEqual([
    ["local", "record", "ollama", "Under the desk"],
    ["hosted", "record", "openai", undefined],
    ["gpu", "record", "vllm", undefined],
    ["google", "record", "gemini", undefined],
  ]);
  expect(Object.fromEntries(keys)).toEqual({
    "ollama.test": null,
    "openai.test": "Bearer sk-of-openai",
    "vllm.test": "Bearer sk-of-vllm",
    "gemini.test": "key-of-gemini",
  });
  expect(runtime.models.get("tiny")).toEqual({ name: "tiny", contextLength: 2_048, capabilities: { embed: true } });
  expect(runtime.groups.get("night")).toEqual({ id: "night", backends: ["local"], models: ["tiny"] });
  expect(runtime.groups.entry("internal_chat_group")).toMatchObject({
    origin: "internal",
    value: { backends: ["hosted"] },
  });
  expect(runtime.hooks.entry("page")).toMatchObject({ origin: "record", value: { hook: { kind: "remote" } } });
  expect((await runtime.run("page", "down")).output).toEqual({ paged: true });
});

test("what came from code wins over the record of its id, is not kept, and the record is there when the code is gone", async () => {
  const path = join(temporaryFolder(), "records.db");
  using stores = sqliteStores({ path });
  const first = await started(stores);
  await first.chains.create(saying("from the record"), { origin: "record" });
  await first.backends.create(first.openBackend({ type: "ollama", id: "local", baseUrl: "http://127.0.0.1:9" }), {
    origin: "record",
  });

  const withCode = await started(stores, {
    chains: [saying("from code")],
    backends: [ollama({ id: "local", baseUrl: "http://127.0.0.1:9" })],
  });
  expect((await withCode.run("say", "")).output).toBe("from code");
  expect([withCode.chains, withCode.backends].map((registry) => registry.list()[0]?.origin)).toEqual(["code", "code"]);

  const without = await started(stores);
  expect((await without.run("say", "")).output).toBe("from the record");
  expect(without.backends.entry("local")?.origin).toBe("record");
});

test("what was changed and deleted stays so", async () => {
  const path = join(temporaryFolder(), "records.db");
  {
    using stores = sqliteStores({ path });
    const runtime = await started(stores);
    await runtime.chains.create(saying("first"), { origin: "record" });
    await runtime.models.create({ name: "gone" }, { origin: "record" });
    await runtime.chains.update("say", saying("second"));
    await runtime.models.delete("gone");
  }
  using stores = sqliteStores({ path });
  const runtime = await started(stores);
  expect((await runtime.run("say", "")).output).toBe("second");
  expect(runtime.models.list()).toEqual([]);
});

test("a program that registers at every start finds out what is taken, also before it has synchronised", async () => {
  const path = join(temporaryFolder(), "records.db");
  const outcomes: string[] = [];
  for (const text of ["first", "second"]) {
    using stores = sqliteStores({ path });
    const runtime = createRuntime({ records: stores.records });
    await runtime.chains.create(saying(text), { origin: "record" }).then(
      () => outcomes.push("created"),
      (error) => outcomes.push(error.code),
    );
    expect((await runtime.run("say", "")).output).toBe("first");
  }
  expect(outcomes).toEqual(["created", "already_exists"]);
});

test("two runtimes on one file see what the other registered when they synchronise", async () => {
  const path = join(temporaryFolder(), "records.db");
  using one = sqliteStores({ path });
  using other = sqliteStores({ path });
  const [first, second] = [await started(one), await started(other)];
  await first.chains.create(saying("hello"), { origin: "record" });
  await second.sync();
  expect((await second.run("say", "")).output).toBe("hello");
  await second.chains.delete("say");
  await first.sync();
  expect(first.chains.list()).toEqual([]);
});

test("a store that was closed before its runtime says so, and changes nothing", async () => {
  const stores = sqliteStores({ path: join(temporaryFolder(), "records.db") });
  const runtime = await started(stores);
  stores.close();
  await expect(runtime.chains.create(saying("late"), { origin: "record" })).rejects.toMatchObject({
    code: "database_closed",
  });
  await expect(runtime.sync()).rejects.toMatchObject({ code: "database_closed" });
  expect(runtime.chains.list()).toEqual([]);
});
