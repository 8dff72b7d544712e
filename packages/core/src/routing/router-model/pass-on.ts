import { CatenaryError } from "../../errors/catenary-error.ts";
import { ReplyError } from "../../errors/reply-error.ts";
import type { LanguageModelStreamPart } from "../../model/contract.ts";
import { isContent } from "../../model/is-content.ts";
import { truncated } from "../../model/read-stream.ts";
import { usageOf } from "../../model/reply.ts";
import type { Turn } from "../call/turn.ts";
import { withRoute } from "../call/with-route.ts";
import { routeMetadata } from "./route-metadata.ts";

type Part = LanguageModelStreamPart;
type Controller = ReadableStreamDefaultController<Part>;

/**
 * The rest of a candidate's stream, for whoever reads it, the parts that were held back first. From here on it is this candidate's
 * answer or none: a failure becomes one `error` part, after which nothing comes, and no other model goes on. The turn ends with the
 * stream. Nothing is read before it is asked for, and time in which nobody asks is not the candidate's.
 */
export function passOn(
  held: readonly Part[],
  reader: ReadableStreamDefaultReader<Part>,
  turn: Turn,
): ReadableStream<Part> {
  const source = new PassedOn(held, reader, turn);
  return new ReadableStream<Part>(source, { highWaterMark: 0 });
}

class PassedOn implements UnderlyingDefaultSource<Part> {
  readonly #held: readonly Part[];
  readonly #reader: ReadableStreamDefaultReader<Part>;
  readonly #turn: Turn;
  #next = 0;
  #controller: Controller | undefined;
  #isOver = false;

  constructor(held: readonly Part[], reader: ReadableStreamDefaultReader<Part>, turn: Turn) {
    this.#held = held;
    this.#reader = reader;
    this.#turn = turn;
    const { watch } = turn;
    watch.pause();
    watch.onInterrupt((interruption, reason) => {
      if (interruption.by === "caller") this.#giveUp(reason);
      else if (interruption.by === "silence") this.#fail(reason);
      else this.#tellFailure(reason, () => turn.givenUp());
    });
  }

  start(controller: Controller): void {
    this.#controller = controller;
  }

  pull(controller: Controller): Promise<void> | undefined {
    const part = this.#held[this.#next];
    if (part === undefined) {
      this.#turn.watch.resume();
      return this.#reader.read().then(this.#take, this.#fail);
    }
    this.#next++;
    this.#hand(part, controller);
    return undefined;
  }

  cancel(reason: unknown): void {
    this.#turn.watch.cancel(
      reason ?? new CatenaryError("stream_cancelled", "the reader left", { failure: "cancelled" }),
    );
  }

  /** One function for all parts: a stream of thousands makes no more of them. */
  readonly #take = ({ done, value }: ReadableStreamReadResult<Part>): void => {
    if (this.#isOver || this.#controller === undefined) return;
    if (done) {
      this.#fail(truncated());
      return;
    }
    if (isContent(value)) this.#turn.content();
    else this.#turn.piece();
    this.#turn.watch.pause();
    this.#hand(value, this.#controller);
  };

  #hand(part: Part, controller: Controller): void {
    if (part.type === "error") this.#fail(part.error);
    else if (part.type === "finish") this.#finish(part, controller);
    else controller.enqueue(part);
  }

  #finish(part: Extract<Part, { type: "finish" }>, controller: Controller): void {
    const turn = this.#turn;
    turn.used(usageOf(part.usage));
    if (part.finishReason.unified === "interrupted") {
      this.#fail(truncated());
      return;
    }
    const isError = part.finishReason.unified === "error";
    const error = isError ? turn.failed(new ReplyError("the model ended its answer with an error")) : undefined;
    if (!isError) turn.answered();
    this.#isOver = true;
    controller.enqueue({ ...part, providerMetadata: { ...part.providerMetadata, ...routeMetadata(turn.call) } });
    controller.close();
    turn.endCall(error);
    this.#drain();
  }

  /** There is at most the end of the stream left, and whoever cuts it off may lose a connection that could be used again. */
  #drain(): void {
    const leave = () => this.#leave();
    this.#reader.read().then(({ done }) => {
      if (!done) leave();
    }, leave);
  }

  readonly #fail = (thrown: unknown): void => {
    this.#tellFailure(thrown, () => this.#turn.failed(thrown));
  };

  #tellFailure(reason: unknown, end: () => unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const error = end() ?? reason;
    this.#controller?.enqueue({ type: "error", error: withRoute(error, this.#turn.call.route) });
    this.#controller?.close();
    this.#turn.endCall(error);
    this.#leave();
  }

  #giveUp(reason: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#turn.givenUp();
    this.#controller?.error(reason);
    this.#leave();
  }

  /** It may be the source that failed; there is nothing more to learn from a second error. */
  #leave(): void {
    this.#reader.cancel().catch(() => {});
  }
}
