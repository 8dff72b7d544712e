import type { ModelSource, SourceOptions } from "../source/model-source.ts";
import { shareSource } from "../source/share-source.ts";
import { closedError } from "./closed-error.ts";
import { createHeldModel } from "./held-model.ts";
import { linkSignals } from "./link-signals.ts";
import { type OpenModel, type OpenOptions, openModel } from "./open-model.ts";
import { untilAborted } from "./until-aborted.ts";

export interface LocalModelOptions extends OpenOptions {
  readonly source: ModelSource;
  /** How long it stays in memory when nobody uses it, in milliseconds. */
  readonly idleMs: number;
  /** Tokens of an answer where a call does not say how many. */
  readonly maxTokens: number;
}

/** One model of a backend: loaded when it is first used, given up when nobody has used it for a while. */
export interface LocalModel {
  readonly options: LocalModelOptions;
  readonly isLoaded: boolean;
  /** Runs something that needs the model in memory. Its signal is also aborted when the backend is closed. */
  use<T>(signal: AbortSignal | undefined, run: (model: OpenModel, signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Gets the file here, without loading it. */
  fetch(options: SourceOptions): Promise<string>;
  close(): Promise<void>;
}

/** Longer than any timer can be; it would ring at once. */
const FOR_EVER_MS = 2 ** 31 - 1;

export function createLocalModel(options: LocalModelOptions): LocalModel {
  const { origin, source, idleMs } = options;
  const closing = new AbortController();
  const shared = shareSource(source, closing.signal, origin);
  const held = createHeldModel(async (signal) => openModel(await shared({ signal }), options, signal));
  let users = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let whenLeft: (() => void) | undefined;
  let closed: Promise<void> | undefined;

  const leave = () => {
    users -= 1;
    if (users > 0) return;
    whenLeft?.();
    if (!held.isLoaded || closing.signal.aborted) return held.giveUp();
    if (idleMs > FOR_EVER_MS) return;
    timer = setTimeout(held.giveUp, idleMs);
    // A model that waits for its next call keeps no process alive.
    timer.unref();
  };
  const close = async () => {
    closing.abort(closedError(origin.backend));
    clearTimeout(timer);
    if (users > 0) {
      await new Promise<void>((resolve) => {
        whenLeft = resolve;
      });
    }
    held.giveUp();
    await held.freed();
  };
  return {
    options,
    get isLoaded() {
      return held.isLoaded;
    },
    async use(signal, run) {
      signal?.throwIfAborted();
      closing.signal.throwIfAborted();
      clearTimeout(timer);
      users += 1;
      const linked = linkSignals(signal, closing.signal);
      try {
        return await run(await untilAborted(held.get(), linked.signal), linked.signal);
      } finally {
        linked.unlink();
        leave();
      }
    },
    fetch: shared,
    close() {
      closed ??= close();
      return closed;
    },
  };
}
