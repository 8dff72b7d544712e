import { printValue } from "../value/print-value.ts";
import { suggest } from "../value/suggest.ts";
import { compilePipeline } from "./compile-pipeline.ts";
import { compileRange } from "./compile-range.ts";
import { charge, type Frame, type Rendering, resolveRoot, type Step, type Value, write } from "./frame.ts";
import { LIMITS } from "./limits.ts";
import { syntaxError } from "./locate.ts";
import type { Body, GuardedBody, Node, Tree } from "./tree.ts";
import { isTruthy } from "./truth.ts";

/** Writes the whole template to `rendering.out`. */
export type CompiledTemplate = (rendering: Rendering, root: Value) => void;

/** The bodies that can be called by name; each is filled in after all are known, so that they may call each other. */
type Bodies = Map<string, { readonly slots: number; readonly nesting: number; step: Step }>;

/** Turns a tree into closures: no text is ever evaluated as code. Throws `template_syntax` for calls of what does not exist or with too many arguments. */
export function compile(tree: Tree, source: string): CompiledTemplate {
  const bodies: Bodies = new Map();
  for (const [name, body] of tree.definitions) bodies.set(name, { ...body, step: () => "go_on" });
  for (const [name, body] of tree.definitions) {
    const entry = bodies.get(name);
    if (entry !== undefined) entry.step = compileBody(body, source, bodies);
  }
  const main = compileBody(tree.main, source, bodies);
  return (rendering, root) => {
    main(openFrame(rendering, tree.main.slots, root), root);
  };
}

function compileBody(body: Body, source: string, bodies: Bodies): Step {
  return compileNodes(body.nodes, source, bodies);
}

/** `$`, the first variable, is what the body was called with. */
function openFrame(rendering: Rendering, slots: number, root: Value): Frame {
  const variables = new Array<Value>(slots).fill(undefined);
  variables[0] = root;
  return { rendering, variables };
}

function compileNodes(nodes: readonly Node[], source: string, bodies: Bodies): Step {
  const steps = nodes.map((node) => compileNode(node, source, bodies));
  return (frame, dot) => {
    for (const step of steps) {
      const signal = step(frame, dot);
      if (signal !== "go_on") return signal;
    }
    return "go_on";
  };
}

function compileNode(node: Node, source: string, bodies: Bodies): Step {
  switch (node.kind) {
    case "text":
      return compileText(node.text);
    case "print":
      return compilePrint(node, source);
    case "if":
    case "with":
      return compileBranches(
        node.kind,
        node.branches,
        node.otherwise,
        (nodes) => compileNodes(nodes, source, bodies),
        source,
      );
    case "range":
      return compileRange(
        node,
        compilePipeline({ ...node.pipeline, slots: [] }, source),
        compileNodes(node.body, source, bodies),
        compileNodes(node.otherwise, source, bodies),
      );
    case "template":
      return compileTemplateCall(node, source, bodies);
    case "break":
    case "continue": {
      const { kind } = node;
      return () => kind;
    }
  }
}

function compileText(text: string): Step {
  return ({ rendering }) => {
    write(rendering, 0, text);
    return "go_on";
  };
}

function compilePrint({ pipeline }: Extract<Node, { kind: "print" }>, source: string): Step {
  const value = compilePipeline(pipeline, source);
  const { at, isAssignment } = pipeline;
  return (frame, dot) => {
    const { rendering } = frame;
    charge(rendering, at, 1);
    const result = value(frame, dot);
    if (!isAssignment) write(rendering, at, printValue(resolveRoot(rendering, result)));
    return "go_on";
  };
}

function compileBranches(
  kind: "if" | "with",
  branches: readonly GuardedBody[],
  otherwise: readonly Node[],
  compileBody: (nodes: readonly Node[]) => Step,
  source: string,
): Step {
  const compiled = branches.map(({ pipeline, body }) => ({
    at: pipeline.at,
    condition: compilePipeline(pipeline, source),
    body: compileBody(body),
  }));
  const last = compileBody(otherwise);
  return (frame, dot) => {
    for (const { at, condition, body } of compiled) {
      charge(frame.rendering, at, 1);
      const value = condition(frame, dot);
      if (isTruthy(resolveRoot(frame.rendering, value))) return body(frame, kind === "with" ? value : dot);
    }
    return last(frame, dot);
  };
}

function compileTemplateCall(node: Extract<Node, { kind: "template" }>, source: string, bodies: Bodies): Step {
  const { name, at } = node;
  const body = bodies.get(name);
  if (body === undefined) {
    const meant = suggest(name, [...bodies.keys()]);
    const hint =
      meant === undefined
        ? `write {{define ${JSON.stringify(name)}}} … {{end}}`
        : `did you mean ${JSON.stringify(meant)}?`;
    throw syntaxError(source, at, `no template ${JSON.stringify(name)} is defined: ${hint}`);
  }
  const argument = node.pipeline && compilePipeline(node.pipeline, source);
  return (frame, dot) => {
    const { rendering } = frame;
    charge(rendering, at, 1);
    const depth = rendering.depth + body.nesting + 1;
    if (depth > LIMITS.depth) rendering.fail(at, `templates call each other more than ${LIMITS.depth} blocks deep`);
    const value = argument?.(frame, dot);
    rendering.depth = depth;
    body.step(openFrame(rendering, body.slots, value), value);
    rendering.depth = depth - body.nesting - 1;
    return "go_on";
  };
}
