import type { Contestant } from "../measure/area.ts";
import { createCatenary, createSynchronousCatenary } from "./catenary.ts";
import type { Engine } from "./engine.ts";
import { loadPeer, peers } from "./peers.ts";
import { plain } from "./plain.ts";
import { createReference } from "./reference.ts";

export const FLOOR = "plain async functions";
export const NO_OP = "Catenary, steps that wait for nothing";
export const ASYNC = "Catenary, async steps";
export const MODEL = "Catenary, steps that ask a model";
const REFERENCE = "reference interpreter";

export const contestants: readonly Contestant[] = [FLOOR, REFERENCE, NO_OP, ASYNC].map((name) => ({ name }));

export const withPeers: readonly Contestant[] = [...contestants, ...peers];

/** How many events listeners heard: whoever listens does something. */
let heard = 0;

export async function engineOf(name: string): Promise<Engine> {
  const listener = () => {
    heard++;
  };
  if (name === FLOOR) return plain;
  if (name === REFERENCE) return createReference(listener);
  if (name === NO_OP) return createSynchronousCatenary(listener);
  if (name === ASYNC) return createCatenary(listener);
  const peer = await loadPeer(name);
  if (peer === undefined) throw new Error(`there is no engine ${JSON.stringify(name)}`);
  return peer;
}

/** Of all engines of this process. */
export function eventsHeard(): number {
  return heard;
}
