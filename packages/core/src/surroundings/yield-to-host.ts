/** Lets timers, sockets and signals of the host have their turn. */
export function yieldToHost(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
