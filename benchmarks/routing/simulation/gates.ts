import { CONTENDERS, type Contender, type Extent, overloaded, underLoad, withFaults } from "./experiments.ts";

/** What the default policy is held to. */
export interface Gate {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly isPassed: boolean;
}

/** The fixed gates, for the default policy with and without knowledge of the servers' places. */
export function gatesOf(extent: Extent): readonly Gate[] {
  return CONTENDERS.filter(({ policy }) => policy === "auto").flatMap((contender) => [
    ...mixedPool(contender, extent),
    ...faultWindow(contender, extent),
    ...overload(contender, extent),
  ]);
}

function mixedPool(contender: Contender, extent: Extent): readonly Gate[] {
  const { good } = underLoad(0.7, contender, extent);
  return [atLeast(`unlike servers at 70 %: ${contender.name}, good`, good, 0.999)];
}

function faultWindow(contender: Contender, extent: Extent): readonly Gate[] {
  const { good, callsPerRequest } = withFaults(contender, extent);
  return [
    atLeast(`one dead, one ten times slower: ${contender.name}, good`, good, 0.998),
    {
      what: `one dead, one ten times slower: ${contender.name}, calls a request`,
      limit: "≤ 1.05",
      measured: callsPerRequest.toFixed(3),
      isPassed: callsPerRequest <= 1.05,
    },
  ];
}

function overload(contender: Contender, extent: Extent): readonly Gate[] {
  const once = overloaded(1, contender, extent).good;
  const thrice = overloaded(3, contender, extent).good;
  return [atLeast(`110 % load: ${contender.name}, good with three attempts against one`, thrice / once, 0.98)];
}

function atLeast(what: string, value: number, least: number): Gate {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  return { what, limit: `≥ ${percent(least)}`, measured: percent(value), isPassed: value >= least };
}
