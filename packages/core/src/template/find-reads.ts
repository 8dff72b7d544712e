import type { Body, Command, Node, Operand, Pipeline, Tree } from "./tree.ts";

/** The walk through one body: whether `.` is the root here, and which variables are. */
interface Place {
  readonly dotIsRoot: boolean;
  readonly rootSlots: Set<number>;
}

/** The names that a template reads from its root, each once, in order of appearance: also through `$`, `index . "name"`, and in bodies that are called with the root. */
export function findReads(tree: Tree): readonly string[] {
  const reads = new Set<string>();
  const visited = new Set<Body>();
  visitBody(tree.main);
  return [...reads];

  function visitBody(body: Body): void {
    // Only bodies whose root is the template's are visited, so that once is enough.
    if (visited.has(body)) return;
    visited.add(body);
    visitNodes(body.nodes, { dotIsRoot: true, rootSlots: new Set([0]) });
  }

  function visitNodes(nodes: readonly Node[], place: Place): void {
    for (const node of nodes) visitNode(node, place);
  }

  function visitNode(node: Node, place: Place): void {
    switch (node.kind) {
      case "print":
        visitPipeline(node.pipeline, place);
        return;
      case "if":
      case "with":
        for (const { pipeline, body } of node.branches) {
          const isRoot = visitPipeline(pipeline, place);
          visitNodes(body, node.kind === "with" ? { ...place, dotIsRoot: isRoot } : place);
        }
        visitNodes(node.otherwise, place);
        return;
      case "range":
        visitPipeline({ ...node.pipeline, slots: [] }, place);
        for (const slot of node.pipeline.slots) place.rootSlots.delete(slot);
        visitNodes(node.body, { ...place, dotIsRoot: false });
        visitNodes(node.otherwise, place);
        return;
      case "template":
        visitTemplateCall(node, place);
    }
  }

  function visitTemplateCall(node: Extract<Node, { kind: "template" }>, place: Place): void {
    const body = tree.definitions.get(node.name);
    const isRoot = node.pipeline !== undefined && visitPipeline(node.pipeline, place);
    if (isRoot && body !== undefined) visitBody(body);
  }

  /** Notes what a pipeline reads, and says whether its value is the root. */
  function visitPipeline(pipeline: Pipeline, place: Place): boolean {
    const [only, ...others] = pipeline.commands;
    let isRoot = false;
    for (const command of pipeline.commands) isRoot = visitCommand(command, place);
    isRoot &&= others.length === 0 && only?.kind === "value";
    // A variable that was the root once stays so: a name too many does less harm than one that is missing.
    if (isRoot) for (const slot of pipeline.slots) place.rootSlots.add(slot);
    return isRoot;
  }

  function visitCommand(command: Command, place: Place): boolean {
    if (command.kind === "value") return visitOperand(command.operand, place);
    const [first, second] = command.operands.map((operand) => ({ operand, isRoot: visitOperand(operand, place) }));
    const key = second?.operand.source;
    if (command.name === "index" && first?.isRoot && key?.kind === "constant") reads.add(String(key.value));
    return false;
  }

  /** Notes the first field where the operand's source is the root, and says whether the operand is the root itself. */
  function visitOperand({ source, fields }: Operand, place: Place): boolean {
    const isRoot =
      source.kind === "dot"
        ? place.dotIsRoot
        : source.kind === "variable"
          ? place.rootSlots.has(source.slot)
          : source.kind === "pipeline" && visitPipeline(source.pipeline, place);
    const [field] = fields;
    if (isRoot && field !== undefined) reads.add(field.name);
    return isRoot && field === undefined;
  }
}
