/** A signal that counts the listeners which are on it. */
export function watchedSignal(): { readonly signal: AbortSignal; readonly listeners: () => number } {
  const { signal } = new AbortController();
  const live = new Set<unknown>();
  const add = signal.addEventListener;
  const remove = signal.removeEventListener;
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    live.add(args[1]);
    add.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    live.delete(args[1]);
    remove.apply(signal, args);
  };
  return { signal, listeners: () => live.size };
}
