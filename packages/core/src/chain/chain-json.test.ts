import { expect, test } from "vitest";
import { chainJson } from "./chain-json.ts";
import { parseChain } from "./parse-chain.ts";

test("a chain that can run is written as it writes itself", () => {
  const json = { ID: "c", tasks: [{ id: "n", handler: "noop", PromptTemplate: "x" }] };
  expect(chainJson(json)).toEqual(parseChain(json).chain?.toJSON());
});

test("a chain that cannot run is written all the same, in the wire's spelling", () => {
  const json = {
    id: "c",
    tasks: [{ id: "n", handler: "noop", transition: { branches: [{ goto: "nowhere" }] } }],
    own: 1,
  };
  expect(parseChain(json).chain).toBeUndefined();
  expect(chainJson(json)).toMatchObject({
    id: "c",
    debug: false,
    tasks: [{ id: "n", transition: { on_failure: "", branches: [{ goto: "nowhere" }] } }],
    own: 1,
  });
});

test("what is no object has no JSON of a chain", () => {
  expect(chainJson("c")).toBeUndefined();
  expect(chainJson([])).toBeUndefined();
});
