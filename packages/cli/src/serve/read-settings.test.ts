import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Surroundings } from "../command/surroundings.ts";
import { readSettings } from "./read-settings.ts";

interface Given {
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: object;
  readonly isTTY?: boolean;
}

async function read({ flags = [], environment = {}, config, isTTY = false }: Given) {
  const folder = mkdtempSync(join(tmpdir(), "catenary-settings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (config !== undefined)
    writeFileSync(join(folder, "catenary.config.mjs"), `export default ${JSON.stringify(config)}`);
  const around: Surroundings = {
    environment,
    folder,
    output: { write: () => {}, isTTY },
    errors: { write: () => {} },
    stop: new AbortController().signal,
    readInput: async () => "",
  };
  const settings = await readSettings(flags, around);
  return { ...settings, dataFolder: settings.dataFolder?.replace(folder, "") };
}

test("without anything it is this machine only, on port 8081, and what is registered is kept", async () => {
  expect(await read({})).toMatchObject({
    port: 8081,
    host: "127.0.0.1",
    keys: [],
    hosts: undefined,
    dataFolder: "/.catenary",
    logLevel: "info",
    logFormat: "json",
  });
});

test("flags win over the environment, and both over the file", async () => {
  const config = {
    port: 1,
    host: "127.0.0.3",
    data: "of-file",
    keys: ["of-file"],
    defaults: { model: "of-file", provider: "x" },
  };
  expect(await read({ config })).toMatchObject({ port: 1, host: "127.0.0.3", dataFolder: "/of-file" });
  const environment = { PORT: "2", ADDR: "127.0.0.2", TOKEN: "of-environment", TASK_MODEL: "of-environment" };
  const both = await read({ config, environment });
  expect(both).toMatchObject({ port: 2, host: "127.0.0.2", keys: ["of-environment"] });
  expect(both.config.defaults).toEqual({ model: "of-environment", provider: "x" });
  const flags = ["--port", "3", "--host", "127.0.0.1", "--data=of-flag"];
  expect(await read({ config, environment, flags })).toMatchObject({
    port: 3,
    host: "127.0.0.1",
    dataFolder: "/of-flag",
  });
  expect((await read({ config, flags: ["--no-data"] })).dataFolder).toBeUndefined();
});

test("names of variables have any case, and what is empty is not set", async () => {
  const environment = {
    port: "5",
    Task_Model: "phi3:3.8b",
    CHAT_MODEL: " ",
    TOKEN: "",
    nats_url: "nats://n",
    TASK_PROVIDER: "Ollama",
  };
  const { port, keys, unused, namedModels } = await read({ environment });
  expect({ port, keys, unused }).toEqual({ port: 5, keys: [], unused: ["NATS_URL"] });
  expect(namedModels).toEqual({ model: "phi3:3.8b", provider: "ollama" });
});

test("a variable in capitals wins over one that is not", async () => {
  expect((await read({ environment: { port: "5", PORT: "6" } })).port).toBe(6);
  expect((await read({ environment: { PORT: "6", port: "5" } })).port).toBe(6);
});

test("each role has its model, its provider and its length", async () => {
  const environment = {
    TASK_MODEL: "a",
    CHAT_MODEL: "b",
    CHAT_PROVIDER: "openai",
    EMBED_MODEL: "c",
    EMBED_MODEL_CONTEXT_LENGTH: "512",
  };
  expect((await read({ environment })).namedModels).toEqual({
    model: "a",
    chat: { model: "b", provider: "openai" },
    embedding: { model: "c", contextLength: 512 },
  });
});

test("a provider is the type of a backend that can be: one that can be registered, the configuration's, or the one in this process", async () => {
  const config = { backends: [{ id: "a", type: "Mine" }] };
  const environment = { TASK_PROVIDER: "mine", EMBED_PROVIDER: "VLLM" };
  expect((await read({ config, environment })).namedModels).toEqual({
    provider: "Mine",
    embedding: { provider: "vllm" },
  });
  await expect(read({ environment })).rejects.toThrow("one of ollama, openai, vllm, gemini; got");
  const local = { TASK_PROVIDER: "llama-cpp" };
  expect((await read({ environment: local, flags: ["--local"] })).namedModels).toEqual({ provider: "llama-cpp" });
  await expect(read({ environment: local })).rejects.toThrow("TASK_PROVIDER");
});

test("another address needs a key from anywhere, or the word that none is needed", async () => {
  const environment = { ADDR: "0.0.0.0" };
  await expect(read({ environment })).rejects.toThrow("TOKEN=");
  await expect(read({ config: { host: "::" } })).rejects.toThrow("host=:: would let others");
  await expect(read({ environment: { ADDR: "127.0.0.1.example.com" } })).rejects.toThrow("TOKEN=");
  expect((await read({ environment: { ...environment, TOKEN: "k" } })).host).toBe("0.0.0.0");
  expect((await read({ environment, config: { keys: ["k"] } })).host).toBe("0.0.0.0");
  expect(await read({ environment, flags: ["--insecure"] })).toMatchObject({ host: "0.0.0.0", hosts: "any" });
  for (const host of ["localhost", "127.9.9.9", "::1"])
    expect((await read({ flags: ["--host", host] })).host).toBe(host);
});

test("names of hosts that are allowed come from flags and from the file", async () => {
  const { hosts } = await read({
    flags: ["--allow-host", "a.test", "--allow-host", "b.test"],
    config: { hosts: ["c.test"] },
  });
  expect(hosts).toEqual(["a.test", "b.test", "c.test"]);
});

test("the log is for a person on a terminal, unless another form is asked for", async () => {
  expect((await read({ isTTY: true })).logFormat).toBe("text");
  expect((await read({ isTTY: true, flags: ["--log-format", "json"] })).logFormat).toBe("json");
});
