import type { Clock } from "@catenary/core";

/** Proxies and clients give up streams that are silent for long. */
const EVERY_MS = 15_000;

/** A comment: whoever reads the events does not see it. */
export const HEARTBEAT = ": still here\n\n";

export interface Heartbeat {
  /** Something was sent: the next beat has time. */
  sent(): void;
  stop(): void;
}

/** Calls `beat` whenever nothing was sent for 15 seconds, until it is stopped. */
export function startHeartbeat(clock: Clock, beat: () => void): Heartbeat {
  let isSilent = true;
  let stopTimer: () => void;
  const arm = () => {
    stopTimer = clock.setTimer(EVERY_MS, next, true);
  };
  const next = () => {
    if (isSilent) beat();
    isSilent = true;
    arm();
  };
  arm();
  return {
    sent: () => {
      isSilent = false;
    },
    stop: () => stopTimer(),
  };
}
