import { createMemoryRecordStore, createRuntime, type RuntimeOptions, type SelectionPolicy } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { errorOf } from "./fixtures/error-of.ts";

const backends = [scriptedBackend({ id: "a", models: [{ id: "m", capabilities: { chat: true, embed: true } }] })];
const MINE: SelectionPolicy = { name: "mine", choose: ([first]) => first };
const setUp = (options: RuntimeOptions = {}) => createRuntime({ backends, ...options });
/** As a program in JavaScript may write it. */
const wrong = (options: object) => options as never;

describe("a call refuses", () => {
  test.each<readonly [string, object, string]>([
    ["a misspelt group", { routing: { grup: "inside" } }, "routing has no option `grup`. Did you mean group?"],
    ["a misspelt model", { modl: "m" }, "has no option `modl`. Did you mean model?"],
    ["an option of the AI SDK", { topK: 3 }, "has no option `topK`. Did you mean topP?"],
    ["an empty list of models, which would mean any", { models: [] }, "models is to be an array of at least one name"],
    ["an empty name in a list", { models: ["m", ""] }, "none of them empty"],
    ["an empty name", { model: "" }, 'model is to be a text that is not empty; leave it out where any will do; got ""'],
    ["an empty provider", { provider: " " }, "provider is to be a text that is not empty"],
    [
      "an empty group, which would let it go anywhere",
      { routing: { group: "" } },
      "routing.group is the id or the name",
    ],
    ["an answer of no tokens", { maxTokens: 0 }, "maxTokens is to be a number of at least 1; got 0"],
    ["a group beside a purpose", { routing: { group: "g", purpose: "p" } }, "exclude each other"],
  ])("%s", async (_what, options, said) => {
    const runtime = setUp();
    for (const call of [
      runtime.prompt("hi", wrong(options)),
      runtime.chat([{ role: "user", content: "hi" }], wrong(options)),
      runtime.embed("hi", wrong(options)),
    ]) {
      const error = await errorOf(call);
      expect(error).toMatchObject({ code: "input_invalid" });
      expect(error.message).toContain(said);
    }
  });

  test("a prompt's own option in a conversation", async () => {
    const error = await errorOf(setUp().chat([{ role: "user", content: "hi" }], wrong({ system: "Be brief." })));
    expect(error.message).toContain("a conversation has no option `system`");
  });
});

test.each<readonly [object, string]>([
  [{ modl: "m" }, "the choice of a model has no option `modl`. Did you mean model?"],
  [{ grup: "g" }, "has no option `grup`. Did you mean group?"],
  [{ models: [] }, "models is to be an array of at least one name"],
  [{ model: "" }, "model is to be a text that is not empty"],
  [{ group: "" }, "group is the id or the name of a group"],
  [{ temperature: 1 }, "has no option `temperature`"],
  [{ group: "g", purpose: "p" }, "group and purpose exclude each other"],
])("a model that is a router is not chosen by %j", (selection, said) => {
  const runtime = setUp();
  expect(() => runtime.model(wrong(selection))).toThrow(said);
  expect(() => runtime.embeddingModel(wrong(selection))).toThrow(said);
});

test.each<readonly [object, string]>([
  [{ group: [] }, "createRuntime has no option `group`. Did you mean groups?"],
  [{ backend: [] }, "createRuntime has no option `backend`. Did you mean backends?"],
  [{ defaults: { modl: "m" } }, "createRuntime has no option `defaults` with `modl`. Did you mean model?"],
  [{ defaults: { chat: { policy: "random" } } }, "has no option `defaults.chat` with `policy`"],
  [{ defaults: { policy: 7 } }, "expects `defaults.policy` to be the name of a policy; got a number"],
  [{ defaults: { policy: "randm" } }, 'no routing policy "randm" for `defaults.policy`'],
])("a runtime is not made of %j", (options, said) => {
  expect(() => setUp(wrong(options))).toThrow(expect.objectContaining({ code: "settings_invalid" }));
  expect(() => setUp(wrong(options))).toThrow(said);
});

describe("a group", () => {
  test("has no fields but its own", async () => {
    const group = wrong({ id: "g", backends: ["a"], model: ["m"] });
    const said = "the group g has no field `model`. Did you mean models?";
    expect(() => setUp({ groups: [group] })).toThrow(said);
    expect((await errorOf(setUp().groups.create(group))).message).toBe(said);
  });

  test("that overflows into one that is not there yet is refused by the first call, not before", async () => {
    await using runtime = setUp({ groups: [{ id: "inside", backends: ["a"], overflow: "outsid" }] });
    const routing = { group: "inside" };
    const error = await errorOf(runtime.prompt("hi", { routing }));
    expect(error).toMatchObject({ code: "group_unknown", details: { group: "inside", overflow: "outsid" } });
    await runtime.groups.create({ id: "outsid", backends: [] });
    expect((await runtime.prompt("hi", { routing })).backend).toBe("a");
  });

  test("whose policy is not there is refused at once, as a default policy is", async () => {
    const group = { id: "g", backends: ["a"], policy: "randm" };
    const said = /no routing policy "randm" for the group g; there are: auto, .*Did you mean random\?/;
    expect(() => setUp({ groups: [group] })).toThrow(said);
    await using runtime = setUp({ groups: [{ ...group, policy: "mine" }], policies: [MINE] });
    expect(await errorOf(runtime.groups.update("g", group))).toMatchObject({
      code: "invalid_entry",
      message: expect.stringMatching(said),
    });
    expect((await errorOf(runtime.groups.create({ ...group, id: "h", policy: "" }))).message).toContain("the group h");
    expect((await runtime.prompt("hi", { routing: { group: "g" } })).route.policy).toBe("mine");
  });

  test("whose record names a policy of another process is there, and its calls say what they lack", async () => {
    const records = createMemoryRecordStore();
    await using other = setUp({ records, policies: [MINE] });
    await other.groups.create({ id: "g", backends: ["a"], policy: "mine" }, { origin: "record" });
    await using runtime = setUp({ records });
    await runtime.sync();
    expect(await errorOf(runtime.prompt("hi", { routing: { group: "g" } }))).toMatchObject({ code: "policy_unknown" });
    expect((await runtime.prompt("hi", { routing: { group: "g", policy: "random" } })).backend).toBe("a");
  });
});

test("a conversation with a role that there is not, policies of one name are refused; a group says which models it lists that nobody has", async () => {
  const boss = [{ role: "boss", content: "hi" }] as never;
  expect((await errorOf(setUp().chat(boss))).message).toContain(
    'one of the roles system, user, assistant, tool; got "boss"',
  );
  expect(() => setUp({ policies: [MINE, MINE] })).toThrow('two routing policies are called "mine"');
  const empty = setUp({ groups: [{ id: "g", backends: ["a"], models: ["mm"] }] });
  const error = await errorOf(empty.prompt("hi", { routing: { group: "g" } }));
  expect(error.message).toContain("serves any model that the group lists (mm)");
});
