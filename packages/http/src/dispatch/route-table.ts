import { HttpError } from "../errors/http-error.ts";
import type { Route } from "../route.ts";

export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly fixed: Map<string, Node>;
  place?: Node;
  route?: Route;
}

/** Finds the route of a request. A segment that is written out wins over a place; where that leads nowhere, the place is tried. */
export class RouteTable {
  readonly routes: readonly Route[];
  readonly #trees = new Map<string, Node>();

  constructor(routes: readonly Route[]) {
    this.routes = routes;
    for (const route of routes) this.#add(route);
  }

  find(method: string, path: string): RouteMatch | undefined {
    const tree = this.#trees.get(method);
    if (tree === undefined) return undefined;
    const segments = path.slice(1).split("/");
    const taken: string[] = [];
    const route = walk(tree, segments, 0, taken);
    return route === undefined ? undefined : { route, params: nameParams(route, taken) };
  }

  /** The methods of the routes that a path has. */
  methodsOf(path: string): readonly string[] {
    const segments = path.slice(1).split("/");
    return [...this.#trees].flatMap(([method, tree]) => (walk(tree, segments, 0, []) === undefined ? [] : [method]));
  }

  #add(route: Route): void {
    let node = this.#trees.get(route.method) ?? newNode();
    this.#trees.set(route.method, node);
    for (const segment of route.path.slice(1).split("/")) {
      const next: Node = (isPlace(segment) ? node.place : node.fixed.get(segment)) ?? newNode();
      if (isPlace(segment)) node.place = next;
      else node.fixed.set(segment, next);
      node = next;
    }
    node.route = route;
  }
}

function newNode(): Node {
  return { fixed: new Map() };
}

function isPlace(segment: string): boolean {
  return segment.startsWith("{");
}

function walk(node: Node, segments: readonly string[], index: number, taken: string[]): Route | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.route;
  const fixed = node.fixed.get(segment);
  const found = fixed === undefined ? undefined : walk(fixed, segments, index + 1, taken);
  if (found !== undefined || node.place === undefined || segment === "") return found;
  taken.push(segment);
  const placed = walk(node.place, segments, index + 1, taken);
  if (placed === undefined) taken.pop();
  return placed;
}

function nameParams(route: Route, taken: readonly string[]): Readonly<Record<string, string>> {
  if (taken.length === 0) return {};
  const names = route.path.split("/").filter(isPlace);
  return Object.fromEntries(names.map((name, index) => [name.slice(1, -1), decode(taken[index] ?? "")]));
}

function decode(segment: string): string {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new HttpError(400, "a segment of the path is not percent-encoded as UTF-8");
  }
}
