import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CatenaryError } from "../errors/catenary-error.ts";
import { convertInput } from "./convert-input.ts";
import { DATA_TYPES, type DataType } from "./data-type.ts";

function refusal(raw: unknown, type: DataType): { code: string; path: unknown; message: string } {
  try {
    convertInput(raw, type);
  } catch (error) {
    if (CatenaryError.isInstance(error)) return { code: error.code, path: error.details.path, message: error.message };
    throw error;
  }
  throw new Error("the input was accepted");
}

describe("convertInput, missing input", () => {
  const empty: { [type in DataType]: unknown } = {
    any: null,
    json: null,
    string: "",
    bool: false,
    int: 0,
    float: 0,
    vector: [],
    search_results: [],
    chat_history: { messages: [], model: "", inputTokens: 0, outputTokens: 0 },
    openai_chat: { model: "", messages: [] },
    openai_chat_response: {
      id: "",
      object: "",
      created: 0,
      model: "",
      choices: [],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    },
  };

  it.each(DATA_TYPES)("gives the empty value of %s for null and undefined", (type) => {
    expect(convertInput(null, type)).toEqual({ type, value: empty[type] });
    expect(convertInput(undefined, type)).toEqual({ type, value: empty[type] });
  });
});

describe("convertInput, scalars", () => {
  const accepted: [DataType, unknown, unknown][] = [
    ["string", "hello", "hello"],
    ["string", "", ""],
    ["string", 42, "42"],
    ["string", 1e6, "1000000"],
    ["string", true, "true"],
    ["string", { value: "inner", other: 1 }, "inner"],
    ["string", { value: 5 }, '{"value":5}'],
    ["string", {}, "{}"],
    ["string", [{ b: 1, a: [2] }], '[{"b":1,"a":[2]}]'],
    ["string", { a: "<&>" }, '{"a":"<&>"}'],
    ["bool", true, true],
    ["bool", "t", true],
    ["bool", "TRUE", true],
    ["bool", "1", true],
    ["bool", "F", false],
    ["bool", 1, true],
    ["bool", 0, false],
    ["int", -42, -42],
    ["int", 2.0, 2],
    ["int", "007", 7],
    ["int", "+42", 42],
    ["int", " 42 ", 42],
    ["int", "1000000000000000000", 1e18],
    ["float", 1.5, 1.5],
    ["float", "1.5", 1.5],
    ["float", " -.5e3", -500],
    ["float", "5.", 5],
    ["float", "1_000.5", 1000.5],
  ];
  it.each(accepted)("takes as %s the value %j", (type, raw, value) => {
    expect(convertInput(raw, type)).toEqual({ type, value });
  });

  const refused: [DataType, unknown][] = [
    ["string", Number.NaN],
    ["string", () => "x"],
    ["bool", "yes"],
    ["bool", "tRUE"],
    ["bool", ""],
    ["bool", 2],
    ["bool", { a: 1 }],
    ["bool", [true]],
    ["int", 2.9],
    ["int", -0.5],
    ["int", "2.5"],
    ["int", "abc"],
    ["int", ""],
    ["int", "0x10"],
    ["int", "99999999999999999999"],
    ["int", "9007199254740993"],
    ["int", 1e19],
    ["int", Number.POSITIVE_INFINITY],
    ["int", true],
    ["int", [1]],
    ["float", "abc"],
    ["float", "NaN"],
    ["float", "inf"],
    ["float", "1e999"],
    ["float", "5 kg"],
    ["float", { a: 1 }],
  ];
  it.each(refused)("refuses as %s the value %j", (type, raw) => {
    expect(refusal(raw, type)).toMatchObject({ code: "input_invalid", path: "$" });
  });

  it("does not quote the value in the error", () => {
    expect(refusal("my secret", "int").message).toBe(
      "the input at $ must be a whole number, but it is a text that is none",
    );
  });
});

describe("convertInput, any and json", () => {
  it("delivers what was given, as the same object", () => {
    const given = { a: [1, { b: null }], c: "x" };
    expect(convertInput(given, "json").value).toBe(given);
    expect(convertInput(given, "any").value).toBe(given);
  });

  it("leaves out undefined properties without changing the given object", () => {
    const given = { a: undefined, b: [{ c: undefined, d: 1 }] };
    expect(convertInput(given, "json").value).toStrictEqual({ b: [{ d: 1 }] });
    expect(Object.keys(given)).toEqual(["a", "b"]);
  });

  it("takes own properties only", () => {
    const given = Object.create(Object.assign(Object.create(null), { inherited: 1 }), {
      own: { value: 2, enumerable: true },
    });
    expect(convertInput(given, "string").value).toBe('{"own":2}');
  });

  it("keeps a property named __proto__ as plain data", () => {
    const given: unknown = JSON.parse('{"__proto__": {"polluted": true}, "x": 1}');
    expect(JSON.stringify(convertInput(given, "json").value)).toBe('{"__proto__":{"polluted":true},"x":1}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ["a function", { a: { b: () => 1 } }, "$.a.b"],
    ["a date", { "my key": new Date(0) }, '$["my key"]'],
    ["a map", [new Map()], "$[0]"],
    ["NaN", [1, Number.NaN], "$[1]"],
    ["a bigint", { n: 1n }, "$.n"],
    ["a hole", [1, undefined, 3], "$[1]"],
  ])("refuses %s and says where it is", (_, raw, path) => {
    expect(refusal(raw, "any")).toMatchObject({ code: "input_invalid", path });
  });

  it("refuses a value that contains itself", () => {
    const given: { self?: unknown } = {};
    given.self = given;
    expect(refusal(given, "json").message).toContain("without cycles");
    expect(refusal(given, "string").code).toBe("input_invalid");
  });

  it("takes 100 levels and refuses 101", () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    expect(convertInput(nested(100), "any").type).toBe("any");
    expect(refusal(nested(101), "any").code).toBe("input_invalid");
  });

  it("changes no JSON at all", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (given) => {
        expect(convertInput(given, "json").value).toBe(given);
      }),
    );
  });
});

describe("convertInput, lists", () => {
  it("takes arrays of finite numbers as vectors, also typed ones", () => {
    expect(convertInput([1, -0.5], "vector").value).toEqual([1, -0.5]);
    expect(convertInput(new Float32Array([1, 0.5]), "vector").value).toEqual([1, 0.5]);
  });

  it.each([
    ["abc", "$"],
    [{ a: 1 }, "$"],
    [[1, "2"], "$[1]"],
    [[Number.NaN], "$[0]"],
  ])("refuses %j as a vector", (raw, path) => {
    expect(refusal(raw, "vector").path).toBe(path);
  });

  it("reads search results in any spelling of the field names, and fills in what is absent", () => {
    expect(convertInput([{ ID: "1", Type: "doc", DISTANCE: 0.25 }, null, {}], "search_results").value).toEqual([
      { id: "1", type: "doc", distance: 0.25 },
      { id: "", type: "", distance: 0 },
      { id: "", type: "", distance: 0 },
    ]);
  });

  it.each([
    ["x", "$"],
    [{ id: "1" }, "$"],
    [[{ id: 1 }], "$[0].id"],
    [["x"], "$[0]"],
  ])("refuses %j as search results", (raw, path) => {
    expect(refusal(raw, "search_results").path).toBe(path);
  });
});

describe("convertInput, unknown types", () => {
  it.each([
    ["text", "expected one of any, string"],
    ["chat_histroy", "did you mean chat_history?"],
    ["constructor", "there is no data type"],
  ])("refuses %s", (type, message) => {
    // Safe in a test: a caller without types can give any text.
    expect(refusal("x", type as DataType).message).toContain(message);
  });
});
