import { expect, test } from "vitest";
import { openGrammar } from "./open-grammar.ts";

test("a grammar that llama.cpp does not take is the fault of what was asked for, not of the server", async () => {
  const llama = { createGrammar: () => Promise.reject(new Error("Failed to parse grammar")) };
  await expect(openGrammar(llama, "root ::=", { backend: "llama-cpp", model: "m" })).rejects.toMatchObject({
    failure: "bad_request",
    status: 400,
    message: expect.stringMatching(/model m on llama-cpp cannot be held .* Make the schema smaller/),
  });
});
