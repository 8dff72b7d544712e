import {
  CONTENDERS,
  type Contender,
  type Extent,
  inSessions,
  LOADS,
  overloaded,
  underLoad,
  withAllDown,
  withFaults,
  withSilence,
} from "./experiments.ts";
import type { Gate } from "./gates.ts";
import type { TallyResult } from "./tally.ts";

/** How a contender fares under one load. */
export interface LoadPoint {
  readonly contender: Contender;
  readonly load: number;
  readonly result: TallyResult;
}

export function measureLoads(extent: Extent): readonly LoadPoint[] {
  return CONTENDERS.flatMap((contender) =>
    LOADS.map((load) => ({ contender, load, result: underLoad(load, contender, extent) })),
  );
}

/** Good answers by load, with the time of the first token that 99 of 100 did not exceed. */
export function printLoads(points: readonly LoadPoint[]): string {
  const rows = CONTENDERS.map(({ name }) => [
    name,
    ...LOADS.map((load) => {
      const point = points.find((one) => one.contender.name === name && one.load === load);
      return point === undefined ? "" : `${percent(point.result.good)}, ${seconds(point.result.firstTokenP99S)}`;
    }),
  ]);
  return table(["policy", ...LOADS.map((load) => `${Math.round(100 * load)} %`)], rows);
}

export function printFaults(extent: Extent): string {
  const rows = CONTENDERS.map((contender) => {
    const [broken, silent] = [withFaults(contender, extent), withSilence(contender, extent)];
    return [
      contender.name,
      percent(broken.good),
      broken.callsPerRequest.toFixed(3),
      percent(silent.good),
      silent.callsPerRequest.toFixed(3),
      withAllDown(contender, extent).callsPerRequest.toFixed(3),
    ];
  });
  const columns = [
    "one dead, one slow",
    "calls a request",
    "one silent",
    "calls a request",
    "all dead: calls a request",
  ];
  return table(["policy", ...columns], rows);
}

export function printOverload(extent: Extent): string {
  const rows = CONTENDERS.map((contender) => {
    const [once, thrice] = [overloaded(1, contender, extent), overloaded(3, contender, extent)];
    return [
      contender.name,
      percent(once.good),
      percent(thrice.good),
      thrice.callsPerRequest.toFixed(3),
      seconds(thrice.firstTokenP99S),
    ];
  });
  return table(["policy", "one attempt", "three attempts", "calls a request", "first token, p99"], rows);
}

export function printSessions(extent: Extent): string {
  const rows = CONTENDERS.filter(({ policy }) => policy === "auto" || policy === "least-loaded").flatMap((contender) =>
    [1.5, 2.6].map((rate) => {
      const [untold, told] = [inSessions(false, rate, contender, extent), inSessions(true, rate, contender, extent)];
      const cells = [untold, told].map(
        (one) => `${percent(one.good)}, ${seconds(one.firstTokenP99S)}, ${percent(one.sessionsFound)}`,
      );
      return [contender.name, `${rate} a second`, ...cells];
    }),
  );
  return table(["policy", "new conversations", "without `session`", "with `session`"], rows);
}

export function printGates(gates: readonly Gate[]): string {
  const rows = gates.map(({ what, limit, measured, isPassed }) => [
    what,
    limit,
    measured,
    isPassed ? "passed" : "**missed**",
  ]);
  return table(["gate", "limit", "measured", ""], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share > 0.99 ? 2 : 1)} %`;
}

function seconds(value: number): string {
  if (Number.isNaN(value)) return "–";
  return `${value.toFixed(value < 10 ? 2 : 0)} s`;
}
