import { type Clock, systemClock } from "./clock.ts";

/** How long a server may take to end a body that is whole. */
const END_MS = 1_000;

/**
 * Lets go of a body that is whole although it has not ended: reads what is left, so that its connection can be used again, and
 * breaks it off where the server does not end it within a second. Never throws.
 *
 * @param clock Default: the platform's.
 */
export function leaveBody(reader: ReadableStreamDefaultReader<unknown>, clock: Clock = systemClock): void {
  const stopTimer = clock.setTimer(END_MS, () => void reader.cancel().catch(() => {}), true);
  const toEnd = async () => {
    while (!(await reader.read()).done);
  };
  // A connection that breaks now has already brought everything.
  toEnd().then(stopTimer, stopTimer);
}
