import { expect, test } from "vitest";
import { parseRunRequest } from "./parse-run-request.ts";

const chain = { id: "c", tasks: [{ id: "a", handler: "noop" }] };

test("an envelope gives its chain, its input and the input's type", () => {
  const request = parseRunRequest({ input: "hello", inputType: "String", chain });
  expect(request).toMatchObject({ input: "hello", inputType: "string", findings: [] });
  expect(request.chain?.id).toBe("c");
});

test("the envelope's names are read in any case", () => {
  expect(parseRunRequest({ Input: 5, input_type: "int", CHAIN: chain })).toMatchObject({ input: 5, inputType: "int" });
});

test("a bare chain is a request without input", () => {
  const request = parseRunRequest(chain);
  expect(request.chain?.id).toBe("c");
  expect(request).not.toHaveProperty("input");
});

test("findings are located in the envelope", () => {
  const { chain: parsed, findings } = parseRunRequest({ input: "x", chain: { id: "c", tasks: [] } });
  expect(parsed).toBeUndefined();
  expect(findings.map(({ code, path }) => [code, path])).toEqual([["no_tasks", "$.chain.tasks"]]);
});

test("an unknown input type is an error with the word that was meant", () => {
  const { chain: parsed, findings } = parseRunRequest({ input: "x", inputType: "strng", chain });
  expect(parsed).toBeUndefined();
  expect(findings).toMatchObject([{ code: "unknown_data_type", path: "$.inputType", suggestion: "string" }]);
});

test.each([null, 5, "text", []])("%j is no request and says so", (json) => {
  expect(parseRunRequest(json).findings).toMatchObject([{ code: "not_an_object", severity: "error" }]);
});
