import type { Body, Command, Node, Operand, Pipeline, Tree } from "./tree.ts";

interface Walk {
  readonly tree: Tree;
  readonly reads: Set<string>;
  /** Only bodies whose root is the template's are visited, so that once is enough. */
  readonly visited: Set<Body>;
}

/** What is seen from a place in one body: whether `.` is the root there, and which variables are. */
interface RootView {
  readonly dotIsRoot: boolean;
  readonly rootSlots: Set<number>;
}

/** The names that a template reads from its root, each once, in order of appearance: also through `$`, `index . "name"`, and in bodies that are called with the root. */
export function findReads(tree: Tree): readonly string[] {
  const walk: Walk = { tree, reads: new Set(), visited: new Set() };
  visitBody(walk, tree.main);
  return [...walk.reads];
}

function visitBody(walk: Walk, body: Body): void {
  if (walk.visited.has(body)) return;
  walk.visited.add(body);
  visitNodes(walk, body.nodes, { dotIsRoot: true, rootSlots: new Set([0]) });
}

function visitNodes(walk: Walk, nodes: readonly Node[], view: RootView): void {
  for (const node of nodes) visitNode(walk, node, view);
}

function visitNode(walk: Walk, node: Node, view: RootView): void {
  switch (node.kind) {
    case "print":
      visitPipeline(walk, node.pipeline, view);
      return;
    case "if":
    case "with":
      for (const { pipeline, body } of node.branches) {
        const isRoot = visitPipeline(walk, pipeline, view);
        visitNodes(walk, body, node.kind === "with" ? { ...view, dotIsRoot: isRoot } : view);
      }
      visitNodes(walk, node.otherwise, view);
      return;
    case "range":
      // Its variables get elements, never the root.
      visitPipeline(walk, { ...node.pipeline, slots: [] }, view);
      visitNodes(walk, node.body, { ...view, dotIsRoot: false });
      visitNodes(walk, node.otherwise, view);
      return;
    case "template":
      visitTemplateCall(walk, node, view);
  }
}

function visitTemplateCall(walk: Walk, node: Extract<Node, { kind: "template" }>, view: RootView): void {
  const body = walk.tree.definitions.get(node.name);
  const isRoot = node.pipeline !== undefined && visitPipeline(walk, node.pipeline, view);
  if (isRoot && body !== undefined) visitBody(walk, body);
}

/** Notes what a pipeline reads, and says whether its value is the root. */
function visitPipeline(walk: Walk, pipeline: Pipeline, view: RootView): boolean {
  const isRoot = pipeline.commands.map((command) => visitCommand(walk, command, view)).every(Boolean);
  // A variable that was the root once stays so: a name too many does less harm than one that is missing.
  if (isRoot) for (const slot of pipeline.slots) view.rootSlots.add(slot);
  return isRoot;
}

function visitCommand(walk: Walk, command: Command, view: RootView): boolean {
  if (command.kind === "value") return visitOperand(walk, command.operand, view);
  const areRoot = command.operands.map((operand) => visitOperand(walk, operand, view));
  const key = command.operands[1]?.source;
  if (command.name === "index" && areRoot[0] && key?.kind === "constant") walk.reads.add(String(key.value));
  return (command.name === "and" || command.name === "or") && areRoot.includes(true);
}

/** Notes the first field where the operand's source is the root, and says whether the operand is the root itself. */
function visitOperand(walk: Walk, { source, fields }: Operand, view: RootView): boolean {
  const isRoot = isRootSource(walk, source, view);
  const [field] = fields;
  // `.5` may be a mere fraction: it asks for no variable.
  if (isRoot && field !== undefined && field.fraction === undefined) walk.reads.add(field.name);
  return isRoot && field === undefined;
}

function isRootSource(walk: Walk, source: Operand["source"], view: RootView): boolean {
  if (source.kind === "dot") return view.dotIsRoot;
  if (source.kind === "variable") return view.rootSlots.has(source.slot);
  return source.kind === "pipeline" && visitPipeline(walk, source.pipeline, view);
}
