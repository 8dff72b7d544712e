import type { OpenModel } from "./open-model.ts";

/** The place of one model in memory: empty, about to be filled, or full. */
export interface HeldModel {
  readonly isLoaded: boolean;
  /** What is there; loaded where nothing is. One loading serves all who ask while it lasts, and a failed one none that come after. */
  get(): Promise<OpenModel>;
  /** Empties the place; what is still being loaded is stopped. */
  giveUp(): void;
  /** Waits until the memory of all that was given up is free. */
  freed(): Promise<void>;
}

interface Loading {
  readonly model: Promise<OpenModel>;
  readonly fetching: AbortController;
  isDone: boolean;
}

export function createHeldModel(load: (signal: AbortSignal) => Promise<OpenModel>): HeldModel {
  const freeing = new Set<Promise<void>>();
  let loading: Loading | undefined;

  const begin = (): Loading => {
    const fetching = new AbortController();
    const model = load(fetching.signal);
    const started: Loading = { model, fetching, isDone: false };
    model.then(
      () => {
        started.isDone = true;
      },
      () => {
        if (loading === started) loading = undefined;
      },
    );
    return started;
  };
  return {
    get isLoaded() {
      return loading?.isDone === true;
    },
    get() {
      loading ??= begin();
      return loading.model;
    },
    giveUp() {
      if (loading === undefined) return;
      const { model, fetching } = loading;
      loading = undefined;
      fetching.abort(new DOMException("nobody waits for the model any longer", "AbortError"));
      // Where it was not loaded there is nothing to free.
      const freed = model.then((one) => one.dispose()).catch(() => {});
      freeing.add(freed);
      void freed.then(() => freeing.delete(freed));
    },
    async freed() {
      await Promise.all(freeing);
    },
  };
}
