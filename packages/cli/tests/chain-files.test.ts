import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { expect, onTestFinished, test } from "vitest";
import { call } from "./fixtures/call.ts";
import { scratchFolder, startCatenary } from "./start-catenary.ts";

const YAML = `
id: greet
tasks:
  - id: say
    handler: raw_string
    prompt_template: "Greet {{.input}}"
`;

function fileWith(text: string): { readonly folder: string; readonly file: string } {
  const folder = scratchFolder();
  writeFileSync(join(folder, "chain"), text);
  return { folder, file: "chain" };
}

test("validate finds nothing wrong with a sound chain in YAML", async () => {
  const { folder, file } = fileWith(YAML);
  expect(await call(["validate", file], { folder })).toEqual({
    code: 0,
    output: "chain: 0 errors, 0 warnings\n",
    errors: "",
  });
});

test("validate tells what is wrong with a faulty one, with the word that was meant, and ends with 1", async () => {
  const input = JSON.stringify({
    chain: {
      id: "c",
      tasks: [
        { id: "ask", handler: "noop", transition: { branches: [{ goto: "replly" }] } },
        { id: "reply", handler: "noop" },
      ],
    },
  });
  const { code, output } = await call(["validate", "-"], { input });
  expect(code).toBe(1);
  expect(output).toMatch(/^error \$\.chain\.tasks\[0\]\.transition\.branches\[0\]\.goto .*Did you mean reply\?/m);
  const json = await call(["validate", "-", "--json"], { input });
  expect(JSON.parse(json.output)).toContainEqual(expect.objectContaining({ code: "unknown_target" }));
});

test("validate refuses what run would: an unknown handler always, an unknown hook where it knows the hooks", async () => {
  const folder = scratchFolder();
  const chain = (task: object) => JSON.stringify({ id: "c", tasks: [{ id: "a", ...task }] });
  writeFileSync(join(folder, "handler.json"), chain({ handler: "raw_strng" }));
  writeFileSync(join(folder, "hook.json"), chain({ handler: "hook", hook: { name: "shuot" } }));
  expect((await call(["validate", "handler.json"], { folder })).output).toMatch(/^error .*Did you mean raw_string\?/);
  expect((await call(["validate", "hook.json"], { folder })).code).toBe(0);
  expect((await call(["validate", "hook.json", "--hook", "shout"], { folder })).output).toMatch(/Did you mean shout\?/);
  expect((await call(["validate", "hook.json", "--hook", "shuot"], { folder })).code).toBe(0);

  const config = "export default { hooks: { shout: () => null } };";
  writeFileSync(join(folder, "catenary.config.mjs"), config);
  const { code, output, errors } = await call(["validate", "hook.json", "handler.json"], { folder });
  expect(code).toBe(1);
  expect(errors).toContain("--hook NAME");
  expect(output).toMatch(/^error .*Did you mean shout\? \(unknown_hook\)\nhook\.json: 1 error/);
  const json = JSON.parse((await call(["validate", "--json", "hook.json", "handler.json"], { folder })).output);
  expect(json).toContainEqual(expect.objectContaining({ file: "hook.json", code: "unknown_hook" }));
});

test("validate takes warnings for errors where it is told to, and reads every file before it says anything", async () => {
  const { folder, file } = fileWith(YAML);
  writeFileSync(join(folder, "odd.yaml"), `${YAML}\ncolour: green\n`);
  expect((await call(["validate", file, "odd.yaml"], { folder })).code).toBe(0);
  expect((await call(["validate", file, "odd.yaml", "--strict"], { folder })).code).toBe(1);
  expect(await call(["validate", file, "none.yaml"], { folder })).toMatchObject({ code: 2, output: "" });
  expect((await call(["validate", "--config", "none.ts", file], { folder })).code).toBe(2);
  expect((await call(["validate"])).code).toBe(2);
});

test("graph draws a chain, and the one in a request", async () => {
  const { folder, file } = fileWith(YAML);
  const { code, output } = await call(["graph", file], { folder });
  expect(code).toBe(0);
  expect(output).toMatch(/^flowchart TD[\s\S]*say/);
  const input = JSON.stringify({ input: "x", chain: { id: "c", tasks: [{ id: "only", handler: "noop" }] } });
  expect((await call(["graph", "-"], { input })).output).toContain("only");
});

test("graph draws a faulty chain too, says what is wrong with it, and ends with 1", async () => {
  const input = JSON.stringify({
    id: "c",
    tasks: [{ id: "only", handler: "noop", transition: { branches: [{ goto: "onli" }] } }],
  });
  const { code, output, errors } = await call(["graph", "-"], { input });
  expect(code).toBe(1);
  expect(output).toMatch(/^flowchart TD/);
  expect(errors).toMatch(/^error .*Did you mean only\?/m);
});

test("run asks an Ollama, and prints the output and its steps", async () => {
  const ollama = await serve(createFakeOllama({ models: ["tiny"], answer: ({ text }) => `You said: ${text}` }));
  onTestFinished(() => ollama.close());
  const { folder, file } = fileWith(YAML);
  const environment = { OLLAMA_BACKEND_URL: ollama.url };
  const args = ["run", file, "--input", "Ann", "--model", "tiny", "--steps"];
  const { code, output, errors } = await call(args, { folder, environment });
  expect({ code, output }).toEqual({ code: 0, output: "You said: Greet Ann\n" });
  expect(errors).toMatch(/^say \(raw_string by tiny:latest, \d+ ms\): /);
});

test("run ends with 1 where the run fails, and with its reason", async () => {
  const input = JSON.stringify({ id: "c", tasks: [{ id: "a", handler: "raise_error", prompt_template: "no way" }] });
  const { code, output, errors } = await call(["run", "-"], { input });
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(errors).toContain("no way");
});

test("run refuses a faulty chain, and what is no chain file", async () => {
  expect((await call(["run", "-"], { input: "{}" })).code).toBe(1);
  expect((await call(["run", "-"], { input: "{" })).code).toBe(2);
  expect((await call(["run"])).errors).toContain("a file with a chain is expected");
  expect((await call(["run", "nowhere.json"])).code).toBe(2);
});

test("a fault in a configuration is told with its line, by whichever reader of Node's it was found", async () => {
  const faults = [
    ["catenary.config.mjs", "const a = 1;\nexport default {\n  port: 1,,\n};\n", 3],
    ["catenary.config.ts", "const a: number = 1;\nexport default {\n  port: 1,,\n};\n", 3],
    ["catenary.config.js", "\nthrow new Error('no');\n", 2],
  ] as const;
  const told = faults.map(async ([name, text, line]) => {
    const { folder, file } = fileWith(YAML);
    writeFileSync(join(folder, name), text);
    const { code, errors } = await startCatenary(["validate", file], { folder }).ended;
    expect(code).toBe(2);
    expect(errors).toContain(`${name}:${line})`);
  });
  await Promise.all(told);
}, 30_000);
