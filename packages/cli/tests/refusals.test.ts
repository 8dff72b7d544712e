import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call } from "./fixtures/call.ts";
import { scratchFolder } from "./start-catenary.ts";

test.for([
  [{ ADDR: "0.0.0.0" }, [], "TOKEN="],
  [{ addr: "0.0.0.0" }, [], "TOKEN="],
  [{}, ["--host", "::"], "--insecure"],
  [{ PORT: "80810000" }, [], "PORT expects"],
  [{}, ["--port", "-1"], "port"],
  [{ EMBED_MODEL: "m", EMBED_MODEL_CONTEXT_LENGTH: "many" }, [], "EMBED_MODEL_CONTEXT_LENGTH expects"],
  [{ TASK_MODEL: "m", TASK_MODEL_CONTEXT_LENGTH: "0" }, [], "TASK_MODEL_CONTEXT_LENGTH expects"],
  [
    { TASK_MODEL: "m", TASK_MODEL_CONTEXT_LENGTH: "2", CHAT_MODEL: "m", CHAT_MODEL_CONTEXT_LENGTH: "4" },
    [],
    "two context lengths",
  ],
  [{ TASK_PROVIDER: "foo" }, [], "TASK_PROVIDER expects the type of a backend, one of ollama, openai, vllm, gemini"],
  [{ CHAT_MODEL: "m", CHAT_PROVIDER: "olama" }, [], "Did you mean ollama?"],
  [{ EMBED_MODEL: "m", embed_provider: "llama-cpp" }, [], "EMBED_PROVIDER expects"],
  [{ OLLAMA_BACKEND_URL: "user:secret@here" }, [], "OLLAMA_BACKEND_URL expects an address"],
  [{ TOKENIZER_SERVICE_URL: "tokenizer:50051" }, [], "TOKENIZER_SERVICE_URL expects an address"],
  [{}, ["--prot", "1"], "Did you mean --port?"],
  [{}, ["now"], "nothing is expected behind the command but flags; got now"],
  [{}, ["--config", "nowhere.ts"], "there is none at"],
  [{}, ["--data", "d", "--no-data"], "exclude each other"],
  [{}, ["--data", ""], "--data expects a folder"],
  [{}, ["--log-level", "loud"], "--log-level expects one of"],
] as const)("serve with %j and %j says %s, and ends with 2", async ([environment, args, words]) => {
  const { code, output, errors } = await call(["serve", ...args], { environment });
  expect({ code, output }).toEqual({ code: 2, output: "" });
  expect(errors).toContain(words);
  expect(errors).not.toContain("secret");
});

test.for([
  ["export default { hoks: {} };", "Did you mean hooks?"],
  ["export const other = 1;", "export default defineConfig"],
  ["throw new Error('no luck');", "no luck"],
  ['export default { keys: "secret" };', "`keys` expects a list of texts"],
  ['export default { hosts: "evil.example" };', "`hosts` expects a list of names"],
  ["export default { origins: [5] };", "`origins` expects a list of origins"],
  ['export default { port: "x" };', "`port` expects a port"],
  ["export default { port: -4 };", "got -4"],
  ["export default { host: 5 };", "`host` expects an address"],
  ["export default { data: 7 };", "`data` expects a folder"],
  ['export default { data: "" };', "got an empty text"],
] as const)("a configuration that says %s is refused", async ([text, words]) => {
  const folder = scratchFolder();
  writeFileSync(join(folder, "catenary.config.mjs"), text);
  const { code, errors } = await call(["serve"], { folder });
  expect(code).toBe(2);
  expect(errors).toContain(words);
  expect(errors).not.toContain("secret");
});

test("a command that there is not is answered with those that there are", async () => {
  const { code, errors } = await call(["srve"]);
  expect(code).toBe(2);
  expect(errors).toContain("Did you mean serve?");
  expect((await call([])).code).toBe(2);
});

test.for(["serve", "validate", "graph", "run"])("%s --help tells how it is used", async (name) => {
  const { code, output } = await call([name, "--help"]);
  expect(code).toBe(0);
  expect(output).toContain(`Usage: catenary ${name}`);
});
