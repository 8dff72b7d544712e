import { expect, test } from "vitest";
import { defineChain } from "../define-chain.ts";
import { parseChain } from "../parse-chain.ts";

const to = (goto: string) => ({ branches: [{ operator: "default", goto }] });

/** What is said of a task that reads what another was asked for. */
function told(template: string, output: object) {
  const tasks = [
    { id: "read", handler: "raw_string", output, transition: to("tell") },
    { id: "tell", handler: "noop", prompt_template: template },
  ];
  return parseChain({ id: "c", tasks }).findings.map(({ message, suggestion }) => [message, suggestion]);
}

const person = {
  type: "object",
  properties: { name: { type: "string" }, places: { type: "array", items: { properties: { city: {} } } } },
};

test("says what is read, what there is instead, and what was probably meant", () => {
  expect(told("{{.read.nmae}}", person)).toEqual([
    [
      "task `tell` reads `read.nmae`, and the `output` schema of `read` has no `nmae` in `read`; there is `name`, `places`",
      "name",
    ],
  ]);
});

test("says where in the value that is", () => {
  expect(told("{{range .read.places}}{{.ctiy}}{{end}}", person)).toEqual([
    [
      "task `tell` reads `read.places[].ctiy`, and the `output` schema of `read` has no `ctiy` in `read.places[]`; there is `city`",
      "city",
    ],
  ]);
  expect(told("{{.read.name.first}}", person)[0]?.[0]).toContain(
    "no `first` in `read.name`; there are no properties there",
  );
});

test("says nothing of properties of a schema that is refused itself", () => {
  const messages = told("{{.read.name}}", { type: "objct", properties: { name: {} } }).map(([message]) => message);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain("did you mean object?");
});

test("names a few of many properties", () => {
  const properties = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`property_${index}`, {}]));
  expect(told("{{.read.zebra}}", { type: "object", properties })[0]?.[0]).toContain("`property_7` and 12 others");
});

test("is refused where the chain is defined", () => {
  const source = {
    id: "c",
    input: person,
    // A text that is no literal says nothing to types.
    tasks: { tell: { handler: "noop", promptTemplate: String("{{.input.nmae}}") } },
  } as const;
  expect(() => defineChain(source)).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ code: "unknown_property", suggestion: "name" })] }),
  );
});
