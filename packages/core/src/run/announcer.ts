import type { RecordedEvent, RunEvent } from "../engine/run-event.ts";
import type { BoundedStream } from "../events/bounded-stream.ts";
import { Followers } from "./followers.ts";
import type { HeardEvent, RunParts } from "./run-parts.ts";

/** Where an event stands. */
export interface EventPlace {
  readonly runId: string;
  readonly chainId: string;
  readonly seq: number;
  readonly at: number;
}

/** Tells what happens in one run: to those who follow it, and to those who listen to the runtime. */
export class Announcer {
  readonly #runId: string;
  readonly #chainId: string;
  readonly #parts: RunParts;
  readonly #followers = new Followers();
  #told = 0;
  #isOver = false;
  #unkept: RecordedEvent | undefined;

  constructor(runId: string, chainId: string, parts: RunParts) {
    this.#runId = runId;
    this.#chainId = chainId;
    this.#parts = parts;
  }

  /** How many recorded events were told; the next one's `seq`. */
  get told(): number {
    return this.#told;
  }

  /** The end of a run whose store did not keep it: the one event that is nowhere but here. */
  get unkept(): RecordedEvent | undefined {
    return this.#unkept;
  }

  get wantDeltas(): boolean {
    return this.#followers.wantDeltas || this.#parts.emitter.has("step_delta");
  }

  /** Everything that happens from now on, and the end that no store has. */
  follow(options: { readonly deltas: boolean }): BoundedStream<RunEvent> {
    const stream = this.#followers.add(options.deltas, (count) => this.dropped(count));
    if (this.#unkept !== undefined) stream.push(this.#unkept);
    if (this.#isOver) stream.end();
    return stream;
  }

  /** What a reader gets in the place of events that are gone. */
  dropped(count: number): RunEvent {
    return { kind: "events_dropped", ...this.place(), count };
  }

  /** Tells an event that the store has kept. */
  tell(event: RecordedEvent): void {
    this.#told = event.seq + 1;
    this.publish(event);
    this.#parts.emitter.emit("*", event);
  }

  /** Tells how a run ended whose store failed or did not answer. */
  tellUnkept(event: RecordedEvent): void {
    this.#unkept = event;
    this.publish(event);
    this.#parts.emitter.emit("*", event);
  }

  publish(event: HeardEvent): void {
    this.#followers.push(event);
    // Safe: the name is the event's own kind.
    this.#parts.emitter.emit(event.kind, event as never);
  }

  /** Where an event stands that is told now and not recorded: at the place of the recorded one before it. */
  place(): EventPlace {
    return {
      runId: this.#runId,
      chainId: this.#chainId,
      seq: Math.max(0, this.#told - 1),
      at: this.#parts.clock.now(),
    };
  }

  end(): void {
    this.#isOver = true;
    this.#followers.end();
  }
}
