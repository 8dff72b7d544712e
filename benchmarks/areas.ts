import { gateway } from "./gateway/area.ts";
import { importing } from "./import/area.ts";
import { local } from "./local/area.ts";
import type { Area, Scenario } from "./measure/area.ts";
import { model } from "./model/area.ts";
import { orchestration } from "./orchestration/area.ts";
import { routing } from "./routing/area.ts";
import { store } from "./store/area.ts";
import { template } from "./template/area.ts";
import { transport } from "./transport/area.ts";

export const AREAS: readonly Area[] = [
  orchestration,
  model,
  routing,
  transport,
  gateway,
  store,
  template,
  local,
  importing,
];

/** Throws where there is none of this name. */
export function findArea(name: string): Area {
  const area = AREAS.find((one) => one.name === name);
  if (area !== undefined) return area;
  throw new Error(`there is no area ${JSON.stringify(name)}; there are: ${AREAS.map((one) => one.name).join(", ")}`);
}

/** Throws where there is none of this name. */
export function findScenario(area: Area, name: string): Scenario {
  const scenario = area.scenarios.find((one) => one.name === name);
  if (scenario !== undefined) return scenario;
  throw new Error(`the area ${area.name} has no scenario ${JSON.stringify(name)}`);
}
