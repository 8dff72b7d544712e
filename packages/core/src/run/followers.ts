import type { RunEvent } from "../engine/run-event.ts";
import { BoundedStream } from "../events/bounded-stream.ts";

interface Follower {
  readonly deltas: boolean;
  readonly stream: BoundedStream<RunEvent>;
}

/** How many events wait for a slow reader. */
const EVENT_CAPACITY = 1024;

const NOBODY: readonly Follower[] = Object.freeze([]);

/** Those who read the events of one run, each at its own pace. */
export class Followers {
  #followers = NOBODY;

  /** Whether any of them wants the pieces of text. */
  get wantDeltas(): boolean {
    return this.#followers.some(({ deltas }) => deltas);
  }

  /** One more, from now on. `dropped` makes the event that a reader gets who was too slow. */
  add(deltas: boolean, dropped: (count: number) => RunEvent): BoundedStream<RunEvent> {
    const stream: BoundedStream<RunEvent> = new BoundedStream<RunEvent>({
      capacity: EVENT_CAPACITY,
      merge: mergeDeltas,
      dropped,
      onClose: () => {
        this.#followers = this.#followers.filter((follower) => follower.stream !== stream);
      },
    });
    this.#followers = [...this.#followers, { deltas, stream }];
    return stream;
  }

  push(event: RunEvent): void {
    const isDelta = event.kind === "step_delta" || event.kind === "step_reset";
    for (const { deltas, stream } of this.#followers) if (deltas || !isDelta) stream.push(event);
  }

  /** Nothing more comes. */
  end(): void {
    for (const { stream } of this.#followers) stream.end();
  }
}

/** Two waiting pieces of the same text are one. */
function mergeDeltas(last: RunEvent, next: RunEvent): RunEvent | undefined {
  if (last.kind !== "step_delta" || next.kind !== "step_delta") return undefined;
  if (last.key !== next.key || last.attempt !== next.attempt) return undefined;
  return { ...next, text: last.text + next.text };
}
