import type { ChainGraph, Place } from "./chain-graph.ts";
import type { DrawnRun } from "./drawn-run.ts";

/** How what is missing looks, and what a run came to: its way, and where it failed. */
export function mermaidStyles(
  graph: ChainGraph,
  drawn: DrawnRun | undefined,
  nameOf: (place: Place) => string,
): readonly string[] {
  const missing = graph.missing.length === 0 ? [] : [MISSING, `class ${graph.missing.map(nameOf).join(",")} missing`];
  if (drawn === undefined) return missing;
  const visited = graph.tasks.filter((task) => drawn.visits.has(task));
  const failed = visited.filter((task) => drawn.visits.get(task)?.hasFailed);
  const passed = visited.filter((task) => !failed.includes(task));
  const taken = (isFailure: boolean) =>
    graph.ways.flatMap((way, index) => (drawn.taken.has(way) && way.isFailure === isFailure ? [index] : [])).join(",");
  return [
    ...missing,
    ...(passed.length === 0 ? [] : [PASSED, `class ${passed.map(nameOf).join(",")} passed`]),
    ...(failed.length === 0 ? [] : [FAILED, `class ${failed.map(nameOf).join(",")} failed`]),
    ...(taken(false) === "" ? [] : [`linkStyle ${taken(false)} stroke:#1a7f4b,stroke-width:3px`]),
    ...(taken(true) === "" ? [] : [`linkStyle ${taken(true)} stroke:#b3261e,stroke-width:3px,stroke-dasharray:6`]),
  ];
}

const MISSING = "classDef missing stroke:#b3261e,stroke-dasharray:4";
const PASSED = "classDef passed fill:#d9f2e3,stroke:#1a7f4b,color:#0b3d25";
const FAILED = "classDef failed fill:#fbdcdc,stroke:#b3261e,color:#5c1210";
