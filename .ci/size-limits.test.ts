import { expect, test } from "vitest";
import { measureFunctions } from "./measure-functions.ts";
import { judgeSize } from "./size-limits.ts";

const lines = (count: number) => "\n".repeat(count);
const judge = (text: string) => {
  const file = { path: "a.ts", text };
  return judgeSize(file, measureFunctions(file)).map(({ severity, message }) => `${severity}: ${message}`);
};

test("names functions as they are written", () => {
  const text =
    "function a() {}\nconst b = () => {\n};\nclass C { d() {} e = () => {}; }\nconst f = { g() {} };\n[].map(() => 1);";
  expect(measureFunctions({ path: "a.ts", text })).toEqual([
    { name: "a", line: 1, lines: 1 },
    { name: "b", line: 2, lines: 2 },
    { name: "d", line: 4, lines: 1 },
    { name: "e", line: 4, lines: 1 },
    { name: "g", line: 5, lines: 1 },
    { name: "a function", line: 6, lines: 1 },
  ]);
});

test("warns of a long function and refuses a very long one", () => {
  expect(judge(`function a() {${lines(59)}}`)).toEqual([]);
  expect(judge(`function a() {${lines(60)}}`)).toEqual(["warning: a has 61 lines, more than 60 are much"]);
  expect(judge(`function a() {${lines(120)}}`)).toEqual(["error: a has 121 lines, at most 120 are allowed"]);
});

test("warns of a long file and refuses a very long one", () => {
  const file = (count: number) => `${"let a;\n".repeat(count)}`;
  expect(judge(file(250))).toEqual([]);
  expect(judge(file(251))).toEqual(["warning: the file has 251 lines, more than 250 are much"]);
  expect(judge(file(401))).toEqual(["error: the file has 401 lines, at most 400 are allowed"]);
});
