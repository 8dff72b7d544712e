/** A signal of one's own that also aborts when another does. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(): void;
  /** Lets go of the other signal. */
  unlink(): void;
}

export function linkSignal(other: AbortSignal): LinkedSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException("the client went away", "AbortError"));
  if (other.aborted) abort();
  else other.addEventListener("abort", abort, { once: true });
  return { signal: controller.signal, abort, unlink: () => other.removeEventListener("abort", abort) };
}
