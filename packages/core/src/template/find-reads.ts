import type { Body, Command, Node, Operand, Pipeline, Tree } from "./tree.ts";

interface Walk {
  readonly tree: Tree;
  readonly reads: Set<string>;
  /** Only bodies whose root is the template's are visited, so that once is enough. */
  readonly visited: Set<Body>;
}

/** A place in one body: whether `.` is the root there, and which variables are. */
interface Place {
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

function visitNodes(walk: Walk, nodes: readonly Node[], place: Place): void {
  for (const node of nodes) visitNode(walk, node, place);
}

function visitNode(walk: Walk, node: Node, place: Place): void {
  switch (node.kind) {
    case "print":
      visitPipeline(walk, node.pipeline, place);
      return;
    case "if":
    case "with":
      for (const { pipeline, body } of node.branches) {
        const isRoot = visitPipeline(walk, pipeline, place);
        visitNodes(walk, body, node.kind === "with" ? { ...place, dotIsRoot: isRoot } : place);
      }
      visitNodes(walk, node.otherwise, place);
      return;
    case "range":
      // Its variables get elements, never the root.
      visitPipeline(walk, { ...node.pipeline, slots: [] }, place);
      visitNodes(walk, node.body, { ...place, dotIsRoot: false });
      visitNodes(walk, node.otherwise, place);
      return;
    case "template":
      visitTemplateCall(walk, node, place);
  }
}

function visitTemplateCall(walk: Walk, node: Extract<Node, { kind: "template" }>, place: Place): void {
  const body = walk.tree.definitions.get(node.name);
  const isRoot = node.pipeline !== undefined && visitPipeline(walk, node.pipeline, place);
  if (isRoot && body !== undefined) visitBody(walk, body);
}

/** Notes what a pipeline reads, and says whether its value is the root. */
function visitPipeline(walk: Walk, pipeline: Pipeline, place: Place): boolean {
  const isRoot = pipeline.commands.map((command) => visitCommand(walk, command, place)).every(Boolean);
  // A variable that was the root once stays so: a name too many does less harm than one that is missing.
  if (isRoot) for (const slot of pipeline.slots) place.rootSlots.add(slot);
  return isRoot;
}

function visitCommand(walk: Walk, command: Command, place: Place): boolean {
  if (command.kind === "value") return visitOperand(walk, command.operand, place);
  const areRoot = command.operands.map((operand) => visitOperand(walk, operand, place));
  const key = command.operands[1]?.source;
  if (command.name === "index" && areRoot[0] && key?.kind === "constant") walk.reads.add(String(key.value));
  return (command.name === "and" || command.name === "or") && areRoot.includes(true);
}

/** Notes the first field where the operand's source is the root, and says whether the operand is the root itself. */
function visitOperand(walk: Walk, { source, fields }: Operand, place: Place): boolean {
  const isRoot = isRootSource(walk, source, place);
  const [field] = fields;
  // `.5` may be a mere fraction: it asks for no variable.
  if (isRoot && field !== undefined && field.fraction === undefined) walk.reads.add(field.name);
  return isRoot && field === undefined;
}

function isRootSource(walk: Walk, source: Operand["source"], place: Place): boolean {
  if (source.kind === "dot") return place.dotIsRoot;
  if (source.kind === "variable") return place.rootSlots.has(source.slot);
  return source.kind === "pipeline" && visitPipeline(walk, source.pipeline, place);
}
