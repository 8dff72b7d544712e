import type { Backend } from "../../model/backend.ts";
import type { Patience } from "./call-watch.ts";

/** Servers that have to read a long conversation first need that long; who needs longer is rather stuck. */
const FIRST_TOKEN_MS = 60_000;
/** Between two pieces even a slow machine does not take that long. */
const IDLE_MS = 30_000;
/** Models may think for a while, and their servers send signs of life meanwhile. */
const PROGRESS_MS = 90_000;
/** A long answer of a slow machine, in one piece. */
const ANSWER_MS = 120_000;

const known = new WeakMap<Backend, Patience>();

/** How long to be patient with a backend: what its owner said, else the defaults. */
export function patienceOf(backend: Backend): Patience {
  let patience = known.get(backend);
  if (patience === undefined) {
    const { firstTokenTimeoutMs, idleTimeoutMs, progressTimeoutMs, answerTimeoutMs } = backend.routing ?? {};
    patience = {
      firstTokenMs: firstTokenTimeoutMs ?? FIRST_TOKEN_MS,
      idleMs: idleTimeoutMs ?? IDLE_MS,
      progressMs: progressTimeoutMs ?? PROGRESS_MS,
      answerMs: answerTimeoutMs ?? ANSWER_MS,
    };
    known.set(backend, patience);
  }
  return patience;
}
