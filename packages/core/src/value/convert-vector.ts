import { checkJson } from "./check-json.ts";
import { describeKind } from "./describe-kind.ts";
import { invalidInput } from "./invalid-input.ts";

/** Checks an embedding vector: an array of finite numbers, also a Float32Array or Float64Array. */
export function convertVector(raw: unknown): readonly number[] {
  const list = checkJson(raw, "$");
  if (!Array.isArray(list)) throw invalidInput("$", "an array of numbers", describeKind(list));
  return list.map((item: unknown, index) => {
    if (typeof item === "number") return item;
    throw invalidInput(`$[${index}]`, "a number", describeKind(item));
  });
}
