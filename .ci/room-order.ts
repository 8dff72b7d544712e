import { posix } from "node:path";
import type { Problem } from "./problem.ts";
import type { Import } from "./read-imports.ts";

const CORE = "packages/core/src/";

/** The rooms of core, in the order of the pipeline: each may import from itself and from those before it. */
const ROOMS = [
  "surroundings",
  "errors",
  "value",
  "template",
  "chain",
  "engine",
  "events",
  "store",
  "model",
  "registry",
  "fleet",
  "routing",
  "hook",
  "handler",
  "run",
  "create-runtime.ts",
  "index.ts",
];

/** The engine is pure: it may not even see the rooms in which there is a clock, randomness, a model or a store. */
const ENGINE_SEES = ["engine", "errors", "value", "template", "chain"];

/** Imports inside core that point against the order of its rooms. */
export function checkRoomOrder(imports: ReadonlyMap<string, readonly Import[]>): Problem[] {
  return [...imports].flatMap(([path, found]) => {
    if (!path.startsWith(CORE)) return [];
    const room = roomOf(path);
    if (!ROOMS.includes(room))
      return [{ path, line: 1, message: `lies in no room; the rooms are ${ROOMS.join(", ")}` }];
    return found.flatMap(({ specifier, line }): Problem[] => {
      const message = refuse(room, path, specifier);
      return message === undefined ? [] : [{ path, line, message }];
    });
  });
}

function refuse(room: string, path: string, specifier: string): string | undefined {
  if (specifier.startsWith("node:")) {
    return `imports ${specifier}: core runs on every platform and takes its surroundings as parameters`;
  }
  if (!specifier.startsWith(".")) {
    return room === "engine"
      ? `imports ${specifier}: the engine imports no package itself; what it needs of one, such as the check of a JSON Schema, is a pure function in a room before it`
      : undefined;
  }
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(CORE)) return undefined;
  const other = roomOf(target);
  if (room === "engine" && !ENGINE_SEES.includes(other)) {
    return `imports from ${other}: the engine sees only ${ENGINE_SEES.slice(1).join(", ")}`;
  }
  if (ROOMS.indexOf(other) > ROOMS.indexOf(room)) return `imports from ${other}, which comes after ${room}`;
  return undefined;
}

function roomOf(path: string): string {
  return path.slice(CORE.length).split("/")[0] ?? "";
}
