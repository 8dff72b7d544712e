import { loadavg } from "node:os";
import type { Contestant, Scenario, Values } from "./area.ts";
import { takeSample } from "./take-sample.ts";

/** The values of one contestant, a sample for each round. */
export interface Result {
  readonly contestant: string;
  readonly samples: readonly Values[];
  /** Why there are none. */
  readonly notRun?: string;
}

export interface MeasuredScenario {
  readonly scenario: Scenario;
  readonly results: readonly Result[];
  /** How many processes wanted a processor when each sample began, over the minute before. */
  readonly loads: readonly number[];
}

export interface MeasureOptions {
  readonly area: string;
  readonly rounds: number;
  readonly windowMs: number;
  /** Whether somebody wants a contestant of this name. */
  readonly isAsked: (contestant: string) => boolean;
}

/** Measures everybody once, then everybody again: what the machine does meanwhile is shared by all. */
export async function measureScenario(scenario: Scenario, options: MeasureOptions): Promise<MeasuredScenario> {
  const { area, windowMs } = options;
  const contestants = scenario.contestants.map((one): Contestant => {
    return options.isAsked(one.name) ? one : { ...one, missing: "not asked for" };
  });
  const samples = new Map<string, Values[]>();
  const problems = new Map<string, string>();
  const loads: number[] = [];
  await scenario.prepare?.();
  for (let round = 0; round < (scenario.rounds ?? options.rounds); round++) {
    for (const { name, missing } of contestants) {
      if (missing !== undefined || problems.has(name)) continue;
      loads.push(loadavg()[0] ?? 0);
      try {
        const values = await takeSample({ area, scenario: scenario.name, contestant: name, windowMs });
        samples.set(name, [...(samples.get(name) ?? []), values]);
      } catch (error) {
        problems.set(name, error instanceof Error ? error.message : String(error));
      }
    }
  }
  const results = contestants.map(({ name, missing }): Result => {
    const notRun = missing ?? problems.get(name);
    return { contestant: name, samples: samples.get(name) ?? [], ...(notRun !== undefined && { notRun }) };
  });
  return { scenario, results, loads };
}
