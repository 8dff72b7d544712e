import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo } from "../fixtures/talk-to.ts";

const POLLUTION =
  '"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"prototype":{"polluted":"yes"}';
const INHERITED = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

const noop = `{"id":"a","handler":"noop",${POLLUTION}}`;
const task = (more: string) =>
  `{"input":{${POLLUTION}},"inputType":"json",${POLLUTION},"chain":{"id":"c",${POLLUTION},"tasks":[${more}]}}`;

const BODIES: readonly (readonly [request: string, body: string])[] = [
  ["POST /tasks", task(noop)],
  ["POST /tasks", task(`{"id":"a","handler":"hook","hook":{"name":"echo",${POLLUTION},"args":{${POLLUTION}}}}`)],
  [
    "POST /tasks",
    task(
      `{"id":"a","handler":"noop","transition":{${POLLUTION},"branches":[{"operator":"default","goto":"end",${POLLUTION}}]}}`,
    ),
  ],
  [
    "POST /tasks",
    task(`{"id":"a","handler":"noop","print":"{{.input.polluted}} {{.__proto__.polluted}} {{.constructor.name}}"}`),
  ],
  [
    "POST /tasks",
    task(`{"id":"a","handler":"condition_key","prompt_template":"x","valid_conditions":{"__proto__":true}}`),
  ],
  ["POST /runs", task(noop)],
  ["POST /taskchains", `{"id":"c",${POLLUTION},"tasks":[${noop}]}`],
  [
    "POST /hooks/remote",
    `{"name":"h","endpointUrl":"http://10.0.0.1/","method":"POST","timeoutMs":1,"protocolType":"ollama","headers":{"__proto__":"x"},${POLLUTION}}`,
  ],
  ["POST /backends", `{"name":"b","baseUrl":"http://10.0.0.1","type":"ollama",${POLLUTION}}`],
  ["POST /models", `{"model":"m","contextLength":10,${POLLUTION}}`],
  ["POST /groups", `{"name":"g","purposeType":"p",${POLLUTION}}`],
  ["POST /providers/openai/configure", `{"apiKey":"k",${POLLUTION}}`],
  [
    "POST /v1/chat/completions",
    `{"model":"m","messages":[{"role":"user","content":"x",${POLLUTION}}],"response_format":{${POLLUTION}},${POLLUTION}}`,
  ],
];

test.for(BODIES)("%s with fields of prototypes changes no prototype: %s", async ([request, body]) => {
  await using served = await serveRuntime({ runtime: { hooks: { echo: ({ args }) => args } } });
  const { status } = await talkTo(served.url)(request, body);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect([{}, [], () => {}].map((one) => "polluted" in one)).toEqual([false, false, false]);
  // Nothing answers for the model; everything else is the client's mistake or none.
  expect(status).toBeLessThan(request.includes("/v1/") || body.includes("condition_key") ? 504 : 500);
});

test("YAML's merges and its own way to name a prototype change none", async () => {
  await using served = await serveRuntime();
  const yaml =
    "id: c\n__proto__: &p { polluted: yes }\n<<: *p\ntasks:\n  - id: a\n    handler: noop\n    __proto__: *p\n    <<: *p\n";
  const { status } = await talkTo(served.url)("POST /taskchains", yaml, { "content-type": "application/yaml" });
  expect(status).toBeLessThan(500);
  expect("polluted" in {}).toBe(false);
});

test.for(INHERITED)("what every object has is no hook, task, chain, handler, variable or field: %s", async (name) => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const run = (first: object) =>
    talk("POST /tasks", { input: "q", inputType: "string", chain: { id: "c", tasks: [{ id: "a", ...first }] } });
  const refused = [
    await run({ handler: "hook", hook: { name } }),
    await run({ handler: name }),
    await run({ handler: "noop", transition: { branches: [{ operator: "default", goto: name }] } }),
    await run({ handler: "noop", transition: { branches: [{ operator: name, goto: "end" }] } }),
    await run({ handler: "noop", input_var: name }),
    await talk("POST /runs", { input: "q", inputType: "string", chain: name }),
    await talk("POST /tasks", {
      input: "q",
      inputType: name,
      chain: { id: "c", tasks: [{ id: "a", handler: "noop" }] },
    }),
    await talk(`GET /taskchains/${name}`),
    await talk(`POST /openai/${name}/v1/chat/completions`, { messages: [{ role: "user", content: "x" }] }),
    await talk(`POST /providers/${name}/configure`, { apiKey: "k" }),
  ];
  expect(refused.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
  expect(JSON.stringify(refused.map(({ body }) => body))).not.toMatch(/native code|is not a function|Cannot read/);
});

test.for(INHERITED)("a chain and a task may be called %s, and are what was sent", async (id) => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const chain = { id, tasks: [{ id, handler: "noop", prompt_template: "ran" }] };
  expect((await talk("POST /taskchains", chain)).status).toBe(201);
  expect((await talk(`GET /taskchains/${id}`)).body).toMatchObject({ id, tasks: [{ id }] });
  expect((await talk("POST /tasks", { input: "q", inputType: "string", chain })).body).toMatchObject({ output: "ran" });
});
