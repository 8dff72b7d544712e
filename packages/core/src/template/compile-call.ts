import { charge, type Expression, type Frame, ROOT, resolveRoot, type Value } from "./frame.ts";
import { FUNCTIONS } from "./functions.ts";
import { LIMITS } from "./limits.ts";
import type { Fail } from "./template-function.ts";
import { isTruthy } from "./truth.ts";

/** Gives a value from those of the arguments; `piped` is the one that came through `|`, where there is one. */
export type CompiledCommand = (frame: Frame, dot: Value, piped: Value) => Value;

/** A call of a function by name. `refuse` throws `template_syntax` at the call. */
export function compileCall(
  name: string,
  at: number,
  operands: readonly Expression[],
  hasPiped: boolean,
  refuse: Fail,
): CompiledCommand {
  const count = operands.length + (hasPiped ? 1 : 0);
  if (name === "and" || name === "or") {
    if (count === 0) return refuse(`${name} needs at least one argument`);
    return compileShortCircuit(name === "or", at, operands, hasPiped);
  }
  const { least, most, call } = FUNCTIONS.get(name) ?? refuse(`there is no function ${name}`);
  if (count < least || count > most) return refuse(`${name} needs ${wanted(least, most)}, but gets ${count}`);
  return (frame, dot, piped) => {
    const { rendering } = frame;
    charge(rendering, at, 1);
    const values = operands.map((operand) => operand(frame, dot));
    if (hasPiped) values.push(piped);
    if (name === "index") readRootFirst(frame, values);
    const given = values.map((value) => resolveRoot(rendering, value));
    const result = call(given, (message) => rendering.fail(at, message));
    for (const value of given) chargeSize(frame, at, value);
    chargeSize(frame, at, result);
    return result;
  };
}

/** `index . "my-task"` reads one variable, without gathering all of them. */
function readRootFirst({ rendering }: Frame, values: Value[]): void {
  const [owner, key] = values;
  if (owner !== ROOT || typeof key !== "string" || rendering.scope === undefined) return;
  values.splice(0, 2, rendering.scope.get(key));
}

/** Long texts and lists cost time and memory even where they are never written. */
function chargeSize({ rendering }: Frame, at: number, value: Value): void {
  if (typeof value === "string") {
    charge(rendering, at, value.length >> 10);
    if (value.length > LIMITS.outputLength) {
      rendering.fail(at, `the text is longer than ${LIMITS.outputLength} characters`);
    }
  }
  if (Array.isArray(value)) charge(rendering, at, value.length >> 4);
}

function compileShortCircuit(
  endsAt: boolean,
  at: number,
  operands: readonly Expression[],
  hasPiped: boolean,
): CompiledCommand {
  return (frame, dot, piped) => {
    charge(frame.rendering, at, 1);
    let value: Value;
    for (const operand of operands) {
      value = operand(frame, dot);
      if (isTruthy(resolveRoot(frame.rendering, value)) === endsAt) return value;
    }
    return hasPiped ? piped : value;
  };
}

function wanted(least: number, most: number): string {
  if (least === most) return `${least} argument${least === 1 ? "" : "s"}`;
  return most === Number.POSITIVE_INFINITY
    ? `at least ${least} argument${least === 1 ? "" : "s"}`
    : `${least} to ${most} arguments`;
}
