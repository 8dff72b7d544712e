import { describe, expect, test } from "vitest";
import { defineChain } from "../chain/define-chain.ts";
import { checkBackend, checkChainEntry, checkGroup, checkModel } from "./check-entry.ts";

const refused = (message: RegExp) =>
  expect.objectContaining({ name: "RegistryError", code: "invalid_entry", message: expect.stringMatching(message) });

const backend = { id: "b", type: "toy", listModels: () => [], languageModel: () => ({}) };

describe("a backend", () => {
  test("needs a type, a list of models and a language model", () => {
    expect(() => checkBackend(backend)).not.toThrow();
    for (const name of ["type", "listModels", "languageModel"]) {
      expect(() => checkBackend({ ...backend, [name]: undefined })).toThrow(
        refused(new RegExp(`backend b.*${name}.*missing`)),
      );
    }
  });

  test("has functions, or nothing, where it can do more", () => {
    for (const name of ["embeddingModel", "pullModel", "deleteModel", "missingModelHint"]) {
      expect(() => checkBackend({ ...backend, [name]: () => {} })).not.toThrow();
      expect(() => checkBackend({ ...backend, [name]: true })).toThrow(refused(new RegExp(`${name}.*a boolean`)));
    }
  });

  test("has numbers that can be meant as its routing, and a flag as `prune`", () => {
    expect(() => checkBackend({ ...backend, routing: { concurrency: 2 }, prune: true })).not.toThrow();
    expect(() => checkBackend({ ...backend, routing: { concurrency: 0 } })).toThrow(
      refused(/backend b: `routing.concurrency` is a whole number above 0; got 0/),
    );
    expect(() => checkBackend({ ...backend, prune: "yes" })).toThrow(refused(/backend b.*prune.*a string/));
  });

  test("may be an instance of a class", () => {
    class Toy {
      id = "b";
      type = "toy";
      listModels(): unknown {
        return [];
      }
      languageModel(): unknown {
        return {};
      }
    }
    expect(() => checkBackend(new Toy())).not.toThrow();
  });
});

test("a chain was made by defineChain or parseChain", () => {
  const source = { id: "c", tasks: { a: { handler: "noop" } } };
  expect(() => checkChainEntry(defineChain(source))).not.toThrow();
  expect(() => checkChainEntry(source)).toThrow(
    refused(/chain c.*defineChain, or take the `chain` of what parseChain/),
  );
  expect(() => checkChainEntry({ ...defineChain(source) })).toThrow(refused(/chain c/));
});

test("a model's context length is a number of tokens, where it is told", () => {
  for (const model of [{ name: "m" }, { name: "m", contextLength: 4096 }])
    expect(() => checkModel(model)).not.toThrow();
  for (const contextLength of [0, -1, Number.NaN, "4096"]) {
    expect(() => checkModel({ name: "m", contextLength })).toThrow(refused(/model m.*contextLength/));
  }
});

test("a model's capabilities are flags, where they are told", () => {
  for (const capabilities of [{}, { embed: true, chat: false, tools: undefined }])
    expect(() => checkModel({ name: "m", capabilities })).not.toThrow();
  for (const capabilities of [4, null, ["embed"], "embed"]) {
    expect(() => checkModel({ name: "m", capabilities })).toThrow(refused(/model m.*`capabilities`, an object/));
  }
  expect(() => checkModel({ name: "m", capabilities: { embed: "yes" } })).toThrow(
    refused(/model m.*`capabilities\.embed`, true or false; it is a string/),
  );
});

test("a group lists its backends and its models", () => {
  const group = { id: "g", backends: ["b"], models: [] };
  expect(() => checkGroup(group)).not.toThrow();
  for (const broken of [{ backends: undefined }, { models: "m" }, { backends: [5] }]) {
    expect(() => checkGroup({ ...group, ...broken })).toThrow(refused(/group g.*an array of strings/));
  }
});
