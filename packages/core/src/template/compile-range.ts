import { describeKind } from "../value/describe-kind.ts";
import { isJsonObject } from "../value/json.ts";
import { charge, type Expression, type Frame, type Rendering, resolveRoot, type Step, type Value } from "./frame.ts";
import type { Node } from "./tree.ts";

type RangeNode = Extract<Node, { kind: "range" }>;

/** Runs `body` for each element of an array, of an object in the order of its sorted keys, or for 0 to n - 1; `otherwise` where there is none. */
export function compileRange(node: RangeNode, subject: Expression, body: Step, otherwise: Step): Step {
  const { at, pipeline } = node;
  const [keySlot, elementSlot] = pipeline.slots.length === 2 ? pipeline.slots : [undefined, pipeline.slots[0]];
  return (frame, dot) => {
    const { rendering } = frame;
    charge(rendering, at, 1);
    const { count, entry } = openSequence(rendering, pipeline.at, resolveRoot(rendering, subject(frame, dot)));
    if (count === 0) return otherwise(frame, dot);
    for (let i = 0; i < count; i++) {
      charge(rendering, at, 1);
      const [key, element] = entry(i);
      setVariable(frame, keySlot, key);
      setVariable(frame, elementSlot, element);
      if (body(frame, element) === "break") break;
    }
    return "go_on";
  };
}

function setVariable(frame: Frame, slot: number | undefined, value: Value): void {
  if (slot !== undefined) frame.variables[slot] = value;
}

interface Sequence {
  readonly count: number;
  readonly entry: (index: number) => readonly [key: Value, element: Value];
}

function openSequence(rendering: Rendering, at: number, value: Value): Sequence {
  if (value === undefined || value === null) return { count: 0, entry: () => [undefined, undefined] };
  if (Array.isArray(value)) return { count: value.length, entry: (index) => [index, value[index]] };
  if (isJsonObject(value)) {
    const keys = Object.keys(value).sort();
    return {
      count: keys.length,
      entry: (index) => {
        const key = keys[index];
        return key === undefined ? [undefined, undefined] : [key, value[key]];
      },
    };
  }
  if (typeof value === "number" && Number.isInteger(value)) {
    return { count: Math.max(0, value), entry: (index) => [index, index] };
  }
  const actual = typeof value === "number" ? "a number with a fraction" : describeKind(value);
  return rendering.fail(at, `range needs an array, an object or a whole number, but got ${actual}`);
}
