import type { Body, Command, Node, Operand, Pipeline, Tree } from "./tree.ts";

/** A step from a value to a part of it: a property's name, or a number for an element of a list, whichever. */
export type PathStep = string | number;

/** A way from the root of a template to a value in it; empty for the root itself. */
export type ReadPath = readonly PathStep[];

/** Where a value comes from; undefined where that cannot be told. */
type Place = ReadPath | undefined;

interface Walk {
  readonly tree: Tree;
  readonly paths: Map<string, ReadPath>;
  /** Only bodies whose root is the template's are visited, so that once is enough. */
  readonly visited: Set<Body>;
}

/** What is seen from a place in one body: what `.` is there, and what the variables are. */
interface View {
  readonly dot: Place;
  readonly slots: Map<number, Place>;
}

const ROOT: ReadPath = [];

/**
 * What a template reads, as ways from its root, each once, in order of appearance: also through `$`, variables, `index`, `with` and `range`,
 * and in bodies that are called with the root.
 */
export function findPaths(tree: Tree): readonly ReadPath[] {
  const walk: Walk = { tree, paths: new Map(), visited: new Set() };
  visitBody(walk, tree.main);
  return [...walk.paths.values()];
}

function visitBody(walk: Walk, body: Body): void {
  if (walk.visited.has(body)) return;
  walk.visited.add(body);
  visitNodes(walk, body.nodes, { dot: ROOT, slots: new Map([[0, ROOT]]) });
}

function visitNodes(walk: Walk, nodes: readonly Node[], view: View): void {
  for (const node of nodes) visitNode(walk, node, view);
}

function visitNode(walk: Walk, node: Node, view: View): void {
  switch (node.kind) {
    case "print":
      visitPipeline(walk, node.pipeline, view);
      return;
    case "if":
    case "with":
      for (const { pipeline, body } of node.branches) {
        const place = visitPipeline(walk, pipeline, view);
        visitNodes(walk, body, node.kind === "with" ? { ...view, dot: place } : view);
      }
      visitNodes(walk, node.otherwise, view);
      return;
    case "range":
      visitRange(walk, node, view);
      return;
    case "template":
      visitTemplateCall(walk, node, view);
  }
}

/** Its dot, and the last of its variables, are an element; the variables before that are its key. */
function visitRange(walk: Walk, { pipeline, body, otherwise }: Extract<Node, { kind: "range" }>, view: View): void {
  const list = visitPipeline(walk, { ...pipeline, slots: [] }, view);
  const element = elementOf(list);
  for (const [index, slot] of pipeline.slots.entries())
    assign(view, slot, index === pipeline.slots.length - 1 ? element : undefined);
  visitNodes(walk, body, { ...view, dot: element });
  visitNodes(walk, otherwise, view);
}

/** The root's own elements are the variables, of which each is something else. */
function elementOf(list: Place): Place {
  return list === undefined || list.length === 0 ? undefined : [...list, 0];
}

function visitTemplateCall(walk: Walk, node: Extract<Node, { kind: "template" }>, view: View): void {
  const body = walk.tree.definitions.get(node.name);
  const place = node.pipeline && visitPipeline(walk, node.pipeline, view);
  if (isRoot(place) && body !== undefined) visitBody(walk, body);
}

/** Notes what a pipeline reads, and says where its value comes from. */
function visitPipeline(walk: Walk, pipeline: Pipeline, view: View): Place {
  const places = pipeline.commands.map((command) => visitCommand(walk, command, view));
  const place = places.length === 1 ? places[0] : places.every(isRoot) ? ROOT : undefined;
  for (const slot of pipeline.slots) assign(view, slot, place);
  return place;
}

/** A variable that was the root once stays so: a name too many does less harm than one that is missing. Of others nothing is known once they differ. */
function assign({ slots }: View, slot: number, place: Place): void {
  const before = slots.get(slot);
  if (!slots.has(slot) || isRoot(place)) slots.set(slot, place);
  else if (!isRoot(before) && before?.join() !== place?.join()) slots.set(slot, undefined);
}

function visitCommand(walk: Walk, command: Command, view: View): Place {
  if (command.kind === "value") return visitOperand(walk, command.operand, view);
  const places = command.operands.map((operand) => visitOperand(walk, operand, view));
  if (command.name === "index") return visitIndex(walk, command.operands, places);
  return (command.name === "and" || command.name === "or") && places.some(isRoot) ? ROOT : undefined;
}

/** `index . "name" 0`: the keys that are written out are steps. */
function visitIndex(walk: Walk, operands: readonly Operand[], [list]: readonly Place[]): Place {
  let place = list;
  for (const { source } of operands.slice(1)) {
    if (place === undefined || source.kind !== "constant") return undefined;
    const { value } = source;
    place = [...place, typeof value === "number" && place.length > 0 ? value : String(value)];
    note(walk, place);
  }
  return place;
}

/** Notes the fields that an operand reads, and says where its value comes from. */
function visitOperand(walk: Walk, { source, fields }: Operand, view: View): Place {
  const from = placeOf(walk, source, view);
  // `.5` may be a mere fraction: it asks for no variable.
  if (from === undefined || fields.length === 0 || fields.some(({ fraction }) => fraction !== undefined))
    return fields.length === 0 ? from : undefined;
  const place = [...from, ...fields.map(({ name }) => name)];
  note(walk, place);
  return place;
}

function placeOf(walk: Walk, source: Operand["source"], view: View): Place {
  if (source.kind === "dot") return view.dot;
  if (source.kind === "variable") return view.slots.get(source.slot);
  return source.kind === "pipeline" ? visitPipeline(walk, source.pipeline, view) : undefined;
}

function isRoot(place: Place): boolean {
  return place?.length === 0;
}

function note({ paths }: Walk, path: ReadPath): void {
  paths.set(JSON.stringify(path), path);
}
