import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { CONTENDERS } from "./experiments.ts";
import type { LoadPoint } from "./print-tables.ts";

const COLOR = {
  field: "policy",
  type: "nominal",
  sort: CONTENDERS.map(({ name }) => name),
  scale: { scheme: "tableau10" },
  legend: { title: null, orient: "right", labelLimit: 220 },
} as const;
const LOAD = {
  field: "load",
  type: "quantitative",
  title: "load, % of what all servers can do",
  scale: { zero: false, nice: false },
} as const;
/** Where places are known the line is broken, because several lie upon each other. */
const STROKE_DASH = {
  field: "places",
  type: "nominal",
  scale: {
    domain: ["not known", "known"],
    range: [
      [1, 0],
      [6, 4],
    ],
  },
  legend: null,
} as const;

/** Two pictures side by side, as one SVG: good answers, and the first token's time, over the load. */
export async function plotLoads(points: readonly LoadPoint[]): Promise<string> {
  const values = points.map(({ contender, load, result }) => ({
    policy: contender.name,
    places: contender.knowsPlaces ? "known" : "not known",
    load: 100 * load,
    good: 100 * result.good,
    firstToken: result.firstTokenP99S,
  }));
  const spec: TopLevelSpec = {
    background: "white",
    data: { values },
    hconcat: [
      picture("Answers in good time, %", "good", { domain: [0, 100] }),
      picture("First token, 99th percentile, seconds", "firstToken", {
        type: "log",
        domain: [0.3, 200],
        clamp: true,
      }),
    ],
  };
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  return `${await view.toSVG()}\n`;
}

interface Scale {
  readonly type?: "log";
  readonly domain: [number, number];
  readonly clamp?: boolean;
}

/** One value of the contenders over the load. */
function picture(title: string, field: "good" | "firstToken", scale: Scale) {
  return {
    width: 360,
    height: 260,
    title,
    mark: { type: "line", point: true, strokeWidth: 2 },
    encoding: {
      x: LOAD,
      color: COLOR,
      strokeDash: STROKE_DASH,
      y: { field, type: "quantitative", title: null, scale },
    },
  } as const;
}
