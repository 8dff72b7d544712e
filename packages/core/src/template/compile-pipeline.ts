import { type CompiledCommand, compileCall } from "./compile-call.ts";
import { readField } from "./field.ts";
import { type Expression, ROOT } from "./frame.ts";
import { syntaxError } from "./locate.ts";
import type { Command, FieldName, Operand, Pipeline } from "./tree.ts";

/** The value of a pipeline, after its variables were set. `source` is the template's, for errors in the number of arguments. */
export function compilePipeline(pipeline: Pipeline, source: string): Expression {
  const value = compileCommands(pipeline.commands, source);
  const [slot] = pipeline.slots;
  // The two variables of a range are set by the range itself, for each element.
  if (slot === undefined) return value;
  return (frame, dot) => {
    const result = value(frame, dot);
    frame.variables[slot] = result;
    return result;
  };
}

function compileCommands(commands: readonly Command[], source: string): Expression {
  const [first, ...others] = commands;
  if (first === undefined) return () => undefined;
  if (others.length === 0) {
    if (first.kind === "value") return compileOperand(first.operand, source);
    const only = compileCommand(first, false, source);
    return (frame, dot) => only(frame, dot, undefined);
  }
  const start = compileCommand(first, false, source);
  const steps = others.map((command) => compileCommand(command, true, source));
  return (frame, dot) => {
    let value = start(frame, dot, undefined);
    for (const step of steps) value = step(frame, dot, value);
    return value;
  };
}

function compileCommand(command: Command, hasPiped: boolean, source: string): CompiledCommand {
  if (command.kind === "value") return compileOperand(command.operand, source);
  const operands = command.operands.map((operand) => compileOperand(operand, source));
  return compileCall(command.name, command.at, operands, hasPiped, (message) => {
    throw syntaxError(source, command.at, message);
  });
}

function compileOperand(operand: Operand, source: string): Expression {
  return compileFields(compileSource(operand, source), operand.fields);
}

function compileSource({ source: origin, at }: Operand, source: string): Expression {
  switch (origin.kind) {
    case "dot":
      return (_frame, dot) => dot;
    case "variable": {
      const { slot } = origin;
      return (frame) => frame.variables[slot];
    }
    case "constant": {
      const { value } = origin;
      return () => value;
    }
    case "pipeline":
      return compilePipeline(origin.pipeline, source);
    case "call": {
      const call = compileCommand({ kind: "call", at, name: origin.name, operands: [] }, false, source);
      return (frame, dot) => call(frame, dot, undefined);
    }
  }
}

function compileFields(owner: Expression, fields: readonly FieldName[]): Expression {
  const [first, ...others] = fields;
  if (first === undefined) return owner;
  const { name } = first;
  const read: Expression = (frame, dot) => {
    const value = owner(frame, dot);
    const { scope } = frame.rendering;
    // By far the commonest read: a variable of the root.
    return value === ROOT && scope !== undefined ? scope.get(name) : readField(frame.rendering, value, first);
  };
  if (others.length === 0) return read;
  return (frame, dot) => {
    let value = read(frame, dot);
    for (const field of others) value = readField(frame.rendering, value, field);
    return value;
  };
}
