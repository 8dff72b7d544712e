/** A signal of one's own that also aborts when another does. */
export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(): void;
  /** Lets go of the other signal. */
  unlink(): void;
}

/**
 * @param request Kept until it is let go: Node forgets that a request's signal follows its caller's once nobody has the request.
 */
export function linkSignal(request: Pick<Request, "signal">): LinkedSignal {
  const controller = new AbortController();
  const abort = () => controller.abort(new DOMException("the client went away", "AbortError"));
  if (request.signal.aborted) abort();
  else request.signal.addEventListener("abort", abort, { once: true });
  return { signal: controller.signal, abort, unlink: () => request.signal.removeEventListener("abort", abort) };
}
